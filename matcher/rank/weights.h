#ifndef TROUPE_MATCHER_RANK_WEIGHTS_H_
#define TROUPE_MATCHER_RANK_WEIGHTS_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "matcher/index/profile_view.h"
#include "matcher/rank/feature.h"

namespace troupe {

// How much each feature counts, in millionths that sum to 1,000,000.
using Weights = PerFeature;

// The weights that ship for `role`: its own, or those of all roles.
const Weights& ShippedWeights(RoleIndex role);

// Weights by feature name; features not named weigh 0. INVALID_ARGUMENT on
// field `weights` for an unknown name, a negative weight, or a sum that is not
// 1,000,000.
absl::StatusOr<Weights> MakeWeights(const std::map<std::string, int64_t>& by_name);

// The sum of the contributions: at most 1,000,000.
int64_t Score(const Weights& weights, const PerFeature& values);

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_WEIGHTS_H_
