#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/cli/display_width.h"
#include "services/cli/number_text.h"
#include "services/cli/progress_bar.h"
#include "services/cli/table.h"
#include "tests/testing/fake_clock.h"

namespace troupe {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::Not;
using ::testing::SizeIs;

TEST(DisplayWidthTest, CountsHanCharactersTwice) {
  EXPECT_EQ(DisplayWidth("摄影 DoP"), 8);
}

TEST(DisplayWidthTest, CountsCombiningMarksNot) { EXPECT_EQ(DisplayWidth("e\u0301"), 1); }

TEST(DisplayWidthTest, CutsBeforeACharacterThatDoesNotFit) {
  EXPECT_EQ(CutToWidth("摄影指导", 6), "摄影…");
  EXPECT_EQ(CutToWidth("摄影指导", 8), "摄影指导");
}

TEST(DisplayWidthTest, KeepsRecordsFromSteeringTheTerminal) {
  EXPECT_EQ(Printable("a\033[2Jb\n\xff"), "a [2Jb \uFFFD");
}

TEST(NumberTextTest, GroupsThousands) {
  EXPECT_EQ(WithCommas(0), "0");
  EXPECT_EQ(WithCommas(90'977), "90,977");
  EXPECT_EQ(WithCommas(-1'234'567), "-1,234,567");
  EXPECT_EQ(WithCommas(-123), "-123");
}

TEST(NumberTextTest, RoundsSharesToThousandths) {
  EXPECT_EQ(AsShare(734'512), "0.735");
  EXPECT_EQ(AsShare(1'000'000), "1.000");
}

struct Terminal {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  Streams streams{.in = in, .out = out, .err = err};
};

Table RolesTable() {
  Table table({{.title = "role"}, {.title = "people", .right = true},
               {.title = "name", .shrinks = true}});
  table.AddRow({"摄影指导", "7", "Director of Photography"});
  table.AddRow({"gaffer", "1,204", "灯光师"});
  return table;
}

TEST(TableTest, AlignsHanAndLatinText) {
  Terminal terminal;
  RolesTable().Print(terminal.streams);
  EXPECT_EQ(terminal.out.str(),
            "role      people  name\n"
            "摄影指导       7  Director of Photography\n"
            "gaffer     1,204  灯光师\n");
}

TEST(TableTest, CutsLinesToTheWidthOfTheTerminal) {
  Terminal terminal;
  terminal.streams.width = 28;
  RolesTable().Print(terminal.streams);
  const std::vector<std::string> lines = absl::StrSplit(terminal.out.str(), '\n');
  for (const std::string& line : lines) {
    EXPECT_THAT(DisplayWidth(line), Le(28)) << line;
  }
  EXPECT_THAT(terminal.out.str(), HasSubstr("Director …"));
}

TEST(TableTest, WrapsTextsThatMustBeReadInFull) {
  Terminal terminal;
  terminal.streams.width = 34;
  Table table({{.title = ""}, {.title = "", .wraps = true}});
  table.AddRow({"place", "lives in Zhengzhou (郑州), beyond a radius of 30 km"});
  table.Print(terminal.streams, "  ");
  EXPECT_EQ(terminal.out.str(),
            "  place  lives in Zhengzhou (郑\n"
            "         州), beyond a radius of\n"
            "         30 km\n");
}

TEST(TableTest, PutsNotesBelowTheirRows) {
  Terminal terminal;
  terminal.streams.width = 12;
  Table table({{.title = "name"}});
  table.AddRow({"Ada"}, {"skills: gimbal"});
  table.Print(terminal.streams);
  EXPECT_EQ(terminal.out.str(), "name\nAda\n    skills:…\n");
}

TEST(TableTest, HasColoursOnlyWhereTheyShow) {
  Terminal terminal;
  RolesTable().Print(terminal.streams);
  EXPECT_THAT(terminal.out.str(), Not(HasSubstr("\033")));
  terminal.streams.colour = true;
  RolesTable().Print(terminal.streams);
  EXPECT_THAT(terminal.out.str(), HasSubstr("\033[1mrole\033[0m"));
}

TEST(ProgressBarTest, ShowsRateAndTimeLeft) {
  std::ostringstream out;
  testing::FakeClock clock;
  ProgressBar bar(out, ProgressBar::Style::kBar, clock, "profiles", 1000);
  clock.Advance(absl::Seconds(2));
  bar.Reach(200);
  EXPECT_THAT(out.str(), HasSubstr(" 20%  200 of 1,000  100/s  0:08 left"));
}

TEST(ProgressBarTest, DrawsAtMostTenTimesASecond) {
  std::ostringstream out;
  testing::FakeClock clock;
  ProgressBar bar(out, ProgressBar::Style::kBar, clock, "profiles", 1000);
  for (int i = 1; i <= 100; ++i) bar.Reach(i);
  EXPECT_THAT(out.str(), HasSubstr("1 of 1,000"));
  EXPECT_THAT(out.str(), Not(HasSubstr("2 of 1,000")));
}

TEST(ProgressBarTest, WritesALineATenthWhereNothingRedraws) {
  std::ostringstream out;
  const testing::FakeClock clock;
  ProgressBar bar(out, ProgressBar::Style::kLines, clock, "profiles", 1000);
  for (int i = 1; i <= 1000; ++i) bar.Reach(i);
  bar.Finish();
  const std::vector<std::string> lines = absl::StrSplit(out.str(), '\n', absl::SkipEmpty());
  EXPECT_THAT(lines, SizeIs(10));
  EXPECT_THAT(lines.back(), EndsWith("100%  1,000 of 1,000"));
}

TEST(ProgressBarTest, SaysNothingWhenSilent) {
  std::ostringstream out;
  const testing::FakeClock clock;
  ProgressBar bar(out, ProgressBar::Style::kSilent, clock, "profiles", 10);
  bar.Reach(10);
  bar.Finish();
  EXPECT_THAT(out.str(), IsEmpty());
}

}  // namespace
}  // namespace troupe
