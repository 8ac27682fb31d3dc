#ifndef TROUPE_SERVICES_CONVERT_OPERATION_CONVERSION_H_
#define TROUPE_SERVICES_CONVERT_OPERATION_CONVERSION_H_

#include <string>

#include "services/records/operation_record.h"
#include "troupe/v1/operation.pb.h"

namespace troupe {

// An operation that is called `name`; without its progress, which is not kept.
v1::Operation ToWire(const Operation& operation, std::string name);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_OPERATION_CONVERSION_H_
