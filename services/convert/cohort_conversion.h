#ifndef TROUPE_SERVICES_CONVERT_COHORT_CONVERSION_H_
#define TROUPE_SERVICES_CONVERT_COHORT_CONVERSION_H_

#include <cstdint>

#include "google/protobuf/field_mask.pb.h"
#include "matcher/base/violation.h"
#include "matcher/domain/field.h"
#include "matcher/placement/cohort.h"
#include "services/convert/reader.h"
#include "troupe/v1/cohort.pb.h"

namespace troupe {

// What a client says of a cohort; see FromWire for profiles.
Cohort FromWire(const v1::Cohort& wire, const Field& field);
Cohort FromWire(const v1::Cohort& wire, Violations& found);
v1::Cohort ToWire(const Cohort& cohort, uint64_t version, const Reader& reader);

// See ApplyMask for profiles.
Cohort ApplyMask(const Cohort& stored, const Cohort& update,
                 const google::protobuf::FieldMask& mask, Violations& found);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_COHORT_CONVERSION_H_
