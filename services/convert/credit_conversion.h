#ifndef TROUPE_SERVICES_CONVERT_CREDIT_CONVERSION_H_
#define TROUPE_SERVICES_CONVERT_CREDIT_CONVERSION_H_

#include "matcher/domain/credit.h"
#include "matcher/domain/field.h"
#include "troupe/v1/credit.pb.h"

namespace troupe {

// A production that a person worked on; see types_conversion.h.
Credit FromWire(const v1::Credit& wire, const Field& field);
v1::Credit ToWire(const Credit& credit);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_CREDIT_CONVERSION_H_
