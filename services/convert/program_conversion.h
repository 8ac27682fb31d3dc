#ifndef TROUPE_SERVICES_CONVERT_PROGRAM_CONVERSION_H_
#define TROUPE_SERVICES_CONVERT_PROGRAM_CONVERSION_H_

#include <cstdint>

#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/repeated_field.h"
#include "matcher/base/violation.h"
#include "matcher/domain/field.h"
#include "matcher/placement/program.h"
#include "services/convert/reader.h"
#include "troupe/v1/program.pb.h"

namespace troupe {

// What a client says of a program; see FromWire for profiles.
Program FromWire(const v1::Program& wire, const Field& field);
Program FromWire(const v1::Program& wire, Violations& found);
v1::Program ToWire(const Program& program, uint64_t version, const Reader& reader);

// See ApplyMask for profiles.
Program ApplyMask(const Program& stored, const Program& update,
                  const google::protobuf::FieldMask& mask, Violations& found);
Program ApplyImport(const Program& stored, const Program& import);

// Lists of graduates, at most Program::kMostPriorities long.
TieredList<GraduateName> FromWire(
    const google::protobuf::RepeatedPtrField<v1::GraduateTier>& wire, const Field& field);
void ToWire(const TieredList<GraduateName>& list,
            google::protobuf::RepeatedPtrField<v1::GraduateTier>& wire);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_PROGRAM_CONVERSION_H_
