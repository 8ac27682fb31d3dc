#ifndef TROUPE_MATCHER_PLACEMENT_REGIONAL_CAPS_H_
#define TROUPE_MATCHER_PLACEMENT_REGIONAL_CAPS_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/base/stop_token.h"
#include "matcher/placement/instance.h"

namespace troupe {

// What each program is meant to take of its region's cap: its capacity if the cap
// has room for all, else floor(cap x capacity / capacity of the region), and one
// more for the first programs by row, until the cap is used up.
std::vector<int64_t> TargetsOf(const Instance& instance);

// Regions with caps: flexible deferred acceptance. Y. Kamada, F. Kojima, "Efficient
// matching under distributional constraints: theory and applications", American
// Economic Review 105 (2015). A region first takes the best for each program up to
// its target. Then its programs, by row and in turns, take one more each while they
// have a seat, somebody asks, and the cap is not reached.
//
// Promises: no region is above its cap, and stable in their sense: whenever graduate
// g would rather have program p, which ranks g and has a seat or somebody it ranks
// below g, then p's region r is at its cap, p ranks all it has above g, and either g
// is not in r, or moving g would leave p further above its target than g's program:
// (taken(p) + 1) - target(p) > (taken(q) - 1) - target(q), with q where g is. And no
// graduate gains by another list than the true one.
//
// Returns the program of each graduate, or CANCELLED. Takes valid instances without
// ties, studios, reserves or pairs; floors are not looked at. Cost: for each round,
// n log n in the graduates held in the regions that are asked.
absl::StatusOr<std::vector<uint32_t>> PlaceUnderCaps(const Instance& instance,
                                                     const StopToken& stop);

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_REGIONAL_CAPS_H_
