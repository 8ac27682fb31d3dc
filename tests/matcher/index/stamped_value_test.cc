#include "matcher/index/stamped_value.h"

#include "gtest/gtest.h"

namespace troupe {
namespace {

TEST(StampedValueTest, IsKnownForAsLongAsItsStampHolds) {
  const StampedValue value;
  EXPECT_EQ(value.Known(7), -1);
  value.Keep(7, 10);
  EXPECT_EQ(value.Known(7), 10);
  EXPECT_TRUE(value.IsKnown(7));
  EXPECT_EQ(value.Known(8), -1);
  EXPECT_FALSE(value.IsKnown(8));
  value.Keep(8, 0);
  EXPECT_EQ(value.Known(8), 0);
  EXPECT_EQ(value.Known(7), -1);
}

TEST(StampedValueTest, IsNotKnownIfItIsTooLarge) {
  const StampedValue value;
  value.Keep(1, StampedValue::kMost);
  EXPECT_EQ(value.Known(1), StampedValue::kMost);
  value.Keep(2, StampedValue::kMost + 1);
  EXPECT_EQ(value.Known(2), -1);
}

}  // namespace
}  // namespace troupe
