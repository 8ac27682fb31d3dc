#include <cmath>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "matcher/staffing/demand_model.h"
#include "matcher/staffing/forecast.h"
#include "matcher/staffing/random.h"
#include "tests/matcher/staffing/market_builder.h"

namespace troupe::staffing {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using testing::MarketBuilder;

class RegimeTest : public ::testing::TestWithParam<Regime> {};

TEST_P(RegimeTest, KeepsWhatIsExpected) {
  const Market market =
      MarketBuilder(3, 2, 4).Demand(0, 0, 40).Demand(1, 1, 8).Demand(2, 0, 1).Build();
  const DemandModel model(market, GetParam());
  std::vector<double> means(market.demand_millidays.size());
  for (uint64_t i = 0; i < 4'000; ++i) {
    const std::vector<int64_t> demand = model.Draw(1, i);
    for (size_t j = 0; j < means.size(); ++j) means[j] += static_cast<double>(demand[j]) / 4'000;
  }
  for (size_t j = 0; j < means.size(); ++j) {
    const auto expected = static_cast<double>(market.demand_millidays[j]);
    EXPECT_NEAR(means[j], expected, 0.1 * expected + 30);
  }
}

TEST_P(RegimeTest, DrawsTheSameForTheSameNumber) {
  const DemandModel model(MarketBuilder(2, 2, 3).Demand(0, 0, 9).Build(), GetParam());
  EXPECT_EQ(model.Draw(5, 3), model.Draw(5, 3));
  EXPECT_NE(model.Draw(5, 3), model.Draw(5, 4));
}

INSTANTIATE_TEST_SUITE_P(Each, RegimeTest, ::testing::ValuesIn(kRegimes), [](const auto& regime) {
  return std::string(RegimeWord(regime.param));
});

TEST(RegimeWordTest, IsReadBack) {
  for (Regime regime : kRegimes) EXPECT_EQ(RegimeOf(RegimeWord(regime)), regime);
  EXPECT_EQ(RegimeOf("normal"), std::nullopt);
}

// Mean and variance of draws, beside those that they should have.
void ExpectMoments(auto draw, double mean, double variance) {
  constexpr int kDraws = 40'000;
  double sum = 0, squares = 0;
  for (int i = 0; i < kDraws; ++i) {
    const auto value = static_cast<double>(draw());
    sum += value;
    squares += value * value;
  }
  const double own = sum / kDraws;
  EXPECT_NEAR(own, mean, 0.02 * mean + 0.01);
  EXPECT_NEAR(squares / kDraws - own * own, variance, 0.06 * variance);
}

TEST(RandomTest, DrawsPoissonOfSmallAndLargeMeans) {
  Random random(1);
  for (double mean : {0.3, 5.0, 29.0, 31.0, 400.0}) {
    ExpectMoments([&] { return random.Poisson(mean); }, mean, mean);
  }
}

TEST(RandomTest, DrawsGammaBelowAndAboveOne) {
  Random random(2);
  for (double shape : {0.5, 1.0, 8.0}) ExpectMoments([&] { return random.Gamma(shape); }, shape, shape);
}

DemandHistory Steady(uint32_t weeks, int64_t days) {
  return {.weeks = weeks, .roles = 1, .cities = 1,
          .millidays = std::vector<int64_t>(weeks, days * 1'000)};
}

TEST(ForecastTest, ExpectsWhatAlwaysCame) {
  const auto forecast = *ForecastDemand(Steady(40, 12), {.weeks = 2});
  EXPECT_THAT(forecast, Each(Field(&CellForecast::expected, 12'000)));
}

TEST(ForecastTest, LetsCellsFadeOutThatNeedNobodyAnyMore) {
  DemandHistory history = Steady(80, 12);
  for (uint32_t week = 40; week < 80; ++week) history.millidays[week] = 0;
  const auto forecast = *ForecastDemand(history, {.weeks = 1, .season_weeks = 0});
  EXPECT_LT(forecast[0].expected, 500);
}

TEST(ForecastTest, FollowsSeasonsOnceTwoWereSeen) {
  DemandHistory history = Steady(156, 10);
  for (uint32_t week = 0; week < 156; ++week) history.millidays[week] *= week % 52 < 26 ? 3 : 1;
  const auto forecast = *ForecastDemand(history, {.weeks = 52});
  EXPECT_NEAR(static_cast<double>(forecast[13].expected), 30'000, 4'000);
  EXPECT_NEAR(static_cast<double>(forecast[39].expected), 10'000, 2'000);
}

TEST(ForecastTest, HoldsAsManyAsItSaysBetweenLowAndHigh) {
  Random random(3);
  int inside = 0, all = 0;
  for (int cell = 0; cell < 300; ++cell) {
    const double mean = 1 + static_cast<double>(random.Below(30)), shape = 0.8;
    const auto demand = [&] {  // Comes every third week, in bursts.
      return random.Below(3) > 0 ? 0 : random.Poisson(mean * random.Gamma(shape) / shape);
    };
    DemandHistory history = Steady(104, 0);
    for (int64_t& millidays : history.millidays) millidays = demand() * 1'000;
    const auto forecast = *ForecastDemand(history, {.weeks = 10, .season_weeks = 0});
    for (const CellForecast& week : forecast) {
      const int64_t came = demand() * 1'000;
      ++all;
      if (week.low <= came && came <= week.high) ++inside;
    }
  }
  EXPECT_NEAR(static_cast<double>(inside) / all, 0.92, 0.04);
}

TEST(ForecastTest, NamesTheFieldThatIsWrong) {
  const absl::Status status = ForecastDemand(Steady(3, 1), {.weeks = 0}).status();
  EXPECT_THAT(ViolationsOf(status),
              ElementsAre(FieldViolation{"options.weeks", "is 0", "give 1 to 1000"}));
}

}  // namespace
}  // namespace troupe::staffing
