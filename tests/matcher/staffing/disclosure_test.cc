#include "matcher/staffing/disclosure.h"

#include <random>
#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/staffing/what_if.h"
#include "tests/matcher/staffing/market_builder.h"
#include "tests/testing/dice.h"

namespace troupe::staffing {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using testing::Dice;
using testing::MarketBuilder;

std::vector<BlockGap> PublishAll(const Market& market, std::vector<uint32_t> cities = {}) {
  return Publish(market, *AnalyzeGaps(market, {}, nullptr, NeverStop()), BlocksOf(market), cities);
}

TEST(DisclosureTest, JoinsFewPeopleToTheSmallestCityOfTheirRegion) {
  const Market market = MarketBuilder(1, 4)
                            .Region(3, 1)
                            .People(4, 0, {0}, 9)
                            .People(90, 1, {0}, 9)
                            .People(9, 2, {0}, 9)
                            .People(5, 3, {0}, 9)
                            .Build();
  EXPECT_THAT(BlocksOf(market), ElementsAre(Field(&Block::cities, ElementsAre(1)),
                                            Field(&Block::cities, ElementsAre(0, 2)),
                                            Field(&Block::cities, ElementsAre(3))));
}

TEST(DisclosureTest, HidesARoleThatFewHold) {
  const Market market = MarketBuilder(1, 2).Demand(0, 0, 9).People(4, 0, {0}, 9).Build();
  EXPECT_THAT(PublishAll(market), IsEmpty());
}

TEST(DisclosureTest, ShowsWhereNobodyIs) {
  const Market market = MarketBuilder(1, 1).Demand(0, 0, 20).Build();
  EXPECT_THAT(PublishAll(market), ElementsAre(Field(&BlockGap::unmet, 20'000)));
}

TEST(DisclosureTest, DoesNotSayWhereFewTravel) {
  const Market market = MarketBuilder(1, 2)
                            .Demand(0, 1, 40)
                            .People(6, 0, {0}, 30)
                            .People(2, 0, {0}, 10, {{.city = 1, .cost = 100}})
                            .People(5, 1, {0}, 25)
                            .Build();
  EXPECT_THAT(PublishAll(market), ElementsAre(Field(&BlockGap::travelling, 0),
                                              Field(&BlockGap::travelling, std::nullopt)));
}

TEST(DisclosureTest, RoundsToFiveRoleDays) {
  const Market market = MarketBuilder(1, 1).Demand(0, 0, 23).People(5, 0, {0}, 11).Build();
  EXPECT_THAT(PublishAll(market),
              ElementsAre(BlockGap{.demand = 25'000, .filled = 10'000, .unmet = 10'000,
                                   .travelling = 0, .shadow_millionths = 5'000'000}));
}

// Somebody who asks for many overlapping sets of cities, sums up and subtracts knows no
// more than sums of figures of blocks: so every one of these must stand for enough people
// or none, and answers about a block must not differ.
TEST(DisclosureTest, LeavesNobodyAloneInAnyDifferenceOfReports) {
  std::mt19937_64 rng(1);
  Dice dice(rng);
  for (int round = 0; round < 200; ++round) {
    MarketBuilder builder(2, 6);
    for (uint32_t city = 0; city < 6; ++city) {
      builder.Region(city, city / 2).Demand(0, city, 30).Demand(1, city, 30);
      for (uint32_t role = 0; role < 2; ++role) {
        const int32_t people = dice.Between(0, 9);
        if (people > 0) builder.People(people, city, {role}, people * 3);
      }
    }
    const Market market = builder.Build();
    std::vector<std::vector<int64_t>> holders(2, std::vector<int64_t>(6));
    for (const PeopleType& type : market.people) {
      holders[type.crafts[0].role][market.reaches[type.reach].home] += type.people;
    }
    const std::vector<Block> blocks = BlocksOf(market);
    std::set<std::pair<uint32_t, uint32_t>> covered;
    for (const Block& block : blocks) {
      int64_t people = 0;
      for (uint32_t city : block.cities) {
        people += holders[block.role][city];
        EXPECT_TRUE(covered.emplace(block.role, city).second) << "a city is in two blocks";
      }
      EXPECT_TRUE(block.is_hidden || people == 0 || people >= kFewestPeople);
    }
    EXPECT_EQ(covered.size(), 12u);
    const std::vector<BlockGap> all = PublishAll(market);
    for (int asked = 0; asked < 10; ++asked) {
      std::vector<uint32_t> cities;
      for (uint32_t city = 0; city < 6; ++city) {
        if (dice.OneIn(2)) cities.push_back(city);
      }
      if (cities.empty()) continue;
      for (const BlockGap& gap : PublishAll(market, cities)) {
        EXPECT_THAT(all, ::testing::Contains(gap));
      }
    }
  }
}

TEST(DisclosureTest, KeepsBlocksInWhatIfs) {
  const Market market =
      MarketBuilder(1, 2).Demand(0, 0, 50).People(3, 0, {0}, 15).People(9, 1, {0}, 45).Build();
  const Market edited =
      *WithEdits(market, {MorePeople{.crafts = {{.role = 0}}, .people = 4}});
  const GapReport report = *AnalyzeGaps(edited, {}, nullptr, NeverStop());
  // Seven would live there; but less what is published without them, that is three.
  EXPECT_THAT(Publish(edited, report, BlocksOf(market), {}),
              ElementsAre(Field(&BlockGap::filled, 35'000)));
}

}  // namespace
}  // namespace troupe::staffing
