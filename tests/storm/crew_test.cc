// Some steps of small crews; troupe-crew-storm takes them all.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/storm/crew_storm.h"
#include "tests/testing/temp_directory.h"

namespace troupe::testing {
namespace {

using ::testing::IsEmpty;
using ::testing::Values;

class CrewTest : public ::testing::TestWithParam<CrewStormOptions> {};

TEST_P(CrewTest, IsBookedAsAWholeOrNotAtAllWhateverDies) {
  const TempDirectory folder;
  Findings findings;
  const CrewStormCounts counts = CrewStorm(folder.path(), GetParam(), &findings).Run();
  EXPECT_THAT(findings.Texts(), IsEmpty());
  EXPECT_GT(counts.kills, 0);
  EXPECT_EQ(counts.second_crew, 4);
}

INSTANTIATE_TEST_SUITE_P(OneProcess, CrewTest,
                         Values(CrewStormOptions{.processes = 1, .people = 4, .stride = 4}));
INSTANTIATE_TEST_SUITE_P(ThreeProcesses, CrewTest,
                         Values(CrewStormOptions{.processes = 3, .people = 4, .stride = 5}));

}  // namespace
}  // namespace troupe::testing
