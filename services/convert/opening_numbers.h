#ifndef TROUPE_SERVICES_CONVERT_OPENING_NUMBERS_H_
#define TROUPE_SERVICES_CONVERT_OPENING_NUMBERS_H_

#include "matcher/base/violation.h"
#include "matcher/domain/project.h"

namespace troupe {

// Adds a violation for each opening of `update` whose number no opening of
// `stored` has, or which an earlier opening of `update` has. Openings without
// a number are new, and fine. On Create, `stored` is an empty Project.
void CheckOpeningNumbers(const Project& stored, const Project& update, Violations& found);

// Gives the openings of `import`, which are known by role and order only, the
// numbers that `stored` gave them: the n-th opening of a role without a number
// gets the number of the n-th of that role in `stored`, if there is one. With
// it, importing the same project again changes nothing.
void KeepOpeningNumbers(const Project& stored, Project& import);

// Numbers the openings that have no number, in order, after the last number
// that the project ever gave. That last number is the stored project's: ApplyMask
// keeps it, an import copies it.
void AssignOpeningNumbers(Project& project);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_OPENING_NUMBERS_H_
