#ifndef TROUPE_SERVICES_BOOKING_CANCEL_BOOKING_H_
#define TROUPE_SERVICES_BOOKING_CANCEL_BOOKING_H_

#include <memory>
#include <utility>

#include "matcher/hold/confirm_hold.h"
#include "services/booking/booking_coordinator.h"
#include "services/booking/hold_command.h"

namespace troupe {

// Cancels the booking that `request` names, and empties its seat. `holder_only`:
// the person's side may not. Answers once the seat is empty, or could not be
// reached at once: it is then emptied later. `request` lives until `done` is
// called.
template <typename Request>
void CancelBookingFor(const BookingTools& tools, BookingCoordinator& coordinator,
                      std::shared_ptr<const Call> call, absl::string_view method,
                      const Request& request, bool holder_only, Done<v1::Hold> done) {
  ChangeHold(
      tools, std::move(call), method, request, request.text(),
      [&request, holder_only](const HoldSides& sides, const Hold& hold, const StoredAgenda& stored,
                              Agenda& agenda, const Moment& moment) -> absl::StatusOr<Notices> {
        if (holder_only && !sides.holder) return WrongSide("the holder");
        const uint32_t number = hold.number;
        absl::StatusOr<Notices> cancelled =
            CancelBooking(agenda, number, sides.Preferring(Side::kHolder), request.text(),
                          OwnBusyDays(stored.profile, moment.today), moment);
        if (cancelled.ok()) agenda.Find(number)->seat_to_vacate = true;
        return cancelled;
      },
      [&coordinator, done = std::move(done)](absl::StatusOr<v1::Hold> hold) {
        if (!hold.ok()) return done(std::move(hold));
        const absl::StatusOr<HoldId> id = ParseHoldName(hold->name(), "name");
        if (!id.ok()) return done(id.status());
        Reach(coordinator.steps(), "booking cancelled");
        coordinator.Vacate(*id, [hold = *std::move(hold), done](const auto&) { done(hold); });
      });
}

}  // namespace troupe

#endif  // TROUPE_SERVICES_BOOKING_CANCEL_BOOKING_H_
