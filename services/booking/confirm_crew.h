#ifndef TROUPE_SERVICES_BOOKING_CONFIRM_CREW_H_
#define TROUPE_SERVICES_BOOKING_CONFIRM_CREW_H_

#include <memory>

#include "services/booking/booking_coordinator.h"
#include "services/booking/booking_tools.h"
#include "services/rpc/call.h"
#include "services/rpc/done.h"
#include "troupe/v1/booking_service.pb.h"

namespace troupe {

// Books one hold, or several of one project. `request` lives until `done` is
// called.
void ConfirmOneHold(const BookingTools& tools, BookingCoordinator& coordinator,
                    std::shared_ptr<const Call> call, const v1::ConfirmHoldRequest& request,
                    Done<v1::Hold> done);
void ConfirmHolds(const BookingTools& tools, BookingCoordinator& coordinator,
                  std::shared_ptr<const Call> call, const v1::ConfirmCrewRequest& request,
                  Done<v1::ConfirmCrewResponse> done);

}  // namespace troupe

#endif  // TROUPE_SERVICES_BOOKING_CONFIRM_CREW_H_
