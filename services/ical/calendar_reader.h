#ifndef TROUPE_SERVICES_ICAL_CALENDAR_READER_H_
#define TROUPE_SERVICES_ICAL_CALENDAR_READER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/base/day.h"
#include "matcher/domain/calendar.h"
#include "matcher/domain/calendar_rule.h"
#include "matcher/domain/time_zone.h"

namespace troupe {

// How an iCalendar text is to be read.
struct CalendarReading {
  std::string source;  // Whose entries and rules these are; see CalendarEntry.
  TimeZone home;       // Where the person is.
  Day today;           // There. What ended a month before is left out.
  bool include_notes = false;  // Keep what events are called: personal data.
};

// What an iCalendar text says of a person's days.
struct ReadCalendar {
  enum class Reason {
    kTransparent = 1,  // An event that leaves its days free.
    kCancelled = 2,
    kPast = 3,
    kNoEvent = 4,  // Another component: a to-do, a journal, a busy time.
  };
  // Why a component on a line takes up no days.
  struct Skipped {
    int line = 0;
    Reason reason = Reason::kTransparent;
  };

  std::vector<CalendarEntry> entries;  // Sorted; without notes, joined.
  std::vector<CalendarRule> rules;
  int events = 0;
  std::vector<Skipped> skipped;  // In the order of the file.
};

// Reads VEVENTs of RFC 5545 with all their dialects that deploy/docs/calendars.md
// lists. INVALID_ARGUMENT with each violation of the field `calendar`, which
// names its line and property: nothing is to be kept of such a file. Errors show
// dates and numbers of the file, never its texts. Thread-safe. Cost: linear in
// the text, bounded by its limits.
absl::StatusOr<ReadCalendar> ReadICalendar(absl::string_view text, const CalendarReading& reading);

}  // namespace troupe

#endif  // TROUPE_SERVICES_ICAL_CALENDAR_READER_H_
