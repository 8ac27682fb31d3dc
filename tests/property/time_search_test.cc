#include "tests/property/time_search.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace troupe::testing {
namespace {

// A fraction of what `troupe-time-search` asks.
TEST(TimeSearchTest, FindsWhomAScanOfIntervalsFinds) {
  const TimeSearchFigures figures =
      SearchByTime({.profiles = 2'000, .questions = 2'000, .whole_queries = 20});
  EXPECT_EQ(figures.false_free, 0);
  EXPECT_EQ(figures.missed, 0);
  EXPECT_EQ(figures.whole_differences, 0);
  EXPECT_EQ(figures.questions, 2'000);
  EXPECT_GT(figures.free_pairs, figures.pairs / 50);
  EXPECT_GT(figures.with_travel, figures.pairs / 10);
  EXPECT_GT(figures.busy_share, 0.45);
  EXPECT_LT(figures.busy_share, 0.55);
}

}  // namespace
}  // namespace troupe::testing
