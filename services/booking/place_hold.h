#ifndef TROUPE_SERVICES_BOOKING_PLACE_HOLD_H_
#define TROUPE_SERVICES_BOOKING_PLACE_HOLD_H_

#include <memory>

#include "services/booking/booking_tools.h"
#include "services/rpc/call.h"
#include "services/rpc/done.h"
#include "troupe/v1/booking_service.pb.h"

namespace troupe {

// Holds a person's days for an opening: asks about the opening where its
// project is kept, and then puts the hold on the ladders. `request` lives until
// `done` is called.
void PlaceHoldFor(const BookingTools& tools, std::shared_ptr<const Call> call,
                  const v1::PlaceHoldRequest& request, Done<v1::Hold> done);

}  // namespace troupe

#endif  // TROUPE_SERVICES_BOOKING_PLACE_HOLD_H_
