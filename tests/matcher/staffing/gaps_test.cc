#include "matcher/staffing/gaps.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "tests/matcher/staffing/market_builder.h"

namespace troupe::staffing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::SizeIs;
using testing::MarketBuilder;

GapReport Analyze(const Market& market, const GapOptions& options = {}) {
  return *AnalyzeGaps(market, options, nullptr, NeverStop());
}

TEST(GapsTest, CountsCrossRolePeopleOnce) {
  const GapReport report =
      Analyze(MarketBuilder(2, 1).Demand(0, 0, 5).Demand(1, 0, 5).People(1, 0, {0, 1}, 5).Build());
  EXPECT_EQ(report.filled, 5 * kMillidays);
  EXPECT_EQ(report.FillRateMillionths(), 500'000);
}

TEST(GapsTest, LetsCrossRolePeopleWorkWhereOthersCannot) {
  const GapReport report = Analyze(MarketBuilder(2, 1)
                                       .Demand(0, 0, 5)
                                       .Demand(1, 0, 5)
                                       .People(1, 0, {0, 1}, 5)
                                       .People(1, 0, {0}, 5)
                                       .Build());
  EXPECT_THAT(report.cells, ElementsAre(Field(&CellGap::filled, 5'000), Field(&CellGap::filled, 5'000)));
}

TEST(GapsTest, ShowsTheGapInTheMainRoleOfThoseWhoCouldDoBoth) {
  const GapReport report =
      Analyze(MarketBuilder(2, 1).Demand(0, 0, 5).Demand(1, 0, 2).People(1, 0, {0, 1}, 5).Build());
  EXPECT_EQ(report.cells[0].unmet(), 0);
  EXPECT_EQ(report.cells[1].unmet(), 2'000);
}

TEST(GapsTest, SendsTheCheaperOnesAway) {
  const GapReport report = Analyze(MarketBuilder(1, 3)
                                       .Demand(0, 2, 5)
                                       .People(1, 0, {0}, 5, {{.city = 2, .cost = 500}})
                                       .People(1, 1, {0}, 5, {{.city = 2, .cost = 300}})
                                       .Build(),
                                   {.with_uses = true});
  EXPECT_THAT(report.uses, ElementsAre(TimeUse{.week = 0, .type = 1, .cell = 2, .millidays = 5'000}));
  EXPECT_EQ(report.travelling, 5'000);
  EXPECT_EQ(report.cost_millis, 5'000 * 300);
}

TEST(GapsTest, PricesOneMorePersonByWhatTheRestWouldThenFill) {
  // A person in role 0 lets the cross-role one go to role 1, which is 2 days short.
  const GapReport report = Analyze(
      MarketBuilder(2, 1).Demand(0, 0, 5).Demand(1, 0, 2).People(1, 0, {0, 1}, 5).Build());
  EXPECT_EQ(report.cells[0].shadow_millionths, 2'000'000);
  EXPECT_EQ(report.cells[1].shadow_millionths, 2'000'000);
}

TEST(GapsTest, PricesOneMorePersonAtNothingWhereAllIsFilled) {
  const GapReport report = Analyze(MarketBuilder(1, 1).Demand(0, 0, 5).People(1, 0, {0}, 5).Build());
  EXPECT_EQ(report.cells[0].shadow_millionths, 0);
}

TEST(GapsTest, PrefersWhoIsMoreProductive) {
  Market market = MarketBuilder(1, 1).Demand(0, 0, 5).People(1, 0, {0}, 5).People(1, 0, {0}, 5).Build();
  market.people[0].crafts[0].productivity_millionths = 600'000;
  const GapReport report = Analyze(market, {.with_uses = true});
  EXPECT_THAT(report.uses, ElementsAre(AllOf(Field(&TimeUse::type, 1), Field(&TimeUse::millidays, 5'000))));
}

TEST(GapsTest, IsEmptyWithoutPeople) {
  const GapReport report = Analyze(MarketBuilder(1, 1, 2).Demand(0, 0, 5).Build());
  EXPECT_EQ(report.filled, 0);
  EXPECT_THAT(report.cells, SizeIs(2));
}

class Stopped final : public StopToken {
 public:
  bool StopRequested() const override { return true; }
};

TEST(GapsTest, IsCancelledWhenStopped) {
  const Market market = MarketBuilder(1, 1).Build();
  EXPECT_EQ(AnalyzeGaps(market, {}, nullptr, Stopped()).status().code(),
            absl::StatusCode::kCancelled);
}

TEST(GapsTest, NamesARoleThatIsNotThere) {
  Market market = MarketBuilder(2, 1).People(1, 0, {0}, 5).Build();
  market.people[0].crafts[0].role = 2;
  const absl::Status status = AnalyzeGaps(market, {}, nullptr, NeverStop()).status();
  EXPECT_THAT(ViolationsOf(status),
              ElementsAre(FieldViolation{"people[0].crafts[0].role", "is 2",
                                         "name one of the 2 roles, from 0"}));
}

TEST(GapsTest, RefusesReachesThatNameHome) {
  Market market = MarketBuilder(1, 2).People(1, 0, {0}, 5, {{.city = 0, .cost = 1}}).Build();
  const absl::Status status = AnalyzeGaps(market, {}, nullptr, NeverStop()).status();
  EXPECT_THAT(ViolationsOf(status),
              ElementsAre(Field(&FieldViolation::field, "reaches[0].away[0].city")));
}

TEST(GapsTest, RefusesDemandOfAnotherSize) {
  Market market = MarketBuilder(2, 2).Build();
  market.demand_millidays.pop_back();
  EXPECT_THAT(ViolationsOf(AnalyzeGaps(market, {}, nullptr, NeverStop()).status()),
              ElementsAre(Field(&FieldViolation::field, "demand_millidays")));
}

}  // namespace
}  // namespace troupe::staffing
