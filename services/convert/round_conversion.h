#ifndef TROUPE_SERVICES_CONVERT_ROUND_CONVERSION_H_
#define TROUPE_SERVICES_CONVERT_ROUND_CONVERSION_H_

#include <cstdint>

#include "google/protobuf/field_mask.pb.h"
#include "matcher/base/violation.h"
#include "matcher/domain/field.h"
#include "matcher/placement/round.h"
#include "services/convert/reader.h"
#include "troupe/v1/round.pb.h"

namespace troupe {

// What a client says of a new round; see FromWire for profiles. What the server gives is
// reported if it is set.
Round FromWire(const v1::Round& wire, const Field& field);
// Of one that is there: as it was read, perhaps.
Round FromWire(const v1::Round& wire, Violations& found);
v1::Round ToWire(const Round& round, uint64_t version, const Reader& reader);

// See ApplyMask for profiles. A round that is changed is a draft.
Round ApplyMask(const Round& stored, const Round& update,
                const google::protobuf::FieldMask& mask, Violations& found);

v1::Mechanism ToWire(Mechanism mechanism);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_ROUND_CONVERSION_H_
