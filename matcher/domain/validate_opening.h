#ifndef TROUPE_MATCHER_DOMAIN_VALIDATE_OPENING_H_
#define TROUPE_MATCHER_DOMAIN_VALIDATE_OPENING_H_

#include <vector>

#include "matcher/domain/field.h"
#include "matcher/domain/opening.h"

namespace troupe {

// Reports every rule of the domain that `opening` breaks by itself: all but its
// currency, which is its project's. Its number is not looked at.
void CheckOpening(const Field& field, const Opening& opening);

// The same for an opening that is not stored: its state and who sits where are
// not looked at.
void CheckAdHocOpening(const Field& field, const Opening& opening);

// People who are on a project or an opening already.
void CheckAttached(const Field& list, const std::vector<Attached>& attached);

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_VALIDATE_OPENING_H_
