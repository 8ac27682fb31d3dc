#include "tests/property/power_cuts.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace troupe::testing {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

// Few cuts; troupe-power-cuts makes more.
TEST(PowerCutsTest, LeaveEverythingThatWasAcknowledged) {
  const PowerCutCounts counts = CheckPowerCuts({.cuts = 12, .seed = 1});
  EXPECT_THAT(counts.violations, IsEmpty()) << ToString(counts);
  EXPECT_GT(counts.acknowledged, 20);
}

TEST(PowerCutsTest, AreNoticedByALogThatDoesNotSync) {
  const PowerCutCounts counts = CheckPowerCuts({.cuts = 12, .seed = 2, .sync = false});
  EXPECT_THAT(counts.violations, Not(IsEmpty()));
}

}  // namespace
}  // namespace troupe::testing
