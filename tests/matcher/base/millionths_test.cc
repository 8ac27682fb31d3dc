#include "matcher/base/millionths.h"

#include "gtest/gtest.h"

namespace troupe {
namespace {

TEST(ShareTest, RoundsDownToMillionths) {
  EXPECT_EQ(Share(1, 3), 333'333);
  EXPECT_EQ(Share(2, 3), 666'666);
  EXPECT_EQ(Share(1, 4), 250'000);
}

TEST(ShareTest, StaysFromZeroToOne) {
  EXPECT_EQ(Share(0, 5), 0);
  EXPECT_EQ(Share(5, 5), kMillionths);
  EXPECT_EQ(Share(6, 5), kMillionths);
  EXPECT_EQ(Share(-1, 5), 0);
}

TEST(SaturateTest, IsAHalfAtItsHalf) {
  EXPECT_EQ(Saturate(0, 8), 0);
  EXPECT_EQ(Saturate(8, 8), 500'000);
  EXPECT_EQ(Saturate(24, 8), 750'000);
}

TEST(SaturateTest, GrowsWithoutReachingOne) {
  for (int64_t x = 0; x < 1'000; ++x) EXPECT_LE(Saturate(x, 8), Saturate(x + 1, 8)) << x;
  EXPECT_LT(Saturate(1'000, 8), kMillionths);
}

TEST(ContributionTest, RoundsDownToMillionths) {
  EXPECT_EQ(Contribution(500'000, 500'000), 250'000);
  EXPECT_EQ(Contribution(999'999, 1), 0);
  EXPECT_EQ(Contribution(kMillionths, 123'456), 123'456);
}

}  // namespace
}  // namespace troupe
