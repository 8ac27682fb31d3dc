#include "matcher/domain/calendar_rule.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/builders.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;

Day On(const std::string& text) { return *Day::Parse(text); }

CalendarRule Rule(const std::string& start, const std::string& recurrence) {
  return {.start = On(start), .recurrence = recurrence};
}

std::vector<std::string> Spans(const CalendarRule& rule, const std::string& written,
                               const std::string& zone = "") {
  std::vector<std::string> texts;
  for (const DaySpan& span : SpansOf(rule, zone, On(written))) texts.push_back(span.ToString());
  return texts;
}

TEST(CalendarRuleTest, TakesUpTheDaysOfEachOccurrence) {
  CalendarRule rule = Rule("2026-12-04", "FREQ=WEEKLY;COUNT=3");
  rule.days = 2;
  rule.except = {On("2026-12-11")};
  EXPECT_THAT(Spans(rule, "2026-12-01"),
              ElementsAre("2026-12-04..2026-12-05", "2026-12-18..2026-12-19"));
}

TEST(CalendarRuleTest, CountsAsTakenUpWhatIsNotWorkedOut) {
  const std::vector<DaySpan> spans = SpansOf(Rule("2026-12-05", "FREQ=WEEKLY"), "", On("2026-12-01"));
  EXPECT_EQ(spans.back().start, On("2026-12-01") + kRuleDaysAhead - 1);
  EXPECT_EQ(spans.back().limit, kEndOfDays);
  EXPECT_EQ(spans.size(), 114u + 1u);  // 800 days after 1 December begin 114 Saturdays.
}

TEST(CalendarRuleTest, LeavesTheDaysFreeAfterARuleThatEnds) {
  EXPECT_THAT(Spans(Rule("2026-12-05", "FREQ=YEARLY;UNTIL=20280101"), "2026-12-01"),
              ElementsAre("2026-12-05..2026-12-05", "2027-12-05..2027-12-05"));
}

TEST(CalendarRuleTest, BeginsLateIfItsStartIsBeyondWhatIsWorkedOut) {
  EXPECT_THAT(Spans(Rule("2030-01-05", "FREQ=WEEKLY"), "2026-12-01"),
              ElementsAre("2030-01-05..2200-12-30"));
}

TEST(CalendarRuleTest, ShowsDaysThatBeganBeforeTheMonthThatItLooksBack) {
  CalendarRule rule = Rule("2026-10-20", "FREQ=YEARLY;COUNT=1");
  rule.days = 30;
  EXPECT_THAT(Spans(rule, "2026-12-01"), ElementsAre("2026-10-20..2026-11-18"));
}

// 20:00 to 22:00 in New York is 09:00 to 11:00 of the next day in China, or 08:00
// to 10:00 in summer; 11:30 is before midnight there in winter and after it then.
TEST(CalendarRuleTest, TouchesTheDaysWhereThePersonIs) {
  CalendarRule rule = Rule("2026-10-31", "FREQ=DAILY;COUNT=2");
  rule.hours = {.time_zone = "America/New_York", .start_second = 20 * 3600, .seconds = 7200};
  EXPECT_THAT(Spans(rule, "2026-10-20", "Asia/Shanghai"),
              ElementsAre("2026-11-01..2026-11-01", "2026-11-02..2026-11-02"));
  rule.hours->start_second = 11 * 3600 + 1800;
  rule.hours->seconds = 1800;
  EXPECT_THAT(Spans(rule, "2026-10-20"),
              ElementsAre("2026-10-31..2026-10-31", "2026-11-02..2026-11-02"));
}

TEST(CalendarRuleTest, TakesUpEverythingIfItCannotBeRead) {
  EXPECT_THAT(Spans(Rule("2026-12-05", "FREQ=HOURLY"), "2026-12-01"),
              ElementsAre("2026-12-05..2200-12-30"));
}

TEST(CalendarRuleTest, MakesAProfileBusyOrHeld) {
  Profile profile = testing::ProfileBuilder().Busy("2026-12-01", 2).Build();
  profile.update_time = absl::FromCivil(absl::CivilDay(2026, 12, 1), absl::UTCTimeZone());
  profile.calendar_rules = {Rule("2026-12-03", "FREQ=DAILY;COUNT=2"),
                            Rule("2026-12-09", "FREQ=DAILY;COUNT=1")};
  profile.calendar_rules[1].kind = CalendarEntry::Kind::kHeld;
  EXPECT_THAT(profile.BusySpans(), ElementsAre(testing::Span("2026-12-01", 4)));
  EXPECT_THAT(profile.HeldSpans(), ElementsAre(testing::Span("2026-12-09", 1)));
}

// Each occurrence takes up two days, of which the next one takes up the later.
TEST(CalendarRuleTest, HoldsNoDayTwice) {
  Profile profile = testing::ProfileBuilder().Build();
  profile.update_time = absl::FromCivil(absl::CivilDay(2026, 12, 1), absl::UTCTimeZone());
  profile.calendar_rules = {Rule("2026-12-03", "FREQ=DAILY;COUNT=4"),
                            Rule("2026-12-04", "FREQ=WEEKLY;COUNT=2")};
  profile.calendar_rules[0].days = 2;
  for (CalendarRule& rule : profile.calendar_rules) rule.kind = CalendarEntry::Kind::kHeld;
  EXPECT_THAT(profile.Holds(),
              ElementsAre(testing::Span("2026-12-03", 5), testing::Span("2026-12-04", 1),
                          testing::Span("2026-12-11", 1)));
}

}  // namespace
}  // namespace troupe
