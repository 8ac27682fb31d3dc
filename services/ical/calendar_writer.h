#ifndef TROUPE_SERVICES_ICAL_CALENDAR_WRITER_H_
#define TROUPE_SERVICES_ICAL_CALENDAR_WRITER_H_

#include <string>

#include "absl/time/time.h"
#include "matcher/domain/profile.h"

namespace troupe {

// How a calendar is to be written.
struct CalendarWriting {
  absl::Time now;              // When it is written.
  bool include_notes = false;  // Name events as their notes do: personal data.
  std::string without_source;  // Leave out what this import brought; empty: nothing.
};

// The calendar of `profile` as an iCalendar text of RFC 5545: lines folded at 75
// octets that end in CRLF. Busy, booked and travel days are CONFIRMED events,
// held ones TENTATIVE; rules are RRULEs. Equal calendars of a person have equal
// UIDs. What ReadICalendar makes of it has the same free, held and busy days.
std::string WriteICalendar(const Profile& profile, const CalendarWriting& writing);

}  // namespace troupe

#endif  // TROUPE_SERVICES_ICAL_CALENDAR_WRITER_H_
