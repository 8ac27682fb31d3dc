#ifndef TROUPE_SERVICES_MATCHING_MATCH_QUESTION_H_
#define TROUPE_SERVICES_MATCHING_MATCH_QUESTION_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/map.h"
#include "google/protobuf/repeated_field.h"
#include "matcher/base/day.h"
#include "matcher/base/ids.h"
#include "matcher/domain/profile.h"
#include "matcher/domain/project.h"
#include "matcher/rank/scoring_model.h"
#include "services/log/view.h"
#include "troupe/v1/match_service.pb.h"

namespace troupe {

// An opening that a question is about, in its project.
struct Target {
  Project project;
  Opening opening;
  bool is_stored = false;

  // Where the opening stands in the request, for errors.
  absl::string_view field() const { return is_stored ? "opening" : "ad_hoc.opening"; }
};

// Reads the parts of questions from requests and, where they name stored
// records, from `snapshot`, as `asker` may see them. Blocks on disk.
// Thread-compatible; `snapshot` must outlive it.
class QuestionReader {
 public:
  QuestionReader(const ViewSnapshot& snapshot, const OrganizationId& asker)
      : snapshot_(snapshot), asker_(asker) {}

  // The profile of that name. NOT_FOUND if none exists for the asker.
  absl::StatusOr<Profile> ProfileNamed(absl::string_view name) const;

  // The project of that name. NOT_FOUND if none exists for the asker.
  absl::StatusOr<Project> ProjectNamed(absl::string_view name) const;

  // The stored opening of that name, or the one in the request, which then
  // belongs to the asker. NOT_FOUND if none exists for the asker, draft ones of
  // others included; INVALID_ARGUMENT if neither or a bad one is given.
  template <typename Request>
  absl::StatusOr<Target> TargetOf(const Request& request) const;

  // Adds `attached` to the target's opening. INVALID_ARGUMENT for more than 200,
  // unknown roles, and people who do not exist for the asker.
  absl::Status Attach(const google::protobuf::RepeatedPtrField<v1::Attached>& attached,
                      Target& target) const;

  // What is to be weighed how: `weights`, or the asker's model of the name
  // `model`, or, if both are empty, as shipped. INVALID_ARGUMENT for both; NOT_FOUND
  // if there is no such model.
  absl::StatusOr<ScoringModel> ModelFor(
      const google::protobuf::Map<std::string, int64_t>& weights, const std::string& model) const;

  // The day asked for in `name` of the request, or today. INVALID_ARGUMENT for a day
  // after today.
  absl::StatusOr<Day> AsOf(bool is_set, const v1::Date& as_of,
                           absl::string_view name = "as_of") const;

 private:
  absl::StatusOr<Target> StoredTarget(absl::string_view name) const;
  absl::StatusOr<Target> AdHocTarget(const v1::AdHocOpening& ad_hoc) const;
  bool Exists(ProfileId profile) const;

  const ViewSnapshot& snapshot_;
  const OrganizationId& asker_;
};

template <typename Request>
absl::StatusOr<Target> QuestionReader::TargetOf(const Request& request) const {
  if (request.has_ad_hoc()) return AdHocTarget(request.ad_hoc());
  return StoredTarget(request.opening());
}

// 1 to 1,000; 20 if unset.
absl::StatusOr<size_t> ReadPageSize(int32_t page_size);

// INVALID_ARGUMENT if the window ends past the last searchable day, which it
// names; for a window that is over as of `as_of`, FAILED_PRECONDITION, reason
// WINDOW_PAST, if the opening is stored, else INVALID_ARGUMENT.
absl::Status CheckWindow(const Target& target, Day as_of);

// Only an owner of either side may ask about both: else PERMISSION_DENIED. A
// project that excludes a person keeps that from the person's owner: NOT_FOUND,
// as for an opening that does not exist.
absl::Status CheckMayAskAboutPair(const OrganizationId& asker, const Profile& profile,
                                  const Target& target);

// PERMISSION_DENIED, reason NOT_OWNER.
absl::Status OnlyOwnerMayAsk(absl::string_view of_what);

}  // namespace troupe

#endif  // TROUPE_SERVICES_MATCHING_MATCH_QUESTION_H_
