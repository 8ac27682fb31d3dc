#ifndef TROUPE_TESTS_PROPERTY_PLACEMENT_H_
#define TROUPE_TESTS_PROPERTY_PLACEMENT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "matcher/placement/mechanism.h"

namespace troupe::testing {

// How many small rounds to place by one mechanism.
struct PlacementOptions {
  Mechanism mechanism = Mechanism::kGraduatesPropose;
  size_t rounds = 20'000;
  size_t misreports = 0;  // Rounds in which every graduate tries every other list.
  size_t graduates = 5;   // At most, and programs; time grows with all placements.
  size_t programs = 4;
  uint64_t seed = 1;
};

// What was compared, and what differed.
struct PlacementFigures {
  size_t rounds = 0;
  size_t graduates = 0;
  size_t placements = 0;     // All feasible ones of all rounds.
  size_t broken = 0;         // Rounds whose outcome is not what the mechanism promises.
  size_t verdicts = 0;       // Placements that BreachesOf judged,
  size_t wrong_verdicts = 0; // and not as the oracle did.
  size_t infeasible = 0;     // Rounds of floors that conflict.
  size_t not_kept = 0;       // Outcomes with breaches, by their own account,
  size_t could_be = 0;       // where some placement has none.
  size_t breaches = 0;       // In all of those,
  size_t fewest = 0;         // and how many there had to be.
  size_t lists_tried = 0;
  size_t gains = 0;          // Lists that got somebody a better place than the true one.
  std::string first_broken;  // What and where, of the first; empty if none.
};

// Random rounds against all their placements: each outcome keeps what its mechanism
// promises, and BreachesOf says of random placements what the oracle says.
PlacementFigures CheckPlacements(const PlacementOptions& options);

// One JSON object.
std::string ToJson(Mechanism mechanism, const PlacementFigures& figures);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_PROPERTY_PLACEMENT_H_
