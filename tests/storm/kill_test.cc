// A few kills of each deployment; troupe-kill-storm does many.
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/integration/server_process.h"
#include "tests/storm/deployment.h"
#include "tests/storm/kill_storm.h"
#include "tests/testing/temp_directory.h"

namespace troupe::testing {
namespace {

using ::testing::IsEmpty;

constexpr KillStormOptions kFewKills{.kills = 5, .kills_per_rebuild = 5};

class KillTest : public ::testing::Test {
 protected:
  const TempDirectory folder_;
  Findings findings_;
};

TEST_F(KillTest, LosesNothingThatOneProcessAcknowledged) {
  const auto deployment = OneProcess(folder_.path());
  const KillStormCounts counts = KillStorm(deployment.get(), kFewKills, &findings_).Run();
  EXPECT_THAT(findings_.Texts(), IsEmpty());
  EXPECT_GE(counts.kills, kFewKills.kills);
  EXPECT_GT(counts.doubts, 0) << "no kill came while something was written";
}

TEST_F(KillTest, EndsCleanlyUnderLoadIfOneProcessIsAskedTo) {
  const auto deployment = OneProcess(folder_.path());
  KillStorm(deployment.get(), {.kills = 2, .asks = true}, &findings_).Run();
  EXPECT_THAT(findings_.Texts(), IsEmpty());
}

}  // namespace
}  // namespace troupe::testing
