#ifndef TROUPE_SERVICES_PROFILE_PROFILE_KIND_H_
#define TROUPE_SERVICES_PROFILE_PROFILE_KIND_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_field.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/domain/profile.h"
#include "matcher/domain/validate_profile.h"
#include "services/convert/profile_conversion.h"
#include "services/convert/resource_names.h"
#include "services/log/entity.h"
#include "services/log/view.h"
#include "services/profile/profile_rules.h"
#include "services/records/profile_record.h"
#include "troupe/v1/profile_service.pb.h"

namespace troupe {

// What the standard methods need to know of profiles; see stored_resource.h.
struct ProfileKind {
  using Record = Profile;
  using Wire = v1::Profile;
  using Id = ProfileId;
  using ImportRequest = v1::ImportProfilesRequest;
  using ImportResponse = v1::ImportProfilesResponse;
  using WatchRequest = v1::WatchProfilesRequest;
  using WatchResponse = v1::WatchProfilesResponse;
  using Change = v1::ProfileChange;

  static constexpr EntityKind kEntity = EntityKind::kProfile;
  static constexpr char kNoun[] = "profile";
  static constexpr char kPlural[] = "profiles";

  static absl::StatusOr<ProfileId> ParseName(absl::string_view name, absl::string_view field) {
    return ParseProfileName(name, field);
  }
  static std::string Serialize(const Profile& profile) { return SerializeProfile(profile); }
  static absl::StatusOr<Profile> Parse(absl::string_view bytes) { return ParseProfile(bytes); }
  static const google::protobuf::RepeatedPtrField<v1::Profile>& RecordsOf(
      const v1::ImportProfilesRequest& request) {
    return request.profiles();
  }

  static v1::Profile* ChangedIn(v1::ProfileChange& change) { return change.mutable_profile(); }

  static Violations Validate(const Profile& profile) { return ValidateProfile(profile); }
  // A profile refers to nothing that must be there, and has no numbers.
  static absl::Status CheckChange(const Profile&, const Profile&, const ViewSnapshot&,
                                  Violations&) {
    return absl::OkStatus();
  }
  static absl::Status CheckKept(const Profile&, const Profile&) { return absl::OkStatus(); }
  static absl::Status CheckDelete(const Profile& stored, const ViewSnapshot& now) {
    TROUPE_RETURN_IF_ERROR(CheckNotBooked(stored, now.pool().today()));
    return CheckNothingUndecided(stored, now);
  }
  static absl::Status AddToDelete(const Profile& stored, const ViewSnapshot& now,
                                  std::vector<Mutation>& mutations) {
    return AddAgendaTo(stored, now, mutations);
  }
  static void Number(Profile&) {}
  static void KeepNumbers(const Profile&, Profile&) {}
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_PROFILE_PROFILE_KIND_H_
