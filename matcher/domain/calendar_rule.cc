#include "matcher/domain/calendar_rule.h"

#include <algorithm>

#include "absl/time/time.h"
#include "matcher/domain/recurrence.h"
#include "matcher/domain/time_zone.h"

namespace troupe {
namespace {

constexpr int32_t kDaySeconds = 86'400;

// Hours touch each day between their first and their last second.
DaySpan DaysOfHours(Day start, const ZonedHours& hours, const TimeZone& there,
                    const TimeZone& here) {
  const absl::Time begin = there.At(start, hours.start_second);
  const absl::Time last = begin + absl::Seconds(hours.seconds - 1);
  return {.start = here.DayAt(begin), .limit = here.DayAt(last) + 1};
}

// No occurrence touches a day that is later than this after the one it starts
// on: zones are at most 26 hours apart.
int32_t LongestDays(const CalendarRule& rule) {
  return rule.hours.has_value() ? rule.hours->seconds / kDaySeconds + 4 : rule.days;
}

}  // namespace

std::vector<DaySpan> SpansOf(const CalendarRule& rule, absl::string_view time_zone, Day written) {
  const DaySpan reach = {.start = written - kRuleDaysBack, .limit = written + kRuleDaysAhead};
  TextFault fault;
  const std::optional<Recurrence> recurrence = Recurrence::Parse(rule.recurrence, &fault);
  if (!recurrence.has_value()) return {{.start = rule.start, .limit = kEndOfDays}};
  const Recurrence::Days found =
      recurrence->DaysIn(rule.start, reach.start - LongestDays(rule), reach.limit);
  std::vector<DaySpan> spans;
  std::optional<TimeZone> here;
  std::optional<TimeZone> there;
  if (rule.hours.has_value()) {
    here = TimeZone::Of(time_zone);
    there = TimeZone::Of(rule.hours->time_zone);
  }
  for (const Day day : found.days) {
    if (std::binary_search(rule.except.begin(), rule.except.end(), day)) continue;
    const DaySpan span = rule.hours.has_value() ? DaysOfHours(day, *rule.hours, *there, *here)
                                                : DaySpan{day, day + rule.days};
    if (reach.start < span.limit) spans.push_back(span);
  }
  if (!found.goes_on) return spans;
  // Hours elsewhere may begin a day earlier here.
  const Day earliest = rule.start - (rule.hours.has_value() ? 1 : 0);
  spans.push_back({.start = std::max(earliest, reach.limit - 1), .limit = kEndOfDays});
  return spans;
}

}  // namespace troupe
