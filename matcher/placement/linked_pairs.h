#ifndef TROUPE_MATCHER_PLACEMENT_LINKED_PAIRS_H_
#define TROUPE_MATCHER_PLACEMENT_LINKED_PAIRS_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/base/stop_token.h"
#include "matcher/placement/instance.h"

namespace troupe {

// The lists of graduates, where members of pairs wish the programs that their pair
// names for them, in the order of their first mention.
RankedLists PairedWishes(const Instance& instance);

// Graduates of whom some are linked in pairs. After A. E. Roth, E. Peranson, "The
// redesign of the matching market for American physicians", American Economic Review
// 89 (1999): singles are placed first; then pairs come in one after the other, each
// taking the best of its list that would have it; whom that displaces goes on down
// its list, and leaves the partner's seat; and a seat that is left is asked for by all
// who would rather have it. If that goes round in circles, pairs come in another
// order, drawn by `seed`.
//
// A pair blocks with a wish it ranks above where it is if the programs of the wish,
// choosing among those they have but the pair's members, and the members who would
// come, would take each member who would come. With pairs there may be no stable
// placement, and to know is NP-hard. Promises: pairs are together by their list, or
// both unplaced; and it is stable, or of all placements that were gone through one
// with the fewest blocking graduates and pairs, which BreachesOf lists.
//
// Returns the program of each graduate, or CANCELLED. Takes valid instances without
// ties, studios or reserves; regions are not looked at.
absl::StatusOr<std::vector<uint32_t>> PlaceWithPairs(const Instance& instance, uint64_t seed,
                                                     const StopToken& stop);

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_LINKED_PAIRS_H_
