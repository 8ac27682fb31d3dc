#ifndef TROUPE_MATCHER_PLACEMENT_STUDENT_PROJECT_H_
#define TROUPE_MATCHER_PLACEMENT_STUDENT_PROJECT_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/base/stop_token.h"
#include "matcher/placement/instance.h"

namespace troupe {

// Programs under studios that have a capacity and rank graduates for all their
// programs: SPA-S, student-optimal. D. J. Abraham, R. W. Irving, D. F. Manlove, "Two
// algorithms for the student-project allocation problem", Journal of Discrete
// Algorithms 5 (2007). A program without a studio ranks for itself.
//
// Promises: stable in their sense, which is that no graduate g would rather have a
// program p while
//  - p and its studio have a seat, or
//  - p has a seat, the studio is full, and g is at another program of the studio or
//    ranked above somebody it has, or
//  - p is full and g is ranked above somebody it has;
// of all such placements the one that every graduate likes best; and no graduate
// gains by another list than the true one.
//
// Returns the program of each graduate, or CANCELLED. Takes valid instances without
// ties, reserves or pairs. O(entries) rounds at worst, each over the studios asked.
absl::StatusOr<std::vector<uint32_t>> PlaceUnderStudios(const Instance& instance,
                                                        const StopToken& stop);

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_STUDENT_PROJECT_H_
