#include "tests/services/ical/ical_samples.h"

#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "tests/testing/builders.h"

namespace troupe::testing {

std::string IcalSample(const std::string& name) {
  std::ifstream file(absl::StrCat(TROUPE_SOURCE_DIR "/tests/services/ical/samples/", name, ".ics"),
                     std::ios::binary);
  EXPECT_TRUE(file) << name;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::string IcalOf(const std::string& events) {
  return absl::StrCat("BEGIN:VCALENDAR\r\n", absl::StrReplaceAll(events, {{"\n", "\r\n"}}),
                      "END:VCALENDAR\r\n");
}

std::string IcalEvent(const std::string& properties) {
  return IcalOf(absl::StrCat("BEGIN:VEVENT\n", properties, "END:VEVENT\n"));
}

CalendarReading TestReading() {
  return {.source = "test", .home = TimeZone::Of(""), .today = *Day::Parse("2026-11-28")};
}

Profile ProfileWith(ReadCalendar calendar) {
  Profile profile = ProfileBuilder().Build();
  profile.calendar = Calendar(std::move(calendar.entries));
  profile.calendar_rules = std::move(calendar.rules);
  profile.update_time = absl::FromCivil(absl::CivilDay(2026, 11, 28), absl::UTCTimeZone());
  return profile;
}

}  // namespace troupe::testing
