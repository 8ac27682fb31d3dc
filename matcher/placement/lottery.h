#ifndef TROUPE_MATCHER_PLACEMENT_LOTTERY_H_
#define TROUPE_MATCHER_PLACEMENT_LOTTERY_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "matcher/placement/instance.h"

namespace troupe {

// The one lottery of a round, which breaks all ties. It follows from the seed and
// the ids alone, so whoever knows the seed can draw it again; see
// deploy/docs/placement.md. Not against an adversary who chooses ids: publish the
// seed after the cohort is closed.

// The lower draw comes first; of equal draws, the id that sorts first by its bytes.
uint64_t DrawOf(uint64_t seed, absl::string_view id);

// The instance with every tie broken by the draws of those who are tied. Whoever
// was ranked above somebody still is. Of a valid instance; O(n log n) in the
// entries that are tied.
Instance BreakTies(const Instance& instance, uint64_t seed);

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_LOTTERY_H_
