#ifndef TROUPE_MATCHER_HOLD_HOLD_RULES_H_
#define TROUPE_MATCHER_HOLD_HOLD_RULES_H_

#include <cstddef>

#include "absl/time/time.h"

namespace troupe {

// How long an offer stands if its holder does not say.
inline constexpr absl::Duration kHoldPeriod = absl::Hours(7 * 24);
// How long those who are challenged have, and then the challenger.
inline constexpr absl::Duration kChallengePeriod = absl::Hours(24);
// How long a confirmation may stay undecided before anybody may abort it.
inline constexpr absl::Duration kConfirmationPeriod = absl::Seconds(30);

inline constexpr size_t kMostActiveHolds = 200;    // Of one person.
inline constexpr size_t kMostHistory = 100;        // Events kept of one hold.
inline constexpr size_t kMostConditionsBytes = 1'000;
inline constexpr size_t kMostReasonBytes = 1'000;

}  // namespace troupe

#endif  // TROUPE_MATCHER_HOLD_HOLD_RULES_H_
