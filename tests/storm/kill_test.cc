// A few kills of each deployment; troupe-kill-storm does many.
#include <memory>
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
using ::testing::Values;

constexpr KillStormOptions kFewKills{.kills = 5, .kills_per_rebuild = 5};

using Deploy = std::unique_ptr<Deployment> (*)(const std::string& folder);

class KillTest : public ::testing::TestWithParam<Deploy> {
 protected:
  const TempDirectory folder_;
  const std::unique_ptr<Deployment> deployment_ = GetParam()(folder_.path());
  Findings findings_;
};

TEST_P(KillTest, LosesNothingThatWasAcknowledged) {
  const KillStormCounts counts = KillStorm(deployment_.get(), kFewKills, &findings_).Run();
  EXPECT_THAT(findings_.Texts(), IsEmpty());
  EXPECT_GE(counts.kills, kFewKills.kills);
  EXPECT_GT(counts.doubts, 0) << "no kill came while something was written";
}

TEST_P(KillTest, EndsCleanlyUnderLoadIfAsked) {
  KillStorm(deployment_.get(), {.kills = 2, .asks = true}, &findings_).Run();
  EXPECT_THAT(findings_.Texts(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(OneProcess, KillTest, Values(&OneProcess));
INSTANTIATE_TEST_SUITE_P(ThreeProcesses, KillTest, Values(&ThreeProcesses));

}  // namespace
}  // namespace troupe::testing
