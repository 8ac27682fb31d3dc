#ifndef TROUPE_SERVICES_PROJECT_PROJECT_RULES_H_
#define TROUPE_SERVICES_PROJECT_PROJECT_RULES_H_

#include "absl/status/status.h"
#include "matcher/base/violation.h"
#include "matcher/domain/project.h"
#include "services/log/view.h"

namespace troupe {

// Adds a violation for each opening that has the name of one before it.
void CheckOpeningsOnce(const Project& next, Violations& found);

// Adds a violation for each person attached to `next` or on one of its seats
// who does not exist for its owner as of `now` ("openings[2].attached[0].profile",
// "openings[2].seats"). Who is on `stored` already stays, gone or not, so that
// an old project can still be edited. Blocks on disk, whose error it returns.
absl::Status CheckNewPeople(const Project& stored, const Project& next, const ViewSnapshot& now,
                            Violations& found);

// OK if every booked seat of `stored` is in `next` with its booking. Else
// FAILED_PRECONDITION, reason SEAT_BOOKED, with each of the others, at most 50,
// by where it is in `stored` ("openings[2].seats").
absl::Status CheckBookedSeats(const Project& stored, const Project& next);

// FAILED_PRECONDITION, reason PROJECT_HAS_HOLDS, with each filled seat of
// `project` ("openings[2].seats"), and each profile that its owner can see and
// whose calendar holds or books days for it, today or later; at most 50 of each.
// Blocks on disk.
absl::Status CheckNothingHeld(const Project& project, const ViewSnapshot& now);

}  // namespace troupe

#endif  // TROUPE_SERVICES_PROJECT_PROJECT_RULES_H_
