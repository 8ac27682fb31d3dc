#ifndef TROUPE_MATCHER_HOLD_HOLD_H_
#define TROUPE_MATCHER_HOLD_HOLD_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "matcher/base/ids.h"
#include "matcher/domain/opening.h"
#include "matcher/hold/challenge.h"
#include "matcher/hold/confirmation.h"
#include "matcher/hold/days.h"
#include "matcher/hold/hold_event.h"
#include "matcher/hold/hold_terms.h"

namespace troupe {

enum class HoldState : uint8_t {  // Stored: never renumber.
  kOffered = 1,
  kAccepted = 2,
  kBooked = 3,
  kDeclined = 4,
  kReleased = 5,
  kExpired = 6,
  kCancelled = 7,
};

// "OFFERED", ...
absl::string_view StateWord(HoldState state);

// How a hold ended, and what it takes to re-open it.
struct HoldEnd {
  absl::Time time;
  HoldEvent::Reason reason = HoldEvent::Reason::kUnstated;
  Side side = Side::kNobody;
  std::string text;
  HoldState state_before = HoldState::kOffered;
  uint32_t booked_by = 0;  // The hold whose booking released it; 0: none did.

  friend bool operator==(const HoldEnd&, const HoldEnd&) = default;
};

// A place in the queue for a person's days, for one opening; once it is booked,
// the booking. A value: the commands of this folder change it, within its
// agenda.
struct Hold {
  uint32_t number = 0;    // profiles/{profile}/holds/{number}; never given twice.
  uint64_t revision = 0;  // Goes up whenever any field changes: its etag.
  OpeningId opening;
  OrganizationId holder;
  uint64_t request = 0;  // A hash of the request that placed it, for who retries; 0: unknown.
  std::string role;
  std::string place;        // Empty: not fixed.
  Window window;            // As asked for.
  int32_t travel_days = 0;  // Before the first and after the last day of work.

  HoldState state = HoldState::kOffered;
  // The days on whose ladders it stands, or stood last; travel days included. Of
  // a booking: what is booked.
  Days days;
  // Its place on all of them: the lower is ahead. Given by the agenda's counter,
  // never by a clock.
  uint64_t position = 0;

  HoldTerms terms;
  std::optional<CounterOffer> counter_offer;
  absl::Time placed;
  absl::Time deadline;  // It expires then unless it is booked.
  std::optional<Challenge> challenge;        // That it makes.
  std::optional<Confirmation> confirmation;  // Undecided.
  // Nothing falls due before: until then a confirmation was undecided.
  absl::Time undecided_until = absl::InfinitePast();

  std::optional<BookedDays> booked;  // Iff it is, or was until cancelled, a booking.
  int32_t seat = 0;                  // Likewise.
  DecisionId decision;               // That booked it.
  // The booking is cancelled, and its seat is not known to be empty yet.
  bool seat_to_vacate = false;
  std::optional<HoldEnd> end;        // Iff it has ended.

  std::vector<HoldEvent> history;  // The newest kMostHistory, oldest first.
  uint32_t events = 0;             // Ever, also those no longer kept.

  // Offered or accepted, thus on the ladders; also while it is confirmed.
  bool IsActive() const { return state == HoldState::kOffered || state == HoldState::kAccepted; }
  bool IsBooked() const { return state == HoldState::kBooked; }
  bool IsUndecided() const { return confirmation.has_value(); }

  friend bool operator==(const Hold&, const Hold&) = default;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_HOLD_HOLD_H_
