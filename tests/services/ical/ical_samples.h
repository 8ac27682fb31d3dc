#ifndef TROUPE_TESTS_SERVICES_ICAL_ICAL_SAMPLES_H_
#define TROUPE_TESTS_SERVICES_ICAL_ICAL_SAMPLES_H_

#include <string>

#include "matcher/domain/profile.h"
#include "services/ical/calendar_reader.h"

namespace troupe::testing {

// A file of tests/services/ical/samples: "google", "outlook", "apple".
std::string IcalSample(const std::string& name);

// `events`, the lines of a calendar's components that end in "\n", as a calendar.
std::string IcalOf(const std::string& events);

// Lines 3 to 5 of IcalOf: a VEVENT of `properties`, from line 3.
std::string IcalEvent(const std::string& properties);

// How the tests read: source "test", in China, on 2026-11-28.
CalendarReading TestReading();

// A profile with the calendar that was read, written on 2026-11-28.
Profile ProfileWith(ReadCalendar calendar);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_SERVICES_ICAL_ICAL_SAMPLES_H_
