#ifndef TROUPE_MATCHER_PLACEMENT_FLOORS_H_
#define TROUPE_MATCHER_PLACEMENT_FLOORS_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/base/stop_token.h"
#include "matcher/placement/instance.h"

namespace troupe {

// Regions whose floors cannot all be met, though they could without any one of them.
// Sorted; empty if all can be met. O(entries x sqrt(graduates)) for each region.
std::vector<uint32_t> ConflictingFloors(const Instance& instance);

// Regions with floors and caps, by quotas that give way. D. Fragiadakis, P. Troyan,
// "Improving matching under hard distributional constraints", Theoretical Economics
// 12 (2017). Graduates propose; then, as long as a region is above its cap or below
// its floor, one seat is closed where there are more graduates than must be, and
// whoever had it goes on down the list.
//
// Promises: every floor and cap is kept. And if the outcome is a deferred acceptance
// with fewer seats, as it always is where everybody is acceptable to everybody (which
// the paper takes for given), no justified envy: nobody would rather have a program
// that took somebody it ranks lower. Lists that leave programs out can make both at
// once impossible; then floors and caps are kept, and VerifyPlacement lists the envy.
// A closed seat may stay empty though somebody wants it.
//
// Returns the program of each graduate; FAILED_PRECONDITION, reason FLOORS_CONFLICT,
// with the regions of ConflictingFloors; or CANCELLED. Takes valid instances without
// ties, studios, reserves or pairs. Cost: for each closed seat, one look at each
// program; and what graduates propose.
absl::StatusOr<std::vector<uint32_t>> PlaceWithFloors(const Instance& instance,
                                                      const StopToken& stop);

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_FLOORS_H_
