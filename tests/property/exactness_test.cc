#include "tests/property/exactness.h"

#include "gtest/gtest.h"

namespace troupe::testing {
namespace {

// Small markets, so that many of them can be asked in a few seconds;
// troupe-exactness asks more.
TEST(ExactnessTest, EngineEqualsOracleOnSmallMarkets) {
  const ExactnessCounts counts = CheckExactness(
      {.profiles = 60, .projects = 30, .questions = 1'500, .markets = 50,
       .update_every = 10, .twins = 500, .seed = 7});
  EXPECT_EQ(counts.differences, 0) << ToString(counts);
  EXPECT_GT(counts.eligible_pairs, 1'000);
  EXPECT_GT(counts.empty_answers, 100);
  EXPECT_GT(counts.twins_found, 100);
}

TEST(ExactnessTest, EngineEqualsOracleOnALargeMarket) {
  const ExactnessCounts counts = CheckExactness(
      {.profiles = 1'000, .projects = 200, .questions = 120, .markets = 2, .seed = 8});
  EXPECT_EQ(counts.differences, 0) << ToString(counts);
}

}  // namespace
}  // namespace troupe::testing
