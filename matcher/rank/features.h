#ifndef TROUPE_MATCHER_RANK_FEATURES_H_
#define TROUPE_MATCHER_RANK_FEATURES_H_

#include <algorithm>
#include <cstdint>
#include <optional>

#include "absl/types/span.h"
#include "matcher/base/millionths.h"
#include "matcher/index/profile_view.h"
#include "matcher/rank/feature.h"
#include "matcher/rank/query.h"

namespace troupe {

// The value of every feature for `view` as an answer to `query`, each from 0 to
// 1,000,000, in whole millionths rounded down; of what the query does not want,
// perhaps 0. `role` is the profile's entry
// for the role asked for; null if it has none. The formulas are those of
// deploy/docs/scoring.md. Linear in the profile's credits and their terms;
// allocates nothing but for people who share a production with the attached.
PerFeature Evaluate(const Query& query, const ProfileView& view, const RoleRow* role);

// The values of the features that do not look at credits.
int64_t SkillsValue(const DatedDemand& query, const ProfileView& view);
int64_t RatingValue(const ProfileView& view);
int64_t PlaceValue(const DatedDemand& query, const ProfileView& view);
int64_t PayValue(const DatedDemand& query, const RoleRow* role);
int64_t ReciprocityValue(const DatedDemand& query, const ProfileView& view, const RoleRow* role);
// The same, by what they look at; `growth` is the GrowthValue of the role.
int64_t PlaceValue(PlaceIndex place, bool remote_capable, const ProfileView& view);
int64_t PayValue(const Amount& ceiling, const RoleRow* role);
int64_t ReciprocityValue(absl::Span<const Term> genres, PlaceIndex place, const Amount& ceiling,
                         const ProfileView& view, std::optional<int64_t> growth);
// The same, of whoever has `level_of(skill)` of a skill, 0 if none.
template <typename LevelOf>
int64_t SkillsValueBy(absl::Span<const WantedSkillRow> wanted_skills, LevelOf level_of) {
  int64_t met = 0;
  int64_t wanted = 0;
  for (const WantedSkillRow& want : wanted_skills) {
    const int64_t weight = want.required ? 2 : 1;
    met += weight * std::min<int64_t>(level_of(want.skill), want.level);
    wanted += weight * want.level;
  }
  return wanted == 0 ? kMillionths : Share(met, wanted);
}
// What the place has of that, if the profile wishes for places.
int64_t WishedPlaceValue(PlaceIndex place, const ProfileView& view);
// What a wish to grow into `role` has of it: from a half, if people of none of the
// roles that the profile holds are known to come to it, towards 1.
int64_t GrowthValue(RoleIndex role, const ProfileView& view);
// Of the wish that `role`, or null, states; nullopt if it states none.
std::optional<int64_t> GrowthValue(const ProfileView& view, const RoleRow* role);

// How likely the person is to take the work.
int64_t AcceptanceValue(const Query& query, const ProfileView& view);

// Of the genres of two works, each stated once: how many both have, and either.
struct GenreOverlap {
  int64_t both = 0;
  int64_t either = 0;
};
GenreOverlap OverlapOf(absl::Span<const Term> genres, absl::Span<const Term> others);

// What experience, recency, ... are made of, so that whoever gathers it in
// another order comes to the same values.
inline constexpr int64_t kExperienceHalf = 8;  // Credits and years worth half.
inline constexpr int64_t kRecencyHalfDays = 1'826;
inline constexpr int64_t kActivityHalfDays = 1'461;
inline constexpr int64_t kSimilarWorkHalf = 50'000;
inline constexpr int64_t kGenreMixHalf = 3'000'000;
inline constexpr int64_t kBudgetOctaves = 4;  // Budgets 16-fold apart say nothing.

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_FEATURES_H_
