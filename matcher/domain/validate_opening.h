#ifndef TROUPE_MATCHER_DOMAIN_VALIDATE_OPENING_H_
#define TROUPE_MATCHER_DOMAIN_VALIDATE_OPENING_H_

#include <vector>

#include "matcher/domain/field.h"
#include "matcher/domain/opening.h"

namespace troupe {

// Reports every rule of the domain that `opening` breaks by itself: all but the
// currency and the number, which its project knows.
void CheckOpening(const Field& field, const Opening& opening);

// The same for an opening that is not stored: state and seats are not looked
// at, except that no seat may be taken.
void CheckAdHocOpening(const Field& field, const Opening& opening);

// People who are on a project or an opening already.
void CheckAttached(const Field& list, const std::vector<Attached>& attached);

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_VALIDATE_OPENING_H_
