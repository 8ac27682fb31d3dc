#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/staffing/census.h"
#include "matcher/staffing/merge.h"
#include "matcher/staffing/what_if.h"
#include "matcher/base/violation.h"
#include "tests/matcher/staffing/market_builder.h"

namespace troupe::staffing {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::SizeIs;
using testing::MarketBuilder;

TEST(CensusTest, SumsExpectedDaysOfPeopleWhoAreAlike) {
  Census census(2);
  const std::vector<Craft> crafts = {{.role = 1}};
  const std::vector<uint8_t> days = {5, 7};
  census.Add({.crafts = crafts, .acceptance_millionths = 500'000, .free_days = days});
  census.Add({.crafts = crafts, .acceptance_millionths = 700'100, .free_days = days});
  std::vector<uint32_t> type_of;
  const std::vector<PeopleType> types = census.Types(&type_of);
  ASSERT_THAT(types, SizeIs(1));
  EXPECT_EQ(types[0].people, 2);
  EXPECT_THAT(types[0].millidays, ElementsAre(6'000, 8'400));
  EXPECT_THAT(type_of, ElementsAre(0, 0));
}

TEST(CensusTest, OrdersTypesByReachAndCrafts) {
  const std::vector<Craft> crafts = {{.role = 1}};
  const std::vector<uint8_t> days = {1};
  Census census(1);
  census.Add({.reach = 1, .crafts = crafts, .free_days = days});
  census.Add({.reach = 0, .crafts = crafts, .free_days = days});
  std::vector<uint32_t> type_of;
  const std::vector<PeopleType> types = census.Types(&type_of);
  EXPECT_THAT(types, ElementsAre(Field(&PeopleType::reach, 0), Field(&PeopleType::reach, 1)));
  EXPECT_THAT(type_of, ElementsAre(1, 0));
}

TEST(FreeDaysTest, LeavesOutBusySpansAcrossWeeks) {
  const Day start(100);
  const std::vector<DaySpan> busy = {{start - 3, start + 2}, {start + 6, start + 9},
                                     {start + 20, start + 30}};
  EXPECT_THAT(FreeDaysByWeek(busy, start, 3), ElementsAre(4, 5, 6));
}

TEST(MergeTest, JoinsPeopleWhoReachTheSameCities) {
  const Market market = MarketBuilder(2, 2)
                            .People(2, 0, {0, 1}, 5, {{.city = 1, .cost = 300}})
                            .People(3, 1, {1, 0}, 7, {{.city = 0, .cost = 200}})
                            .People(1, 1, {0}, 1)
                            .Build();
  const MergedMarket merged = MergeForFilling(market);
  EXPECT_THAT(merged.merged_of, ElementsAre(0, 0, 1));
  EXPECT_EQ(merged.market.people[0].people, 5);
  EXPECT_THAT(merged.market.people[0].millidays, ElementsAre(12'000));
}

TEST(WhatIfTest, MakesEditsOneAfterTheOther) {
  const Market market = MarketBuilder(1, 1, 2).Demand(0, 0, 10).People(1, 0, {0}, 4).Build();
  const std::vector<Edit> edits = {
      MorePeople{.crafts = {{.role = 0}}, .people = 3, .from_week = 1},
      FestivalWeek{.week = 1, .supply_millionths = 500'000, .demand_millionths = 2'000'000}};
  const Market edited = *WithEdits(market, edits);
  EXPECT_THAT(edited.demand_millidays, ElementsAre(10'000, 20'000));
  EXPECT_THAT(edited.people[0].millidays, ElementsAre(4'000, 2'000));
  EXPECT_THAT(edited.people[1].millidays, ElementsAre(0, 7'500));
}

TEST(WhatIfTest, SpreadsProjectsOverWeeksInWhichTheyMayBegin) {
  const Market market = MarketBuilder(1, 1, 3).Build();
  const std::vector<Edit> edits = {MoreProjects{
      .projects = 5, .needs = {{.millidays = 2'000}, {.week = 2, .millidays = 1'000}},
      .limit_week = 2}};
  EXPECT_THAT(WithEdits(market, edits)->demand_millidays, ElementsAre(6'000, 4'000, 3'000));
}

TEST(WhatIfTest, NamesTheEditThatIsWrong) {
  const std::vector<Edit> edits = {FestivalWeek{}, FestivalWeek{.week = 9}};
  const absl::Status status = WithEdits(MarketBuilder(1, 1).Build(), edits).status();
  EXPECT_THAT(ViolationsOf(status),
              ElementsAre(FieldViolation{"edits[1].week", "is 9", "give 0 to 0"}));
}

}  // namespace
}  // namespace troupe::staffing
