#ifndef TROUPE_SERVICES_CONVERT_OPENING_CONVERSION_H_
#define TROUPE_SERVICES_CONVERT_OPENING_CONVERSION_H_

#include "matcher/base/ids.h"
#include "matcher/domain/field.h"
#include "matcher/domain/opening.h"
#include "troupe/v1/opening.pb.h"

namespace troupe {

// What a client says of an opening of its project, with every seat of its
// headcount. Reports to `field` what cannot be read. `name` is not looked at,
// and the number is 0: the conversion of its project reads it.
Opening FromWire(const v1::Opening& wire, const Field& field);

// What a client says of an opening that is not stored: name, seats and state
// must be unset, and the headcount is 1 unless it is set. The result is open.
Opening AdHocFromWire(const v1::Opening& wire, const Field& field);

// An opening of `project` as its owner sees it, or as others do: without who
// sits on its seats or is attached to it. A draft is not for others at all.
v1::Opening ToWire(const Opening& opening, ProjectId project, bool for_owner);

// Of a window alone, for who holds days.
Window FromWire(const v1::Window& wire, const Field& field);
v1::Window ToWire(const Window& window);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_OPENING_CONVERSION_H_
