#ifndef TROUPE_SERVICES_PROJECT_PROJECT_RULES_H_
#define TROUPE_SERVICES_PROJECT_PROJECT_RULES_H_

#include "matcher/base/violation.h"
#include "matcher/domain/project.h"
#include "matcher/index/pool.h"

namespace troupe {

// Adds a violation for each opening that has the name of one before it.
void CheckOpeningsOnce(const Project& next, Violations& found);

// Adds a violation for each person attached to `next` or on one of its seats
// who does not exist in `pool` for its owner ("openings[2].attached[0].profile",
// "openings[2].seats"). Who is on `stored` already stays, gone or not, so that
// an old project can still be edited.
void CheckNewPeople(const Project& stored, const Project& next, const Pool& pool,
                    Violations& found);

}  // namespace troupe

#endif  // TROUPE_SERVICES_PROJECT_PROJECT_RULES_H_
