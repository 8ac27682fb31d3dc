#ifndef TROUPE_MATCHER_DOMAIN_CALENDAR_RULE_H_
#define TROUPE_MATCHER_DOMAIN_CALENDAR_RULE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "matcher/base/day.h"
#include "matcher/domain/calendar.h"

namespace troupe {

// Hours that are kept in another place than the person's.
struct ZonedHours {
  std::string time_zone;     // Of the IANA database.
  int32_t start_second = 0;  // Of the day there, 0 to 86,399.
  int32_t seconds = 0;       // How long, at least 1.

  friend bool operator==(const ZonedHours&, const ZonedHours&) = default;
};

// Days that are taken up again and again: a recurring unavailability. Kept as
// the rule, so that it is as true next year as today.
struct CalendarRule {
  CalendarEntry::Kind kind = CalendarEntry::Kind::kBusy;  // Busy or held.
  Day start;
  int32_t days = 1;         // Of each occurrence; without `hours`.
  std::string recurrence;   // As Recurrence::Parse reads it.
  std::vector<Day> except;  // Days on which no occurrence starts; sorted, distinct.
  std::optional<ZonedHours> hours;  // None: whole days, where the person is.
  std::string source;               // Which import it belongs to; empty: none.
  std::string note;

  friend bool operator==(const CalendarRule&, const CalendarRule&) = default;
};

// Rules are worked out so far ahead of the day on which a profile was written;
// what they may take up later counts as taken up, so that nobody ever seems free
// who is not. A profile is written anew before the calendar's horizon comes near
// (services/profile/calendar_renewal.h).
inline constexpr int32_t kRuleDaysAhead = 2 * kCalendarHorizonDays;
inline constexpr int32_t kRuleDaysBack = 31;

// The days that `rule` takes up from kRuleDaysBack before `written` to
// kRuleDaysAhead after it, where `time_zone` is the person's; and from the
// last of them, one span to kEndOfDays if the rule goes on. In order; may
// touch or overlap. A rule that cannot be read takes up all from its start.
std::vector<DaySpan> SpansOf(const CalendarRule& rule, absl::string_view time_zone,
                             Day written);

// Later than any day of a calendar.
inline constexpr Day kEndOfDays(84'370);  // 2200-12-31

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_CALENDAR_RULE_H_
