#include "matcher/hold/hold_event.h"

namespace troupe {

absl::string_view ReasonWord(HoldEvent::Reason reason) {
  switch (reason) {
    case HoldEvent::Reason::kUnstated: return "";
    case HoldEvent::Reason::kAsked: return "ASKED";
    case HoldEvent::Reason::kPreAccepted: return "PRE_ACCEPTED";
    case HoldEvent::Reason::kDeadlinePassed: return "DEADLINE_PASSED";
    case HoldEvent::Reason::kDaysBooked: return "DAYS_BOOKED";
    case HoldEvent::Reason::kChallenged: return "CHALLENGED";
    case HoldEvent::Reason::kChallengeNotUsed: return "CHALLENGE_NOT_USED";
    case HoldEvent::Reason::kBookingCancelled: return "BOOKING_CANCELLED";
  }
  return "";
}

}  // namespace troupe
