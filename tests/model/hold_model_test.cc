#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/model/explore.h"
#include "tests/model/mistakes.h"

namespace troupe::testing {
namespace {

using ::testing::IsEmpty;
using ::testing::StartsWith;

class SeededMistakeTest : public ::testing::TestWithParam<SeededMistake> {};

TEST(HoldModelTest, KeepsEveryPropertyInEveryState) {
  const Exploration found = Explore({.holds = 2, .answers = 2, .challenges = 1,
                                     .confirmations = 1, .retries = 1, .cancellations = 1,
                                     .edits = 0, .crashes = 1, .delayed = 0, .skews = 0,
                                     .jumps = 1},
                                    10'000'000);
  EXPECT_THAT(found.broken, IsEmpty());
  EXPECT_TRUE(found.complete);
  EXPECT_GT(found.states, 10'000);
}

TEST_P(SeededMistakeTest, FindsTheMistake) {
  const Exploration found = ShortestTrace(GetParam().bounds, GetParam().mistake, 1'000'000);
  EXPECT_THAT(found.broken, StartsWith(std::string(GetParam().breaks)));
}

TEST_P(SeededMistakeTest, FindsNothingWithoutTheMistake) {
  const Exploration found = Explore(GetParam().bounds, 1'000'000);
  EXPECT_THAT(found.broken, IsEmpty());
  EXPECT_TRUE(found.complete);
}

INSTANTIATE_TEST_SUITE_P(Each, SeededMistakeTest, ::testing::ValuesIn(SeededMistakes()),
                         [](const ::testing::TestParamInfo<SeededMistake>& each) {
                           std::string name;
                           for (char c : each.param.name) name += c == ' ' || c == '-' ? '_' : c;
                           return name;
                         });

}  // namespace
}  // namespace troupe::testing
