#ifndef TROUPE_SERVICES_BOOKING_BOOKING_WIRING_H_
#define TROUPE_SERVICES_BOOKING_BOOKING_WIRING_H_

#include <memory>

#include "services/booking/booking_service.h"
#include "services/rpc/admission.h"
#include "services/rpc/wired_service.h"

namespace troupe {

// `bookings` behind gRPC. Both outlive the result.
std::unique_ptr<WiredService> WireBookingService(BookingService* bookings, Admission* admission);

}  // namespace troupe

#endif  // TROUPE_SERVICES_BOOKING_BOOKING_WIRING_H_
