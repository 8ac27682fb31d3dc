#ifndef TROUPE_MATCHER_RANK_FEATURES_H_
#define TROUPE_MATCHER_RANK_FEATURES_H_

#include "matcher/index/profile_view.h"
#include "matcher/rank/feature.h"
#include "matcher/rank/query.h"

namespace troupe {

// The value of every feature for `view` as an answer to `query`, each from 0 to
// 1,000,000, in whole millionths rounded down. `role` is the profile's entry
// for the role asked for; null if it has none. The formulas are those of
// deploy/docs/scoring.md. Linear in the profile's credits and their terms;
// allocates nothing but for people who share a production with the attached.
PerFeature Evaluate(const Query& query, const ProfileView& view, const RoleRow* role);

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_FEATURES_H_
