#ifndef TROUPE_SERVICES_SEAT_SEAT_WIRING_H_
#define TROUPE_SERVICES_SEAT_SEAT_WIRING_H_

#include <memory>

#include "services/rpc/admission.h"
#include "services/rpc/wired_service.h"
#include "services/seat/seat_service.h"

namespace troupe {

// `seats` behind gRPC. Both outlive the result.
std::unique_ptr<WiredService> WireSeatService(SeatService* seats, Admission* admission);

}  // namespace troupe

#endif  // TROUPE_SERVICES_SEAT_SEAT_WIRING_H_
