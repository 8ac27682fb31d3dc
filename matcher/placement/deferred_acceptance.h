#ifndef TROUPE_MATCHER_PLACEMENT_DEFERRED_ACCEPTANCE_H_
#define TROUPE_MATCHER_PLACEMENT_DEFERRED_ACCEPTANCE_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/base/stop_token.h"
#include "matcher/placement/instance.h"
#include "matcher/placement/wish_table.h"

namespace troupe {

// Deferred acceptance with capacities. D. Gale, L. S. Shapley, "College admissions
// and the stability of marriage", American Mathematical Monthly 69 (1962).
//
// Both return the program of each graduate, or CANCELLED. Take valid instances
// without ties, studios, reserves or pairs; regions are not looked at.

// Graduates propose. Promises: stable, that is, no graduate and program would both
// rather have each other than what they got; of all stable placements the one that
// every graduate likes best; and no graduate gains by another list than the true
// one (A. E. Roth 1982). O(entries) and log(capacity) for each who is held.
absl::StatusOr<std::vector<uint32_t>> GraduatesPropose(const Instance& instance,
                                                       const StopToken& stop);
// The same of a table made before, with `capacity` seats by program.
absl::StatusOr<std::vector<uint32_t>> GraduatesPropose(const WishTable& wishes,
                                                       const std::vector<uint32_t>& capacity,
                                                       const StopToken& stop);

// Programs propose. Promises: stable, and of all stable placements the one that
// every graduate likes least; it places the same graduates. O(entries).
absl::StatusOr<std::vector<uint32_t>> ProgramsPropose(const Instance& instance,
                                                      const StopToken& stop);

// Seats by program that can be filled: no more than there are entries in its list.
std::vector<uint32_t> SeatsOf(const Instance& instance);

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_DEFERRED_ACCEPTANCE_H_
