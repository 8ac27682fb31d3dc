#include "services/ical/calendar_writer.h"

#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/ical/calendar_reader.h"
#include "tests/services/ical/ical_samples.h"
#include "tests/testing/builders.h"
#include "tests/testing/random_market.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using testing::IcalSample;
using testing::IsOk;
using testing::ProfileBuilder;
using testing::ProfileWith;
using testing::TestReading;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Le;
using ::testing::Not;
using ::testing::SizeIs;

const absl::Time kNow = absl::FromUnixSeconds(1'795'867'200);  // 2026-11-28T12:00:00Z

std::string Written(const Profile& profile, bool include_notes = false,
                    const std::string& without_source = "") {
  return WriteICalendar(profile, {.now = kNow,
                                  .include_notes = include_notes,
                                  .without_source = without_source});
}

Profile ReadBack(const std::string& text, const std::string& zone = "") {
  CalendarReading reading = TestReading();
  reading.home = TimeZone::Of(zone);
  auto read = ReadICalendar(text, reading);
  EXPECT_THAT(read, IsOk()) << text;
  Profile profile = ProfileWith(read.ok() ? *read : ReadCalendar());
  profile.time_zone = zone;
  return profile;
}

TEST(CalendarWriterTest, WritesWhatEveryDialectReadsBackTheSame) {
  for (const char* name : {"google", "outlook", "apple"}) {
    const Profile read = ReadBack(IcalSample(name));
    ASSERT_FALSE(read.BusySpans().empty()) << name;
    const Profile again = ReadBack(Written(read));
    EXPECT_EQ(again.calendar, read.calendar) << name;
    EXPECT_EQ(again.calendar_rules, read.calendar_rules) << name;
  }
}

// Days before the month that a reading looks back are gone; none of them count.
std::vector<DaySpan> FromToday(const std::vector<DaySpan>& spans) {
  std::vector<DaySpan> left;
  for (DaySpan span : spans) {
    span.start = std::max(span.start, *Day::Parse("2026-11-28"));
    if (!span.IsEmpty()) left.push_back(span);
  }
  return left;
}

TEST(CalendarWriterTest, WritesRandomCalendarsThatReadBackTheSame) {
  std::mt19937_64 rng(1);
  testing::MarketOptions options;
  options.today = *Day::Parse("2026-11-28");
  for (size_t i = 0; i < 400; ++i) {
    const Profile profile = [&] {
      Profile random = testing::RandomProfile(rng, testing::MarketProfileId(i), options);
      random.update_time = absl::FromCivil(absl::CivilDay(2026, 11, 28), absl::UTCTimeZone());
      return random;
    }();
    const Profile again = ReadBack(Written(profile), profile.time_zone);
    ASSERT_EQ(FromToday(again.BusySpans()), FromToday(profile.BusySpans())) << Written(profile);
    ASSERT_EQ(FromToday(again.HeldSpans()), FromToday(profile.HeldSpans())) << Written(profile);
  }
}

TEST(CalendarWriterTest, FoldsLinesAt75OctetsThatEndInCrLf) {
  CalendarEntry entry = {.days = testing::Span("2026-12-01", 1)};
  for (int i = 0; i < 60; ++i) entry.note += "场a";
  const std::string text = Written(ProfileBuilder().With(entry).Build(), /*include_notes=*/true);
  std::vector<std::string> lines = absl::StrSplit(text, "\r\n");
  EXPECT_THAT(lines, Each(SizeIs(Le(75u)))) << text;
  EXPECT_THAT(lines, Each(Not(HasSubstr("\n"))));
  CalendarReading reading = TestReading();
  reading.include_notes = true;
  EXPECT_TRUE(absl::StartsWith(entry.note, ReadICalendar(text, reading)->entries[0].note));
}

TEST(CalendarWriterTest, SaysWhatTakesTheDaysUp) {
  const Profile profile = ProfileBuilder().Busy("2026-12-01", 1).Held("2026-12-02", 1).Build();
  const std::string text = Written(profile);
  EXPECT_THAT(text, HasSubstr("DTSTART;VALUE=DATE:20261201\r\nDTEND;VALUE=DATE:20261202\r\n"));
  EXPECT_THAT(text, HasSubstr("SUMMARY:Held\r\nSTATUS:TENTATIVE\r\n"));
  EXPECT_THAT(text, HasSubstr("DTSTAMP:20261128T120000Z\r\n"));
}

TEST(CalendarWriterTest, WritesNoNotesUnlessAsked) {
  const Profile profile =
      ProfileBuilder().With({.days = testing::Span("2026-12-01", 1), .note = "A doctor"}).Build();
  EXPECT_THAT(Written(profile), Not(HasSubstr("doctor")));
  EXPECT_THAT(Written(profile, true), HasSubstr("SUMMARY:A doctor"));
}

TEST(CalendarWriterTest, LeavesASourceOut) {
  const Profile profile = ReadBack(IcalSample("google"));
  EXPECT_THAT(Written(profile, false, "test"), Not(HasSubstr("VEVENT")));
  EXPECT_THAT(Written(profile, false, "other"), HasSubstr("VEVENT"));
}

TEST(CalendarWriterTest, GivesEventsUidsThatStayAndDiffer) {
  const Profile profile = ProfileBuilder()
                              .Busy("2026-12-01", 1)
                              .Busy("2026-12-01", 1)
                              .Held("2026-12-01", 1)
                              .Build();
  EXPECT_EQ(Written(profile), Written(profile));
  std::set<std::string> uids;
  for (const auto line : absl::StrSplit(Written(profile), "\r\n")) {
    if (absl::StartsWith(line, "UID:")) uids.insert(std::string(line));
  }
  EXPECT_THAT(uids, SizeIs(3));
}

TEST(CalendarWriterTest, DefinesTheZonesOfHours) {
  const Profile profile = ReadBack(IcalSample("google"));
  EXPECT_THAT(Written(profile), HasSubstr("BEGIN:VTIMEZONE\r\nTZID:America/New_York\r\n"));
  EXPECT_THAT(Written(profile), HasSubstr("DTSTART;TZID=America/New_York:20261215T113000"));
}

}  // namespace
}  // namespace troupe
