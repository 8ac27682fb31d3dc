#ifndef TROUPE_MATCHER_HOLD_CONFIRMATION_H_
#define TROUPE_MATCHER_HOLD_CONFIRMATION_H_

#include <cstdint>

#include "absl/time/time.h"
#include "matcher/hold/days.h"
#include "matcher/hold/decision.h"

namespace troupe {

// The days of a booking. Both kinds are taken.
struct BookedDays {
  Days work;
  Days travel;  // Before the first and after the last of `work`.

  Days All() const { return work.Or(travel); }
  friend bool operator==(const BookedDays&, const BookedDays&) = default;
};

// An intent: these days become a booking if the project's shard says so. Until
// then they are pending, neither free nor booked. It goes away only by a
// decision.
struct Confirmation {
  DecisionId decision;
  BookedDays days;
  int32_t seat = 0;     // Asked for; 0: any that is free.
  absl::Time begun;
  absl::Time deadline;  // From then on anybody may ask the shard to abort.

  friend bool operator==(const Confirmation&, const Confirmation&) = default;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_HOLD_CONFIRMATION_H_
