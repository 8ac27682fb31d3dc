#include "matcher/domain/money.h"

#include "gtest/gtest.h"
#include "tests/testing/values.h"

namespace troupe {
namespace {

using testing::Cny;

TEST(MoneyTest, OrdersByUnitsThenNanos) {
  EXPECT_TRUE(std::is_lt(CompareAmounts(Cny(1, 999'999'999), Cny(2, 0))));
  EXPECT_TRUE(std::is_lt(CompareAmounts(Cny(2, 0), Cny(2, 1))));
  EXPECT_TRUE(std::is_gt(CompareAmounts(Cny(2, 1), Cny(2, 0))));
  EXPECT_TRUE(std::is_eq(CompareAmounts(Cny(2, 1), Cny(2, 1))));
}

TEST(MoneyTest, DiffersByCurrency) {
  EXPECT_NE(Cny(1), (Money{.currency = "USD", .units = 1}));
}

TEST(MoneyTest, PrintsThousandsApart) {
  EXPECT_EQ(ToString(Cny(0)), "0 CNY");
  EXPECT_EQ(ToString(Cny(999)), "999 CNY");
  EXPECT_EQ(ToString(Cny(1'000)), "1,000 CNY");
  EXPECT_EQ(ToString(Cny(Money::kMaxUnits)), "1,000,000,000,000 CNY");
}

TEST(MoneyTest, PrintsNanosAsAFractionWithoutTrailingZeros) {
  EXPECT_EQ(ToString(Cny(1'200, 500'000'000)), "1,200.5 CNY");
  EXPECT_EQ(ToString(Cny(0, 1)), "0.000000001 CNY");
  EXPECT_EQ(ToString(Cny(0, 10'000'000)), "0.01 CNY");
}

}  // namespace
}  // namespace troupe
