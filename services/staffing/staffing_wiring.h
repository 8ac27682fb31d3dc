#ifndef TROUPE_SERVICES_STAFFING_STAFFING_WIRING_H_
#define TROUPE_SERVICES_STAFFING_STAFFING_WIRING_H_

#include <memory>

#include "services/rpc/admission.h"
#include "services/rpc/wired_service.h"
#include "services/staffing/staffing_service.h"

namespace troupe {

// `staffing` behind gRPC. Both outlive the result.
std::unique_ptr<WiredService> WireStaffingService(StaffingService* staffing, Admission* admission);

}  // namespace troupe

#endif  // TROUPE_SERVICES_STAFFING_STAFFING_WIRING_H_
