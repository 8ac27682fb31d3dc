#ifndef TROUPE_MATCHER_HOLD_HOLD_EVENT_H_
#define TROUPE_MATCHER_HOLD_HOLD_EVENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "matcher/hold/days.h"
#include "matcher/hold/hold_terms.h"

namespace troupe {

// Something that happened to a hold.
struct HoldEvent {
  enum class Kind : uint8_t {  // Stored: never renumber.
    kPlaced = 1,
    kAccepted = 2,        // By the person; also at once, by a rule of the profile.
    kDeclined = 3,        // By the person.
    kReleased = 4,        // By the holder, or for `reason`.
    kExpired = 5,
    kConfirming = 6,      // `days` are pending.
    kNotConfirmed = 7,    // The decision was to abort; the hold is as before.
    kBooked = 8,          // `days`, travel included.
    kCancelled = 9,       // The booking, by `side`.
    kReopened = 10,       // A booking that had released it was cancelled.
    kDaysLost = 11,       // `days` were booked by another hold; it keeps the rest.
    kChallenged = 12,     // By a hold below: confirm or release.
    kChallenging = 13,    // Those above.
    kMayConfirm = 14,     // Its challenge is answered; it must confirm in time.
    kChallengeOver = 15,  // It ended without effect: others came back above.
    kFellToLast = 16,     // It challenged and did not confirm.
    kCounterOffered = 17,
    kCounterAccepted = 18,
    kCounterDeclined = 19,
    kCounterWithdrawn = 20,  // By the side that had made it.
    kPromoted = 21,       // It is first on `days`, and was not.
    kOvertaken = 22,      // It is no longer first on `days`: a reopened hold is.
  };
  enum class Reason : uint8_t {  // Stored: never renumber.
    kUnstated = 0,
    kAsked = 1,             // By `side`.
    kPreAccepted = 2,       // By a rule of the profile.
    kDeadlinePassed = 3,
    kDaysBooked = 4,        // Another hold became a booking of its days.
    kChallenged = 5,        // It did not answer a challenge in time.
    kChallengeNotUsed = 6,
    kBookingCancelled = 7,
  };

  absl::Time time;  // When it took effect: for what was due, when it was due.
  Kind kind = Kind::kPlaced;
  Side side = Side::kNobody;
  Reason reason = Reason::kUnstated;
  std::string text;                // What the side said; may be empty.
  std::optional<HoldTerms> terms;  // Of an offer or a counter-offer.
  Days days;                       // Those that it is about; may be empty.

  friend bool operator==(const HoldEvent&, const HoldEvent&) = default;
};

// The stable word for a reason, as clients see it: "DAYS_BOOKED".
absl::string_view ReasonWord(HoldEvent::Reason reason);

// What a command did, in order: whom to tell what.
struct Notice {
  uint32_t hold = 0;
  HoldEvent event;

  friend bool operator==(const Notice&, const Notice&) = default;
};
using Notices = std::vector<Notice>;

}  // namespace troupe

#endif  // TROUPE_MATCHER_HOLD_HOLD_EVENT_H_
