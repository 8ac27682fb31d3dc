#ifndef TROUPE_SERVICES_OPERATION_OPERATION_WIRING_H_
#define TROUPE_SERVICES_OPERATION_OPERATION_WIRING_H_

#include <memory>

#include "services/operation/operation_service.h"
#include "services/rpc/admission.h"
#include "services/rpc/wired_service.h"

namespace troupe {

// `operations` behind gRPC. Both outlive the result.
std::unique_ptr<WiredService> WireOperationService(OperationService* operations,
                                                   Admission* admission);

}  // namespace troupe

#endif  // TROUPE_SERVICES_OPERATION_OPERATION_WIRING_H_
