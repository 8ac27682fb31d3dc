#ifndef TROUPE_MATCHER_HOLD_CONFIRM_HOLD_H_
#define TROUPE_MATCHER_HOLD_CONFIRM_HOLD_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "matcher/hold/agenda.h"
#include "matcher/hold/confirmation.h"
#include "matcher/hold/days.h"
#include "matcher/hold/decision.h"
#include "matcher/hold/moment.h"

namespace troupe {

// The person's part in a confirmation (deploy/docs/holds.md): an intent, then
// what the project's shard decided. Each does first what is due, and changes
// nothing if it fails.

// What is to be confirmed.
struct ConfirmationWish {
  uint32_t hold = 0;
  DecisionId decision;
  Days work;         // Of a hold of any days: the choice. Empty: the earliest that can be.
  int32_t seat = 0;  // 0: any.
};

// Makes the days pending until `decision`, with a deadline kConfirmationPeriod
// from now. Nothing to do and no notices if this decision's intent is there, or
// has already booked the hold. Errors, beside HOLD_NOT_FOUND, HOLD_ENDED and
// CONFIRMATION_PENDING (of another decision) as in answer_hold.h:
// FAILED_PRECONDITION NOT_ACCEPTED; COUNTER_OFFER_STANDING; NOT_FIRST, with the
// days, the hold's own rank there and how many holds there are as violations of
// the field "days"; DAYS_NOT_FREE, likewise with what they are taken up with.
// INVALID_ARGUMENT: `work` is no choice that the window allows.
absl::StatusOr<Notices> BeginConfirmation(Agenda& agenda, const ConfirmationWish& wish,
                                          const Days& busy, const Moment& moment);

// Ends this decision's intent on `hold`. kCommit: the hold is a booking of
// `seat`; every other hold with any of its days is released, or, if it needs
// only some of its days and enough are left, loses those. kAbort: the hold is as
// it was, and what fell due meanwhile takes effect now. Nothing to do and no
// notices if there is no such intent: it has been resolved. NOT_FOUND
// HOLD_NOT_FOUND.
absl::StatusOr<Notices> ResolveConfirmation(Agenda& agenda, uint32_t hold, DecisionId id,
                                            Decision decision, int32_t seat,
                                            const Moment& moment);

// Ends a booking; its days are free again. Holds that it released come back in
// their old order, if their deadline has not passed, their days can be had, and
// no other hold of their opening took their place. FAILED_PRECONDITION:
// NOT_BOOKED; BOOKING_OVER, its last day is before today.
//   `busy`: OwnBusyDays of the person.
absl::StatusOr<Notices> CancelBooking(Agenda& agenda, uint32_t hold, Side by,
                                      absl::string_view text, const Days& busy,
                                      const Moment& moment);

// An intent that waits for its decision.
struct Undecided {
  uint32_t hold = 0;
  DecisionId decision;
  OpeningId opening;
  absl::Time deadline;

  friend bool operator==(const Undecided&, const Undecided&) = default;
};
std::vector<Undecided> UndecidedOf(const Agenda& agenda);

}  // namespace troupe

#endif  // TROUPE_MATCHER_HOLD_CONFIRM_HOLD_H_
