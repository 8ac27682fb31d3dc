#include "services/ical/calendar_reader.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "tests/services/ical/ical_samples.h"
#include "tests/testing/builders.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using testing::IcalEvent;
using testing::IcalOf;
using testing::IcalSample;
using testing::IsOk;
using testing::TestReading;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Kind = CalendarEntry::Kind;
using Reason = ReadCalendar::Reason;

std::string Text(Kind kind) { return kind == Kind::kHeld ? "held" : "busy"; }

ReadCalendar Read(const std::string& text, const CalendarReading& reading = TestReading()) {
  auto read = ReadICalendar(text, reading);
  EXPECT_THAT(read, IsOk());
  return read.ok() ? *read : ReadCalendar();
}

// "busy 2026-12-03..2026-12-05"
std::vector<std::string> Entries(const ReadCalendar& calendar) {
  std::vector<std::string> texts;
  for (const CalendarEntry& entry : calendar.entries) {
    texts.push_back(absl::StrCat(Text(entry.kind), " ", entry.days.ToString()));
  }
  return texts;
}

// "busy 2026-12-07 1d FREQ=WEEKLY but 2026-12-21"
std::vector<std::string> Rules(const ReadCalendar& calendar) {
  std::vector<std::string> texts;
  for (const CalendarRule& rule : calendar.rules) {
    std::string text = absl::StrCat(Text(rule.kind), " ", rule.start.ToString(), " ");
    if (rule.hours.has_value()) {
      absl::StrAppend(&text, rule.hours->time_zone, " ", rule.hours->start_second, "+",
                      rule.hours->seconds);
    } else {
      absl::StrAppend(&text, rule.days, "d");
    }
    absl::StrAppend(&text, " ", rule.recurrence);
    for (const Day day : rule.except) absl::StrAppend(&text, " but ", day.ToString());
    texts.push_back(text);
  }
  return texts;
}

std::vector<Reason> Reasons(const ReadCalendar& calendar) {
  std::vector<Reason> reasons;
  for (const auto& skipped : calendar.skipped) reasons.push_back(skipped.reason);
  return reasons;
}

// The first violation of a text: "calendar line 3: DTSTART ...; give ...".
std::string Fault(const std::string& text) {
  const auto read = ReadICalendar(text, TestReading());
  const auto violations = ViolationsOf(read.status());
  if (violations.empty()) return read.ok() ? "" : read.status().ToString();
  return absl::StrCat(violations[0].field, " ", violations[0].problem, "; ", violations[0].fix);
}

TEST(CalendarReaderTest, ReadsWhatGoogleWrites) {
  const ReadCalendar calendar = Read(IcalSample("google"));
  EXPECT_THAT(Entries(calendar),
              ElementsAre("busy 2026-12-03..2026-12-05", "busy 2026-12-09..2026-12-10",
                          "busy 2026-12-29..2026-12-29"));
  EXPECT_THAT(Rules(calendar),
              ElementsAre("busy 2026-12-07 1d FREQ=WEEKLY;UNTIL=20270201;BYDAY=MO "
                          "but 2026-12-21 but 2026-12-28",
                          "held 2026-12-15 America/New_York 41400+1800 FREQ=MONTHLY;COUNT=3"));
  EXPECT_THAT(Reasons(calendar),
              ElementsAre(Reason::kTransparent, Reason::kCancelled, Reason::kPast));
  EXPECT_EQ(calendar.events, 8);
}

TEST(CalendarReaderTest, ReadsWhatOutlookWrites) {
  const ReadCalendar calendar = Read(IcalSample("outlook"));
  EXPECT_THAT(Entries(calendar), ElementsAre("busy 2026-12-02..2026-12-04"));
  EXPECT_THAT(Rules(calendar),
              ElementsAre("busy 2026-12-08 1d FREQ=WEEKLY;COUNT=6;INTERVAL=2;BYDAY=TU,TH;WKST=SU "
                          "but 2026-12-10 but 2026-12-22",
                          "held 2026-12-16 America/Los_Angeles 25200+7200 FREQ=WEEKLY;COUNT=2"));
  EXPECT_THAT(Reasons(calendar), ElementsAre(Reason::kTransparent));
}

TEST(CalendarReaderTest, ReadsWhatAppleWrites) {
  const ReadCalendar calendar = Read(IcalSample("apple"));
  EXPECT_THAT(Entries(calendar),
              ElementsAre("busy 2026-12-11..2026-12-13", "busy 2026-12-20..2026-12-21",
                          "held 2026-12-24..2026-12-24", "held 2026-12-27..2026-12-27"));
  EXPECT_THAT(Rules(calendar),
              ElementsAre("busy 2026-12-31 1d FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1 "
                          "but 2027-02-26"));
  EXPECT_THAT(Reasons(calendar), ElementsAre(Reason::kNoEvent));
}

TEST(CalendarReaderTest, KeepsNoNotesUnlessAsked) {
  CalendarReading reading = TestReading();
  for (const auto& entry : Read(IcalSample("google"), reading).entries) EXPECT_EQ(entry.note, "");
  reading.include_notes = true;
  const ReadCalendar calendar = Read(IcalSample("google"), reading);
  EXPECT_EQ(calendar.entries[0].note, "外景 second unit");
  EXPECT_EQ(calendar.entries[2].note, "Evening class, moved to Tuesday");
  EXPECT_EQ(calendar.rules[0].source, "test");
}

TEST(CalendarReaderTest, KeepsPrivateNotesOutAndLongOnesShort) {
  CalendarReading reading = TestReading();
  reading.include_notes = true;
  std::string han;
  for (int i = 0; i < 100; ++i) han += "场";
  const auto read = [&](const std::string& properties) {
    return Read(IcalEvent("DTSTART:20261201\n" + properties), reading).entries.at(0).note;
  };
  EXPECT_EQ(read("SUMMARY:A doctor\nCLASS:PRIVATE\n"), "");
  EXPECT_EQ(read("SUMMARY:A\\nB\\, C\\; D\\\\E\x07\n"), "A B, C; D\\E");
  EXPECT_EQ(read("SUMMARY:" + han + "\n").size(), 198u);
}

TEST(CalendarReaderTest, TakesEachDayThatATimeTouches) {
  const auto entries = [](const std::string& properties) {
    return Entries(Read(IcalEvent(properties)));
  };
  // Midnight ends the day before.
  EXPECT_THAT(entries("DTSTART:20261201T200000\nDTEND:20261202T000000\n"),
              ElementsAre("busy 2026-12-01..2026-12-01"));
  EXPECT_THAT(entries("DTSTART:20261201T200000\nDTEND:20261202T000001\n"),
              ElementsAre("busy 2026-12-01..2026-12-02"));
  EXPECT_THAT(entries("DTSTART:20261201T160000Z\n"), ElementsAre("busy 2026-12-02..2026-12-02"));
  EXPECT_THAT(entries("DTSTART;TZID=America/New_York:20261201T110000\nDURATION:P1D\n"),
              ElementsAre("busy 2026-12-02..2026-12-02"));
}

TEST(CalendarReaderTest, KnowsHowLongAnEventIs) {
  const auto entries = [](const std::string& properties) {
    return Entries(Read(IcalEvent(properties)));
  };
  EXPECT_THAT(entries("DTSTART;VALUE=DATE:20261201\n"), ElementsAre("busy 2026-12-01..2026-12-01"));
  EXPECT_THAT(entries("DTSTART;VALUE=DATE:20261201\nDTEND;VALUE=DATE:20261201\n"),
              ElementsAre("busy 2026-12-01..2026-12-01"));
  EXPECT_THAT(entries("DTSTART;VALUE=DATE:20261201\nDURATION:P1W\n"),
              ElementsAre("busy 2026-12-01..2026-12-07"));
  EXPECT_THAT(entries("DTSTART:20261201T200000\nDURATION:PT28H\n"),
              ElementsAre("busy 2026-12-01..2026-12-02"));
}

TEST(CalendarReaderTest, CountsARuleInTheEventsOwnZone) {
  // 23:00 in Tokyo is 22:00 in China; UNTIL is a time of UTC, before the last start.
  EXPECT_THAT(Rules(Read(IcalEvent("DTSTART;TZID=Asia/Tokyo:20261201T230000\nDURATION:PT2H\n"
                                   "RRULE:FREQ=DAILY;UNTIL=20261205T135959Z\n"))),
              ElementsAre("busy 2026-12-01 Asia/Tokyo 82800+7200 FREQ=DAILY;UNTIL=20261204"));
  // Two names of one zone are one zone: whole days.
  EXPECT_THAT(Rules(Read(IcalEvent("DTSTART;TZID=Asia/Chongqing:20261201T230000\nDURATION:PT2H\n"
                                   "RRULE:FREQ=DAILY;UNTIL=20261205T150000Z\n"))),
              ElementsAre("busy 2026-12-01 2d FREQ=DAILY;UNTIL=20261205"));
}

TEST(CalendarReaderTest, KnowsZonesBehindPrefixes) {
  EXPECT_THAT(
      Entries(Read(IcalEvent("DTSTART;TZID=/mozilla.org/20050126_1/America/New_York:"
                             "20261201T120000\n"))),
      ElementsAre("busy 2026-12-02..2026-12-02"));
}

TEST(CalendarReaderTest, TakesTheFirstOccurrenceThatTheRuleDoesNotMeet) {
  const ReadCalendar calendar =
      Read(IcalEvent("DTSTART;VALUE=DATE:20261201\nRRULE:FREQ=WEEKLY;BYDAY=SA\n"));
  EXPECT_THAT(Entries(calendar), ElementsAre("busy 2026-12-01..2026-12-01"));
  EXPECT_THAT(Rules(calendar), ElementsAre("busy 2026-12-05 1d FREQ=WEEKLY;BYDAY=SA"));
}

TEST(CalendarReaderTest, LeavesOutWhatIsPast) {
  const ReadCalendar calendar = Read(IcalOf(
      "BEGIN:VEVENT\nDTSTART:20261027\nEND:VEVENT\n"
      "BEGIN:VEVENT\nDTSTART:20261028\nEND:VEVENT\n"
      "BEGIN:VEVENT\nDTSTART:20200101\nRRULE:FREQ=DAILY;COUNT=9\nEND:VEVENT\n"
      "BEGIN:VEVENT\nDTSTART:20200101\nRRULE:FREQ=YEARLY\nEND:VEVENT\n"));
  EXPECT_THAT(Entries(calendar), ElementsAre("busy 2026-10-28..2026-10-28"));
  EXPECT_THAT(Rules(calendar), ElementsAre("busy 2020-01-01 1d FREQ=YEARLY"));
  EXPECT_THAT(Reasons(calendar), ElementsAre(Reason::kPast, Reason::kPast));
}

TEST(CalendarReaderTest, JoinsWhatTouchesWithoutNotes) {
  const ReadCalendar calendar = Read(IcalOf(
      "BEGIN:VEVENT\nDTSTART:20261202T090000\nSUMMARY:a\nEND:VEVENT\n"
      "BEGIN:VEVENT\nDTSTART:20261202T150000\nSUMMARY:b\nEND:VEVENT\n"
      "BEGIN:VEVENT\nDTSTART:20261203\nSTATUS:TENTATIVE\nEND:VEVENT\n"
      "BEGIN:VEVENT\nDTSTART:20261201\nEND:VEVENT\n"));
  EXPECT_THAT(Entries(calendar),
              ElementsAre("busy 2026-12-01..2026-12-02", "held 2026-12-03..2026-12-03"));
}

TEST(CalendarReaderTest, ReadsNothingOutOfAnEmptyCalendar) {
  const ReadCalendar calendar = Read(IcalOf(""));
  EXPECT_THAT(calendar.entries, IsEmpty());
  EXPECT_EQ(calendar.events, 0);
}

TEST(CalendarReaderTest, TakesBareLineEndsAndAByteOrderMark) {
  EXPECT_EQ(Read("\xEF\xBB\xBF" "begin:vcalendar\nBEGIN:VEVENT\nDTST\n ART:20261201\n\nEND:VEVENT\n"
                 "END:VCALENDAR").entries.size(), 1u);
}

// A text, and what its first violation begins with.
struct Malformed {
  std::string text;
  std::string fault;
};

TEST(CalendarReaderTest, NamesLineAndPropertyOfWhatIsMalformed) {
  const std::vector<Malformed> rows = {
      {IcalEvent("DTSTART:20261301\n"), "calendar line 3: DTSTART \"20261301\" is no date or time"},
      {IcalEvent("DTSTART:2026-13-01\n"),
       "calendar line 3: DTSTART \"2026-13-01\" is no date or time"},
      {IcalEvent("DTSTART;VALUE=DATE:20260230\n"),
       "calendar line 3: DTSTART \"20260230\" is no date; give a day that exists"},
      {IcalEvent("DTSTART;VALUE=DATE:20261201T090000\n"), "calendar line 3: DTSTART"},
      {IcalEvent("DTSTART:20261201T250000Z\n"), "calendar line 3: DTSTART \"20261201T250000Z\" is"},
      {IcalEvent("DTSTART:dinner with Bob\n"), "calendar line 3: DTSTART is no date or time"},
      {IcalEvent("DTSTART;TZID=Mars/Base:20261201T090000\n"),
       "calendar line 3: DTSTART has a TZID that names no known time zone"},
      {IcalEvent("SUMMARY:x\n"), "calendar line 2: VEVENT has no DTSTART"},
      {IcalEvent("DTSTART:20261201\nDTEND:20261130\n"),
       "calendar line 4: DTEND \"20261130\" is before DTSTART"},
      {IcalEvent("DTSTART:20261201\nDTEND:20261201T090000\n"),
       "calendar line 4: DTEND is a time and DTSTART a date"},
      {IcalEvent("DTSTART:20261201\nDTEND:20461201\n"), "calendar line 4: DTEND \"20461201\" is over"},
      {IcalEvent("DTSTART:20261201\nDURATION:-P1D\n"), "calendar line 4: DURATION \"-P1D\" is no"},
      {IcalEvent("DTSTART:20261201\nDURATION:soon\n"), "calendar line 4: DURATION is no duration"},
      {IcalEvent("DTSTART:20261201\nDTEND:20261202\nDURATION:P1D\n"),
       "calendar line 5: DURATION stands beside DTEND"},
      {IcalEvent("DTSTART:20261201\nDTSTART:20261202\n"),
       "calendar line 4: DTSTART stands in its event twice"},
      {IcalEvent("DTSTART:20261201\nRRULE:FREQ=HOURLY\n"), "calendar line 4: RRULE repeats otherwise"},
      {IcalEvent("DTSTART:20261201\nRRULE:FREQ=WEEKLY;BYDAY=MONDAY\n"),
       "calendar line 4: RRULE has a wrong BYDAY"},
      {IcalEvent("DTSTART:20261201\nRRULE:FREQ=DAILY;UNTIL=tomorrow\n"), "calendar line 4: RRULE is no"},
      {IcalEvent("DTSTART:20261201\nEXDATE:20261340\n"), "calendar line 4: EXDATE \"20261340\""},
      {IcalEvent("DTSTART:20261201\nRDATE:20261202,x\n"), "calendar line 4: RDATE is no date"},
      {IcalEvent("DTSTART:20261201\nEXRULE:FREQ=DAILY\n"), "calendar line 4: EXRULE is not"},
      {IcalEvent("DTSTART:20261201\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261201\n"),
       "calendar line 4: RECURRENCE-ID changes all that follows"},
      {IcalEvent("DTSTART\n"), "calendar line 3: is no \"NAME:value\""},
      {IcalEvent("DTSTART;TZID=\"x:20261201\n"), "calendar line 3: is no \"NAME:value\""},
      {IcalOf("BEGIN:VEVENT\nDTSTART:20261201\n"), "calendar line 4: END ends another"},
      {"BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "calendar line 2: BEGIN has no END"},
      {"BEGIN:VEVENT\n", "calendar line 1: BEGIN stands where it must not"},
      {" x\n", "calendar line 1: goes on a line before it"},
      {"VERSION:2.0\n", "calendar line 1: stands outside of all components"},
      {"\n", "calendar has no VCALENDAR"},
      {std::string(2'000'001, 'x'), "calendar is 2000001 bytes long"},
  };
  for (const Malformed& row : rows) EXPECT_THAT(Fault(row.text), HasSubstr(row.fault));
}

TEST(CalendarReaderTest, TellsAllThatIsMalformedAtOnce) {
  const auto read = ReadICalendar(
      IcalOf("BEGIN:VEVENT\nDTSTART:x\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART:y\nEND:VEVENT\n"),
      TestReading());
  EXPECT_EQ(ViolationsOf(read.status()).size(), 2u);
}

TEST(CalendarReaderTest, RefusesTooManyEventsBeforeReadingThem) {
  std::string events;
  for (int i = 0; i < 10'001; ++i) events += "BEGIN:VEVENT\nDTSTART:x\nEND:VEVENT\n";
  EXPECT_THAT(Fault(IcalOf(events)), HasSubstr("line 30002: BEGIN is of one event too many"));
}

TEST(CalendarReaderTest, RefusesRulesThatTakeTooLongToCount) {
  std::string events;
  for (int i = 0; i < 300; ++i) {
    events += "BEGIN:VEVENT\nDTSTART:19700101\nRRULE:FREQ=DAILY;COUNT=5000;BYMONTH=2;BYMONTHDAY=30\n"
              "END:VEVENT\n";
  }
  EXPECT_THAT(Fault(IcalOf(events)), HasSubstr("RRULE has a COUNT"));
}

}  // namespace
}  // namespace troupe
