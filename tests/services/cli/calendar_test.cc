#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/cli/calendar_words.h"
#include "services/cli/month_grid.h"
#include "tests/services/cli/cli_run.h"
#include "tests/services/convert/wire_samples.h"

namespace troupe {
namespace {

using testing::CliResult;
using testing::FromText;
using testing::ReadTestFile;
using testing::RunCli;
using testing::TestPath;
using testing::WriteTestFile;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr char kName[] = "profiles/0000000000000abc";

class CalendarCommandTest : public ::testing::Test {
 protected:
  CalendarCommandTest() {
    server_.profiles().records[kName] = FromText<v1::Profile>(R"pb(
      name: "profiles/0000000000000abc" display_name: "沈亦舟"
      calendar {
        kind: KIND_BOOKED project: "projects/0000000000000009" note: "nights"
        dates { start { year: 2026 month: 3 day: 3 } limit { year: 2026 month: 3 day: 6 } }
      }
      calendar {
        kind: KIND_HELD source: "google"
        dates { start { year: 2026 month: 3 day: 30 } limit { year: 2026 month: 4 day: 2 } }
      }
      calendar_rules {
        kind: KIND_BUSY start { year: 2026 month: 1 day: 4 } recurrence: "FREQ=WEEKLY;BYDAY=SU"
        except { year: 2026 month: 3 day: 22 }
      }
    )pb");
  }

  testing::FakeTroupe server_;
};

TEST_F(CalendarCommandTest, ShowsAMonthAsAWallCalendarDoes) {
  const CliResult run = RunCli(server_, {"calendar", "show", "--profile", kName});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("                March 2026\n"
                                 "   Mo    Tu    We    Th    Fr    Sa    Su\n"
                                 "                                      [ 1 x]\n"
                                 "    2 .   3 B   4 B   5 B   6 .   7 .   8 x\n"
                                 "    9 .  10 .  11 .  12 .  13 .  14 .  15 x\n"
                                 "   16 .  17 .  18 .  19 .  20 .  21 .  22 .\n"
                                 "   23 .  24 .  25 .  26 .  27 .  28 .  29 x\n"
                                 "   30 h  31 h\n"));
}

TEST_F(CalendarCommandTest, ListsWhatTheDaysAreTakenUpWith) {
  const CliResult run = RunCli(server_, {"calendar", "show", "--profile", kName});
  EXPECT_THAT(run.out, AllOf(HasSubstr("booked  2026-03-03..2026-03-05"),
                             HasSubstr("projects/0000000000000009, nights"),
                             HasSubstr("busy    every week on Sun from 2026-01-04, but for 1 day")));
}

TEST_F(CalendarCommandTest, ShowsTheDaysOfHoldsAndBookings) {
  auto& profile = server_.profiles().records[kName];
  *profile.add_calendar() = FromText<v1::CalendarEntry>(R"pb(
    kind: KIND_BOOKED hold: "profiles/0000000000000abc/holds/1"
    dates { start { year: 2026 month: 3 day: 10 } limit { year: 2026 month: 3 day: 11 } }
  )pb");
  *profile.add_calendar() = FromText<v1::CalendarEntry>(R"pb(
    kind: KIND_PENDING hold: "profiles/0000000000000abc/holds/2"
    dates { start { year: 2026 month: 3 day: 12 } limit { year: 2026 month: 3 day: 13 } }
  )pb");
  EXPECT_THAT(RunCli(server_, {"calendar", "show", "--profile", kName}).out,
              HasSubstr("    9 .  10 B  11 .  12 p  13 .  14 .  15 x\n"));
  EXPECT_THAT(RunCli(server_, {"show", kName}).out, HasSubstr("2026-03  x.BBB..x.B.p..x"));
}

TEST_F(CalendarCommandTest, ShowsTheMonthsThatAreAskedFor) {
  const CliResult run = RunCli(
      server_, {"calendar", "show", "--profile", kName, "--month", "2026-04", "--months", "2"});
  EXPECT_THAT(run.out, AllOf(HasSubstr("April 2026"), HasSubstr("May 2026"), HasSubstr("  1 h"),
                             ::testing::Not(HasSubstr("booked  2026"))));
  EXPECT_EQ(RunCli(server_, {"calendar", "show", "--profile", kName, "--month", "May"}).exit_code, 1);
}

TEST_F(CalendarCommandTest, RefusesAFileThatIsNoText) {
  const std::string path = WriteTestFile("photo.ics", "BEGIN:VCALENDAR\xFF\xFE");
  const CliResult run = RunCli(
      server_, {"calendar", "import", path, "--profile", kName, "--source", "google"});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.err, HasSubstr("photo.ics is not UTF-8"));
}

TEST_F(CalendarCommandTest, ImportsAFileAndSaysWhatWasSkipped) {
  server_.calendar_import = FromText<v1::ImportCalendarResponse>(
      "events: 4 entries: 1 rules: 2 skipped { reason: REASON_CANCELLED count: 1 lines: 9 }");
  const std::string path = WriteTestFile("a.ics", "BEGIN:VCALENDAR\r\n");
  const CliResult run = RunCli(server_, {"calendar", "import", path, "--profile", kName, "--source",
                                         "google", "--include-notes"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.out, "read 4 events: google now takes up 1 run of days and 2 rules\n"
                     "skipped 1 that are cancelled: line 9\n");
  ASSERT_EQ(server_.calendar_imports.size(), 1u);
  EXPECT_EQ(server_.calendar_imports[0].calendar(), "BEGIN:VCALENDAR\r\n");
  EXPECT_TRUE(server_.calendar_imports[0].include_notes());
}

TEST_F(CalendarCommandTest, ExportsToAFileOrStandardOutput) {
  const CliResult run = RunCli(server_, {"calendar", "export", "--profile", kName,
                                         "--without-source", "google"});
  EXPECT_THAT(run.out, HasSubstr("X-NAME:profiles/0000000000000abcgoogle\r\n"));
  const std::string path = TestPath("out.ics");
  RunCli(server_, {"calendar", "export", "--profile", kName, "--output", path});
  EXPECT_THAT(ReadTestFile(path), HasSubstr("BEGIN:VCALENDAR\r\n"));
}

TEST(CalendarWordsTest, SaysHowOftenSomethingRecurs) {
  EXPECT_EQ(RecurrenceWords("FREQ=DAILY"), "every day");
  EXPECT_EQ(RecurrenceWords("FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU;UNTIL=20270301"),
            "every 2 weeks on Sat, Sun until 2027-03-01");
  EXPECT_EQ(RecurrenceWords("FREQ=MONTHLY;BYDAY=-1FR;COUNT=3"),
            "every month on the last Fri, 3 times");
  EXPECT_EQ(RecurrenceWords("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1,2,-3"),
            "every year on the 1st, 2nd, 3rd last in May");
  EXPECT_EQ(RecurrenceWords("nonsense"), "nonsense");
}

}  // namespace
}  // namespace troupe
