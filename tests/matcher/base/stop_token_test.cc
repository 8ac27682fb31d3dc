#include "matcher/base/stop_token.h"

#include "gtest/gtest.h"

namespace troupe {
namespace {

TEST(NeverStopTest, NeverStops) {
  const NeverStop never;
  const StopToken& token = never;
  EXPECT_FALSE(token.StopRequested());
}

}  // namespace
}  // namespace troupe
