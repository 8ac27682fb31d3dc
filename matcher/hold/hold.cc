#include "matcher/hold/hold.h"

namespace troupe {

absl::string_view StateWord(HoldState state) {
  switch (state) {
    case HoldState::kOffered: return "OFFERED";
    case HoldState::kAccepted: return "ACCEPTED";
    case HoldState::kBooked: return "BOOKED";
    case HoldState::kDeclined: return "DECLINED";
    case HoldState::kReleased: return "RELEASED";
    case HoldState::kExpired: return "EXPIRED";
    case HoldState::kCancelled: return "CANCELLED";
  }
  return "";
}

}  // namespace troupe
