#ifndef TROUPE_SERVICES_CONVERT_OPENING_NUMBERS_H_
#define TROUPE_SERVICES_CONVERT_OPENING_NUMBERS_H_

#include "matcher/base/violation.h"
#include "matcher/domain/project.h"

namespace troupe {

// Adds a violation for each opening of `update` whose number no opening of
// `stored` has ("openings[2].name"). Openings without a number are new, and
// fine; ProjectService refuses numbers that come twice. On Create, `stored` is
// an empty Project.
void CheckOpeningNumbers(const Project& stored, const Project& update, Violations& found);

// Gives the openings of an import, which have no names, the numbers that they
// have in `stored`: the n-th of a role gets the number of the n-th of that role
// there, if there is one. So to import the same project again changes nothing.
void KeepOpeningNumbers(const Project& stored, Project& import);

// Numbers the openings that have no number, in order, after the last number
// that the project ever gave, which ApplyMask and ApplyImport keep.
void AssignOpeningNumbers(Project& project);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_OPENING_NUMBERS_H_
