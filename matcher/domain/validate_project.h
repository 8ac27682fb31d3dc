#ifndef TROUPE_MATCHER_DOMAIN_VALIDATE_PROJECT_H_
#define TROUPE_MATCHER_DOMAIN_VALIDATE_PROJECT_H_

#include "matcher/base/violation.h"
#include "matcher/domain/project.h"

namespace troupe {

// Every rule of the domain that `project` breaks, its openings included; see
// ValidateProfile. Also: one currency per project, casting for cast roles only,
// a profile on at most one seat of an opening, window days within the window.
Violations ValidateProject(const Project& project);

// The same for an opening that is not stored and the project it is set in:
// title, findability, seats and state need not be set. Field paths are those of
// AdHocOpening: "project.place", "opening.role".
Violations ValidateAdHoc(const Project& context, const Opening& opening);

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_VALIDATE_PROJECT_H_
