#ifndef TROUPE_MATCHER_INDEX_DEMAND_H_
#define TROUPE_MATCHER_INDEX_DEMAND_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/base/ids.h"
#include "matcher/base/term.h"
#include "matcher/domain/project.h"
#include "matcher/index/profile_view.h"

namespace troupe {

// A skill that is asked for.
struct WantedSkillRow {
  Term skill;
  int32_t level = 0;
  int32_t required = 0;
};

// A person who is on the project, in one role.
struct AttachedRow {
  ProfileId profile;
  RoleIndex role = kNone;
  uint16_t zero[3] = {};

  friend auto operator<=>(const AttachedRow&, const AttachedRow&) = default;
};

// One of several blocks of days to be worked.
struct BlockRow {
  int32_t start = 0;  // Days since the epoch.
  int32_t limit = 0;
  int32_t days = 0;
  uint8_t rule = 0;  // A Window::Rule.
  uint8_t zero[3] = {};
};

// Stands where a Window::Rule does if there are blocks instead of a window.
inline constexpr uint8_t kBlocksRule = 255;

// The parts of a demand that have one value each. Trivially copyable and free
// of unnamed padding.
struct DemandScalars {
  ProjectId project;
  Term owner;
  Term language;
  Term budget_currency;
  Amount ceiling;
  uint32_t opening_number = 0;
  int32_t budget_octave = -1;
  int32_t open_seats = 0;
  int32_t window_start = 0;  // Days since the epoch; of blocks, from the first
                             // one's start to the last one's limit.
  int32_t window_limit = 0;
  int32_t window_days = 0;
  RoleIndex role = kNone;
  PlaceIndex place = kNone;
  int16_t playing_age_from = kNone;
  int16_t playing_age_to = kNone;
  int16_t height_from = kNone;
  int16_t height_to = kNone;
  uint8_t window_rule = 0;  // A Window::Rule or kBlocksRule; 0: no window.
  uint8_t state = 0;        // An Opening::State.
  Findability findability = Findability::kUnspecified;
  uint8_t genders = 0;  // Bit 1 << gender for each that is accepted; 0: any.
  uint8_t trainees_allowed = 0;
  uint8_t remote_capable = 0;  // Of the role.
  uint8_t blocks_needed = 0;
  uint8_t zero[5] = {};
};

// An opening in its project, as the engine sees it: what FindProfiles asks and
// FindOpenings offers.
struct Demand {
  DemandScalars scalars;
  std::vector<Term> blocked_organizations;  // Sorted.
  std::vector<ProfileId> blocked_profiles;  // Sorted.
  std::vector<WantedSkillRow> skills;
  std::vector<Term> languages;
  std::vector<Term> credentials;
  std::vector<Term> genres;
  std::vector<Term> styles;
  std::vector<Term> tags;
  std::vector<Term> companies;
  std::vector<Term> countries;
  std::vector<BlockRow> blocks;       // In order; none if there is one window.
  std::vector<AttachedRow> attached;  // Sorted by profile, then role; distinct.
  // A number for the people attached: openings in a pool that have the same one
  // have the same people and owner. 0: nobody, or in no pool. Not stored.
  uint32_t people = 0;

  OpeningId id() const { return {scalars.project, scalars.opening_number}; }
  DaySpan window() const { return {Day(scalars.window_start), Day(scalars.window_limit)}; }
  bool HasWindow() const { return scalars.window_rule != 0; }
  bool IsAttached(ProfileId profile) const;

  // Visits every field, for bytes and digests.
  template <typename Visit>
  void ForEachColumn(Visit& visit) {
    visit(scalars);
    visit(blocked_organizations);
    visit(blocked_profiles);
    visit(skills);
    visit(languages);
    visit(credentials);
    visit(genres);
    visit(styles);
    visit(tags);
    visit(companies);
    visit(countries);
    visit(blocks);
    visit(attached);
  }
};

// `opening` of `project`, both valid. Attached are those of the project, of the
// opening and on the project's seats.
Demand MakeDemand(const Project& project, const Opening& opening);

// Adds people who are on the project for one question.
void Attach(const std::vector<Attached>& attached, Demand& demand);

// The openings of one project.
struct ProjectDemands {
  ProjectId id;
  std::vector<Demand> openings;

  std::string ToBytes() const;
  // DATA_LOSS, reason POOL_UNREADABLE, for anything but ToBytes' result.
  static absl::StatusOr<ProjectDemands> FromBytes(absl::string_view bytes);
};

ProjectDemands MakeDemands(const Project& project);

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_DEMAND_H_
