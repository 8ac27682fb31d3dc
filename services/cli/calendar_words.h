#ifndef TROUPE_SERVICES_CLI_CALENDAR_WORDS_H_
#define TROUPE_SERVICES_CLI_CALENDAR_WORDS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "matcher/base/day.h"
#include "matcher/domain/calendar.h"
#include "services/cli/ink.h"
#include "troupe/v1/profile.pb.h"

namespace troupe {

// How a calendar reads in a terminal.

// What a profile's calendar takes up from a month before `day` to two years
// after it: its entries, and the days of its rules.
std::vector<CalendarEntry> CalendarFrom(const v1::Profile& profile, Day day);

// What takes `day` up most: a booking before one that is undecided, travel, busy and held; nullopt if
// it is free.
std::optional<CalendarEntry::Kind> KindOn(const std::vector<CalendarEntry>& entries, Day day);

// "B", "p", "t", "x", "h"; "." for a free day.
char LetterOf(std::optional<CalendarEntry::Kind> kind);
Ink InkOf(std::optional<CalendarEntry::Kind> kind);
// "booked".
std::string WordOf(v1::CalendarEntry::Kind kind);

// "every 2 weeks on Sat, Sun until 2027-03-01"; a text that is no recurrence as
// it is.
std::string RecurrenceWords(absl::string_view recurrence);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_CALENDAR_WORDS_H_
