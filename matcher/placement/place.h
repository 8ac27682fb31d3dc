#ifndef TROUPE_MATCHER_PLACEMENT_PLACE_H_
#define TROUPE_MATCHER_PLACEMENT_PLACE_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/base/stop_token.h"
#include "matcher/placement/instance.h"
#include "matcher/placement/mechanism.h"
#include "matcher/placement/placement.h"
#include "matcher/placement/verify.h"

namespace troupe {

// A placement by a mechanism, and what of its promise could not be kept: with floors
// envy, with linked pairs what blocks. Other mechanisms keep theirs.
struct PlacementOutcome {
  Placement placement;
  std::vector<Breach> breaches;
};

// Breaks the ties of a valid instance by the lottery of `seed`, but for
// kLargestStable, and places. The same input gives the same outcome. Errors:
// INVALID_ARGUMENT of CheckMechanism; FAILED_PRECONDITION, reason FLOORS_CONFLICT, of
// PlaceWithFloors; CANCELLED.
//
//   TROUPE_RETURN_IF_ERROR(ValidateInstance(instance));
//   TROUPE_ASSIGN_OR_RETURN(PlacementOutcome outcome,
//                           PlaceGraduates(instance, mechanism, seed, stop));
absl::StatusOr<PlacementOutcome> PlaceGraduates(const Instance& instance, Mechanism mechanism,
                                                uint64_t seed, const StopToken& stop);

// Holds a placement that came from somewhere else against what PlaceGraduates() promises: its
// breaches, and kNotBest for each graduate whom the mechanism, of those that promise
// the best stable placement, places otherwise. Errors as PlaceGraduates().
absl::StatusOr<std::vector<Breach>> Verify(const Instance& instance, Mechanism mechanism,
                                           uint64_t seed, const Placement& placement,
                                           const StopToken& stop);

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_PLACE_H_
