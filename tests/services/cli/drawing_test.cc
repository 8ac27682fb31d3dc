#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "services/cli/drawing/bar_picture.h"
#include "services/cli/drawing/flow_picture.h"
#include "services/cli/drawing/gnuplot.h"
#include "services/cli/drawing/gnuplot_text.h"
#include "services/cli/drawing/heat_picture.h"
#include "services/cli/drawing/interval_picture.h"

namespace troupe {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

BarPicture Bars() {
  return {.title = "by <choice>",
          .bars = {{.label = "第1志愿", .number = 1'200},
                   {.label = "a & b", .number = 300},
                   {.label = "none", .number = 0, .set_off = true}},
          .total = 1'500};
}

FlowPicture Flows() {
  return {.title = "flows",
          .sources = {"晨光影视学院", "x'y `date` \"z\" \\"},
          .targets = {"Xi'an 西安", "unplaced"},
          .flows = {{0, 0, 5}, {1, 0, 3}, {1, 1, 2}},
          .set_off_target = 1};
}

TEST(GnuplotTextTest, QuotesSoThatNothingIsRun) {
  EXPECT_EQ(Quoted("it's"), "'it''s'");
  EXPECT_EQ(Quoted("`date`"), "'’date’'");
  EXPECT_THAT(Quoted("a\nb"), Not(HasSubstr("\n")));
}

TEST(DrawingTest, BarsHaveTheirNumbersAndShares) {
  const absl::StatusOr<std::string> svg = Draw(Gnuplot(), Bars());
  ASSERT_TRUE(svg.ok()) << svg.status();
  EXPECT_THAT(*svg, AllOf(StartsWith("<svg xmlns="), HasSubstr("aria-label=\"by &lt;choice&gt;\""),
                          HasSubstr("第1志愿"), HasSubstr("a &amp; b"), HasSubstr("1,200"),
                          HasSubstr("80.0 %"), HasSubstr("0.0 %")));
}

TEST(DrawingTest, HeatTellsNothingFromWhatIsNotThere) {
  const HeatPicture picture = {.title = "gaffers",
                               .columns = {"3-02", "3-09", "3-16"},
                               .rows = {{.label = "Xi'an 西安", .numbers = {0, std::nullopt, 40}}},
                               .most = 40,
                               .none_label = "nothing needed",
                               .zero_label = "all filled",
                               .number_label = "missing"};
  const std::string svg = Draw(Gnuplot(), picture).value();
  EXPECT_THAT(svg, AllOf(HasSubstr("Xi'an 西安"), HasSubstr("3-09"), HasSubstr(">40</text>"),
                         HasSubstr("all filled"), HasSubstr("missing 1 – 40")));
  EXPECT_THAT(ScriptOf(picture), AllOf(HasSubstr("#d9ece3"), HasSubstr("#eef0f3"),
                                       HasSubstr("#7f0000")));
}

TEST(DrawingTest, HeatHasNoLegendOfWhatThereIsNot) {
  const HeatPicture picture = {.columns = {"3-02"},
                               .rows = {{.label = "a", .numbers = {1}}},
                               .most = 1,
                               .number_label = "days"};
  EXPECT_THAT(ScriptOf(picture), Not(AnyOf(HasSubstr("#d9ece3"), HasSubstr("#eef0f3"))));
}

TEST(DrawingTest, IntervalsStandAcrossTheEndsOfBars) {
  const IntervalPicture picture = {
      .title = "gained",
      .bars = {{.label = "本计划", .number = 60, .low = 50, .high = 80, .text = "60 (50 – 80)",
                .set_off = true},
               {.label = "at random", .number = -20, .low = -20, .high = -20, .text = "-20"}}};
  const std::string svg = Draw(Gnuplot(), picture).value();
  EXPECT_THAT(svg, AllOf(HasSubstr("本计划"), HasSubstr("60 (50 – 80)"), HasSubstr("-20")));
  // From -20 to 80 the scale is 538.8 wide, from 74.8 on.
  EXPECT_THAT(ScriptOf(picture), AllOf(HasSubstr("rectangle from 182.6,13.0 to 505.8,29.0"),
                                       HasSubstr("arrow from 452.0,21.0 to 613.6,21.0")));
}

TEST(DrawingTest, TheMostStandFirstAndTheFewestAreOne) {
  const FlowPicture picture = {.sources = {"a", "b", "c"},
                               .targets = {"gone", "x", "y"},
                               .flows = {{0, 1, 1}, {1, 2, 5}, {2, 1, 2}, {2, 0, 1}},
                               .set_off_target = 0};
  const FlowPicture ordered = MostFirst(picture, 2, 5, "others");
  EXPECT_THAT(ordered.sources, ElementsAre("b", "others"));
  EXPECT_THAT(ordered.targets, ElementsAre("y", "x", "gone"));
  EXPECT_EQ(ordered.set_off_target, 2);
  ASSERT_EQ(ordered.flows.size(), 3);
  EXPECT_EQ(ordered.flows[1].from, 1);  // Of a and c, to x.
  EXPECT_EQ(ordered.flows[1].to, 1);
  EXPECT_EQ(ordered.flows[1].number, 3);
}

TEST(DrawingTest, PicturesOfOnePageShareNoIds) {
  const std::string svg = Draw(Gnuplot(), Flows()).value();
  EXPECT_THAT(svg, AllOf(Not(HasSubstr("id=")), Not(HasSubstr("<defs>")), Not(HasSubstr("<?xml"))));
}

TEST(DrawingTest, RibbonsSayWhatTheyAre) {
  const std::string svg = Draw(Gnuplot(), Flows()).value();
  EXPECT_THAT(svg, AllOf(HasSubstr("<title>晨光影视学院 → Xi'an 西安: 5</title>"),
                         HasSubstr("<title>x'y `date` &quot;z&quot; \\ → unplaced: 2</title>"),
                         HasSubstr("x'y ’date’ \"z\" \\  5</text>"),
                         Not(HasSubstr("gnuplot_plot"))));
}

TEST(DrawingTest, TheSameIsDrawnTheSame) {
  EXPECT_EQ(Draw(Gnuplot(), Flows()).value(), Draw(Gnuplot(), Flows()).value());
}

TEST(DrawingTest, NothingToDrawIsAnEmptyPicture) {
  EXPECT_TRUE(Draw(Gnuplot(), BarPicture()).ok());
  EXPECT_TRUE(Draw(Gnuplot(), FlowPicture()).ok());
  EXPECT_TRUE(Draw(Gnuplot(), IntervalPicture()).ok());
}

TEST(DrawingTest, TellsWhatToInstall) {
  const absl::Status status = Draw({.program = "no-such-gnuplot"}, Bars()).status();
  EXPECT_EQ(ReasonOf(status), "NO_GNUPLOT");
  EXPECT_THAT(std::string(status.message()), HasSubstr("apt-get install gnuplot-nox"));
}

TEST(DrawingTest, TellsWhatGnuplotSays) {
  const absl::Status status = Draw(Gnuplot(), "plot nonsense(\n", "x").status();
  EXPECT_EQ(ReasonOf(status), "DRAWING_FAILED");
  EXPECT_THAT(std::string(status.message()), HasSubstr("invalid expression"));
}

TEST(DrawingTest, EndsAProgramThatTakesTooLong) {
  const absl::Status status =
      Draw({.patience = absl::Milliseconds(200)}, "pause 20\n", "x").status();
  EXPECT_THAT(std::string(status.message()), HasSubstr("took too long"));
}

}  // namespace
}  // namespace troupe
