#ifndef TROUPE_SERVICES_BOOKING_REPLACE_DROPOUT_H_
#define TROUPE_SERVICES_BOOKING_REPLACE_DROPOUT_H_

#include <memory>

#include "services/booking/booking_coordinator.h"
#include "services/booking/booking_tools.h"
#include "services/booking/match_directory.h"
#include "services/rpc/call.h"
#include "services/rpc/done.h"
#include "troupe/v1/booking_service.pb.h"

namespace troupe {

// Cancels a booking, and finds who could take its place: of those who fit its
// opening, the best that are free on all days that were booked. `request` lives
// until `done` is called.
void ReplaceDropoutFor(const BookingTools& tools, BookingCoordinator& coordinator,
                       MatchDirectory& matches, std::shared_ptr<const Call> call,
                       const v1::ReplaceDropoutRequest& request,
                       Done<v1::ReplaceDropoutResponse> done);

}  // namespace troupe

#endif  // TROUPE_SERVICES_BOOKING_REPLACE_DROPOUT_H_
