#ifndef TROUPE_MATCHER_HOLD_MOMENT_H_
#define TROUPE_MATCHER_HOLD_MOMENT_H_

#include "absl/time/time.h"
#include "matcher/base/day.h"

namespace troupe {

// When a command takes place, as its caller's clock says, and where the person
// lives: days begin at midnight of the profile's zone.
struct Moment {
  absl::Time now;
  absl::TimeZone zone;
  Day today;  // Of the log, not of `now`: how far ahead days may be held.

  // The first instant of `day` in the zone.
  absl::Time StartOf(Day day) const { return absl::FromCivil(day.civil(), zone); }
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_HOLD_MOMENT_H_
