#ifndef TROUPE_MATCHER_PLACEMENT_OUT_OF_REACH_H_
#define TROUPE_MATCHER_PLACEMENT_OUT_OF_REACH_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
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

// Why graduates of one placement are not where they would rather be. `instance` is the one
// placed: that of BreakTies, but for kLargestStable. What it is made of outlives it.
// Immutable. Making it takes one check of the placement by BreachesOf.
class OutOfReachTable {
 public:
  OutOfReachTable(const Instance& instance, Mechanism mechanism, const Placement& placement);

  // In the order of the graduate's list, or of its pair's, each program once. O(the lists
  // of these programs).
  std::vector<OutOfReach> Of(uint32_t graduate) const;

 private:
  const Instance& instance_;
  const Mechanism mechanism_;
  const Placement& placement_;
  std::vector<int32_t> taken_;                         // By program.
  absl::flat_hash_map<uint32_t, const LinkedPair*> pairs_;  // By graduate.
  absl::flat_hash_set<std::pair<uint32_t, uint32_t>> blocking_;  // Graduates and programs.
};

// The same for one graduate.
inline std::vector<OutOfReach> WhyOutOfReach(const Instance& instance, Mechanism mechanism,
                                             const Placement& placement, uint32_t graduate) {
  return OutOfReachTable(instance, mechanism, placement).Of(graduate);
}

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_OUT_OF_REACH_H_
