#ifndef TROUPE_MATCHER_PLACEMENT_LARGEST_STABLE_H_
#define TROUPE_MATCHER_PLACEMENT_LARGEST_STABLE_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/base/stop_token.h"
#include "matcher/placement/instance.h"

namespace troupe {

// Lists with ties on both sides, left as they are so that many are placed. To find
// the most is NP-hard. Z. Kiraly, "Linear time local approximation algorithm for
// maximum stable marriage", Algorithms 6 (2013), with seats in place of women.
//
// Promises: weakly stable, that is, no graduate and program would both strictly
// rather have each other than what they got; and at least two thirds as many placed
// as in any weakly stable placement. Graduates can gain by another list than the
// true one.
//
// Returns the program of each graduate, or CANCELLED. Takes valid instances without
// studios, reserves or pairs; regions are not looked at. O(entries) proposals, each
// of log(capacity).
absl::StatusOr<std::vector<uint32_t>> PlaceManyStably(const Instance& instance,
                                                      const StopToken& stop);

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_LARGEST_STABLE_H_
