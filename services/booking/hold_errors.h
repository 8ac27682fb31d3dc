#ifndef TROUPE_SERVICES_BOOKING_HOLD_ERRORS_H_
#define TROUPE_SERVICES_BOOKING_HOLD_ERRORS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "matcher/base/ids.h"

// The errors of BookingService that are not the domain's; see booking_service.proto.
namespace troupe {

// The same whether there is none or the caller is no side of it.
absl::Status HoldNotFound(HoldId hold);

// PERMISSION_DENIED, reason WRONG_SIDE. `who`: "the holder".
absl::Status WrongSide(absl::string_view who);

// FAILED_PRECONDITION, reason OPENING_NOT_OPEN. `why`: "is filled".
absl::Status OpeningNotOpen(absl::string_view why);

}  // namespace troupe

#endif  // TROUPE_SERVICES_BOOKING_HOLD_ERRORS_H_
