#include "matcher/index/stamped_values.h"

#include "gtest/gtest.h"

namespace troupe {
namespace {

TEST(StampedValuesTest, WorksOutAValueOnceAStamp) {
  const StampedValues values(2);
  int64_t times = 0;
  const auto work_out = [&] { return 10 + times++; };
  EXPECT_EQ(values.Of(1, 7, work_out), 10);
  EXPECT_EQ(values.Of(1, 7, work_out), 10);
  EXPECT_EQ(values.Of(1, 8, work_out), 11);
  EXPECT_EQ(values.Of(0, 8, work_out), 12);
}

TEST(StampedValuesTest, HoldsWhatIsTooLargeAsTheMost) {
  const StampedValues values(1);
  EXPECT_EQ(values.Of(0, 1, [] { return StampedValues::kMost + 1; }), StampedValues::kMost);
  EXPECT_EQ(values.Of(0, 1, [] { return 0; }), StampedValues::kMost);
}

}  // namespace
}  // namespace troupe
