#include "matcher/domain/recurrence.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Day On(const std::string& text) { return *Day::Parse(text); }

// The days of a rule from `start` on, as texts, at most ten and within ten years.
std::vector<std::string> DaysOf(const std::string& rule, const std::string& start) {
  TextFault fault;
  const auto parsed = Recurrence::Parse(rule, &fault);
  if (!parsed.has_value()) return {fault.problem};
  std::vector<std::string> days;
  for (const Day day : parsed->DaysIn(On(start), On(start), On(start) + 3653).days) {
    if (days.size() < 10) days.push_back(day.ToString());
  }
  return days;
}

std::string ProblemOf(const std::string& rule) {
  TextFault fault;
  return Recurrence::Parse(rule, &fault).has_value() ? "" : fault.problem + "; " + fault.fix;
}

// The examples of RFC 5545, 3.8.5.3, from its days.
TEST(RecurrenceTest, MeetsTheExamplesOfTheStandard) {
  EXPECT_THAT(DaysOf("FREQ=WEEKLY;INTERVAL=2;COUNT=4;WKST=SU;BYDAY=TU,TH", "1997-09-02"),
              ElementsAre("1997-09-02", "1997-09-04", "1997-09-16", "1997-09-18"));
  EXPECT_THAT(DaysOf("FREQ=MONTHLY;COUNT=4;BYDAY=1FR", "1997-09-05"),
              ElementsAre("1997-09-05", "1997-10-03", "1997-11-07", "1997-12-05"));
  EXPECT_THAT(DaysOf("FREQ=MONTHLY;COUNT=3;BYMONTHDAY=-3", "1997-09-28"),
              ElementsAre("1997-09-28", "1997-10-29", "1997-11-28"));
  EXPECT_THAT(DaysOf("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=4", "1997-09-02"),
              ElementsAre("1998-02-13", "1998-03-13", "1998-11-13", "1999-08-13"));
  EXPECT_THAT(DaysOf("FREQ=YEARLY;COUNT=3;BYDAY=20MO", "1997-05-19"),
              ElementsAre("1997-05-19", "1998-05-18", "1999-05-17"));
  EXPECT_THAT(DaysOf("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04"),
              ElementsAre("1997-09-04", "1997-10-07", "1997-11-06"));
  EXPECT_THAT(DaysOf("FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=3",
                     "1996-11-05"),
              ElementsAre("1996-11-05", "2000-11-07", "2004-11-02"));
  EXPECT_THAT(DaysOf("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05"),
              ElementsAre("1997-08-05", "1997-08-17", "1997-08-19", "1997-08-31"));
}

TEST(RecurrenceTest, SkipsDaysThatAMonthLacks) {
  EXPECT_THAT(DaysOf("FREQ=MONTHLY;COUNT=4", "2026-01-31"),
              ElementsAre("2026-01-31", "2026-03-31", "2026-05-31", "2026-07-31"));
  EXPECT_THAT(DaysOf("FREQ=YEARLY", "2024-02-29"),
              ElementsAre("2024-02-29", "2028-02-29", "2032-02-29"));
}

TEST(RecurrenceTest, EndsWithTheLastDayIncluded) {
  EXPECT_THAT(DaysOf("FREQ=DAILY;UNTIL=20261203", "2026-12-01"),
              ElementsAre("2026-12-01", "2026-12-02", "2026-12-03"));
  EXPECT_THAT(DaysOf("FREQ=DAILY;UNTIL=20261130", "2026-12-01"), IsEmpty());
}

TEST(RecurrenceTest, SaysWhetherItGoesOn) {
  TextFault fault;
  const auto goes_on = [&](const std::string& rule, const std::string& limit) {
    return Recurrence::Parse(rule, &fault)->DaysIn(On("2026-12-01"), On("2026-12-01"), On(limit))
        .goes_on;
  };
  EXPECT_TRUE(goes_on("FREQ=DAILY", "2030-01-01"));
  EXPECT_TRUE(goes_on("FREQ=DAILY;COUNT=3", "2026-12-03"));
  EXPECT_FALSE(goes_on("FREQ=DAILY;COUNT=3", "2026-12-04"));
  EXPECT_TRUE(goes_on("FREQ=DAILY;UNTIL=20261203", "2026-12-03"));
  EXPECT_FALSE(goes_on("FREQ=DAILY;UNTIL=20261203", "2026-12-05"));
}

TEST(RecurrenceTest, GivesTheSameDaysWhereverOneBeginsToLook) {
  TextFault fault;
  const Day start = On("2020-03-17");
  for (const char* text : {"FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU",
                           "FREQ=MONTHLY;INTERVAL=5;BYDAY=-1FR", "FREQ=YEARLY;BYMONTH=2,7",
                           "FREQ=MONTHLY;COUNT=40", "FREQ=DAILY;COUNT=400",
                           "FREQ=DAILY;INTERVAL=7;COUNT=53", "FREQ=DAILY;COUNT=300;BYDAY=MO",
                           "FREQ=DAILY;COUNT=99;BYMONTH=3", "FREQ=WEEKLY;COUNT=53",
                           "FREQ=WEEKLY;COUNT=104;INTERVAL=2;BYDAY=MO,TU,SU",
                           "FREQ=WEEKLY;COUNT=105;BYDAY=MO,WE;WKST=WE",
                           "FREQ=WEEKLY;COUNT=52;BYDAY=MO,WE,FR;BYSETPOS=-1",
                           "FREQ=WEEKLY;COUNT=9;BYDAY=MO;BYSETPOS=3",
                           "FREQ=WEEKLY;COUNT=40;BYMONTH=3,4"}) {
    const auto rule = Recurrence::Parse(text, &fault);
    ASSERT_TRUE(rule.has_value()) << text << ": " << fault.problem;
    const Recurrence::Days whole = rule->DaysIn(start, start, start + 3000);
    const std::vector<Day>& all = whole.days;
    for (const int32_t from : {1, 6, 7, 100, 364, 365, 366, 399, 400, 1000, 2999}) {
      std::vector<Day> later;
      for (const Day day : all) {
        if (start + from <= day) later.push_back(day);
      }
      const Recurrence::Days found = rule->DaysIn(start, start + from, start + 3000);
      EXPECT_EQ(found.days, later) << text << from;
      EXPECT_EQ(found.goes_on, whole.goes_on) << text << from;
    }
  }
}

TEST(RecurrenceTest, WritesWhatItReads) {
  for (const char* text :
       {"FREQ=DAILY", "FREQ=WEEKLY;UNTIL=20261231;INTERVAL=2;BYDAY=MO,SU;WKST=SU",
        "FREQ=MONTHLY;COUNT=7;BYDAY=-1FR,2MO;BYSETPOS=1,-1", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"}) {
    TextFault fault;
    const auto rule = Recurrence::Parse(text, &fault);
    ASSERT_TRUE(rule.has_value()) << text << fault.problem;
    EXPECT_EQ(rule->ToString(), text);
  }
}

TEST(RecurrenceTest, ReadsPartsInAnyOrder) {
  EXPECT_EQ(DaysOf("BYDAY=SU;COUNT=2;FREQ=WEEKLY", "2026-12-01"),
            DaysOf("FREQ=WEEKLY;COUNT=2;BYDAY=SU", "2026-12-01"));
}

TEST(RecurrenceTest, SaysWhatIsWrongWithAText) {
  EXPECT_THAT(ProblemOf(""), HasSubstr("not understood"));
  EXPECT_THAT(ProblemOf("COUNT=3"), HasSubstr("has no FREQ"));
  EXPECT_THAT(ProblemOf("FREQ=HOURLY"), HasSubstr("otherwise than in days"));
  EXPECT_THAT(ProblemOf("FREQ=WEEKLY;BYDAY=XX"), HasSubstr("wrong BYDAY; give days as MO"));
  EXPECT_THAT(ProblemOf("FREQ=WEEKLY;BYDAY=1MO"), HasSubstr("counts weekdays"));
  EXPECT_THAT(ProblemOf("FREQ=DAILY;COUNT=0"), HasSubstr("wrong COUNT; give 1 to 5000"));
  EXPECT_THAT(ProblemOf("FREQ=DAILY;COUNT= 3"), HasSubstr("wrong COUNT"));
  EXPECT_THAT(ProblemOf("FREQ=DAILY;COUNT=2;UNTIL=20270101"), HasSubstr("COUNT and UNTIL"));
  EXPECT_THAT(ProblemOf("FREQ=DAILY;UNTIL=20270230"), HasSubstr("wrong UNTIL"));
  EXPECT_THAT(ProblemOf("FREQ=DAILY;UNTIL=20270101T000000Z"), HasSubstr("wrong UNTIL"));
  EXPECT_THAT(ProblemOf("FREQ=DAILY;FREQ=DAILY"), HasSubstr("part twice"));
  EXPECT_THAT(ProblemOf("FREQ=YEARLY;BYWEEKNO=3"), HasSubstr("not understood"));
  EXPECT_THAT(ProblemOf("FREQ=MONTHLY;BYSETPOS=1"), HasSubstr("BYSETPOS alone"));
  EXPECT_THAT(ProblemOf("FREQ=WEEKLY;BYMONTHDAY=1"), HasSubstr("in weeks"));
  EXPECT_THAT(ProblemOf("FREQ=MONTHLY;BYMONTHDAY=0"), HasSubstr("wrong BYMONTHDAY"));
  EXPECT_THAT(ProblemOf(std::string(501, 'x')), HasSubstr("501 bytes"));
}

}  // namespace
}  // namespace troupe
