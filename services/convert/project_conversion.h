#ifndef TROUPE_SERVICES_CONVERT_PROJECT_CONVERSION_H_
#define TROUPE_SERVICES_CONVERT_PROJECT_CONVERSION_H_

#include <cstdint>

#include "matcher/base/violation.h"
#include "matcher/domain/field.h"
#include "matcher/domain/project.h"
#include "services/convert/reader.h"
#include "troupe/v1/project.pb.h"

namespace troupe {

// What a client says of a project and its openings; see FromWire for profiles.
// An opening with a name has its number, and the name must be one of the
// project that `wire` names (CheckOpeningNumbers says whether it exists); one
// without a name has the number 0. An unset currency becomes that of the first
// amount.
Project FromWire(const v1::Project& wire, Violations& found);

// The same for a project that stands in a field of a message.
Project FromWire(const v1::Project& wire, const Field& field);

// What `reader` may see of `project`, which exists for it (Ownership::
// IsVisibleTo). The owner sees all. Others see no external id, block lists,
// attached people, draft openings, or who sits on which seat.
v1::Project ToWire(const Project& project, uint64_t version, const Reader& reader);

// Gives a project that states no currency that of its first amount: the
// budget, then the ceilings in the order of the openings.
void FillCurrency(Project& project);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_PROJECT_CONVERSION_H_
