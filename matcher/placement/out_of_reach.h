#ifndef TROUPE_MATCHER_PLACEMENT_OUT_OF_REACH_H_
#define TROUPE_MATCHER_PLACEMENT_OUT_OF_REACH_H_

#include <cstdint>
#include <vector>

#include "matcher/placement/instance.h"
#include "matcher/placement/mechanism.h"
#include "matcher/placement/placement.h"

namespace troupe {

// A program that a graduate would rather have than where it is, and why it has not.
struct OutOfReach {
  enum class Reason {
    kNotRanked,     // The program, or its studio, does not list the graduate.
    kProgramFull,   // With graduates that it ranks above.
    kStudioFull,    // Likewise, though the program has a seat.
    kRegionFull,    // The cap is reached, though the program has a seat.
    kSeatReserved,  // What is empty is for a group that the graduate is not in.
    kSeatClosed,    // So that floors are kept elsewhere.
    kPartner,       // There is no room for both of a pair.
    kNotKept,       // It blocks: an admitted breach.
  };
  Reason reason = Reason::kNotRanked;
  uint32_t program = kNoRow;
  uint32_t rank = kNoRow;    // Of the graduate, with who ranks there; 0 is best.
  uint32_t cutoff = kNoRow;  // Of the program; of the studio with kStudioFull.
  int32_t seats = 0;        // Of the program.

  friend bool operator==(const OutOfReach&, const OutOfReach&) = default;
};

// In the order of the graduate's list, or of its pair's, each program once. `instance`
// is the one placed: that of BreakTies, but for kLargestStable. O(the lists of these
// programs) and one check of the placement by BreachesOf.
std::vector<OutOfReach> WhyOutOfReach(const Instance& instance, Mechanism mechanism,
                                      const Placement& placement, uint32_t graduate);

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_OUT_OF_REACH_H_
