#ifndef TROUPE_MATCHER_HOLD_PLACE_HOLD_H_
#define TROUPE_MATCHER_HOLD_PLACE_HOLD_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "matcher/base/ids.h"
#include "matcher/base/violation.h"
#include "matcher/domain/opening.h"
#include "matcher/domain/pre_acceptance.h"
#include "matcher/hold/agenda.h"
#include "matcher/hold/days.h"
#include "matcher/hold/hold_terms.h"
#include "matcher/hold/moment.h"

namespace troupe {

// What a holder asks for.
struct HoldRequest {
  OpeningId opening;
  OrganizationId holder;
  std::string role;
  std::string place;  // Empty: not fixed.
  Window window;
  int32_t travel_days = 0;  // TravelDays of the person's home and the place.
  HoldTerms terms;
  std::optional<absl::Time> deadline;  // None: kHoldPeriod from now.
};

// Reports what is wrong with a window whatever day it is: that it has no day, or
// asks for an impossible number of them.
void CheckWindowDays(const Window& window, Violations& found);

// Adds a hold behind all that are there, number agenda.last_number afterwards:
// on all days of its window, or, if it needs some of them only, on those that
// are free. Accepted at once if a rule of `rules` says so, else offered. Its
// deadline is never later than the start of the first day that it may take.
//   `busy`: OwnBusyDays of the person.
// INVALID_ARGUMENT INVALID_FIELD, fields named as in the request to the service
// (`window`, `travel_days`, `deadline`, `terms.conditions`): a window that is
// empty, asks for an impossible number of days, does not begin after today or
// ends past the horizon; a deadline that is over; conditions that are too long.
// ALREADY_EXISTS HOLD_EXISTS: an active hold or a booking for this opening; its
// number is in the message. FAILED_PRECONDITION DAYS_NOT_FREE: names the days
// and whether they are busy, booked or pending, as violations (ViolationsOf)
// with the field "days". RESOURCE_EXHAUSTED TOO_MANY_HOLDS.
absl::StatusOr<Notices> PlaceHold(Agenda& agenda, const HoldRequest& request,
                                  const std::vector<PreAcceptance>& rules, const Days& busy,
                                  const Moment& moment);

}  // namespace troupe

#endif  // TROUPE_MATCHER_HOLD_PLACE_HOLD_H_
