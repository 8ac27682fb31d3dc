#include "matcher/placement/lottery.h"

#include <algorithm>
#include <set>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/round_builder.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using testing::RoundBuilder;

// Written into deploy/docs/placement.md; never to change.
TEST(LotteryTest, DrawsWhatIsPublished) {
  EXPECT_EQ(DrawOf(0, ""), 0x5b21f68ffa77f14cu);
  EXPECT_EQ(DrawOf(7, "graduate 1"), 0x3264e26d23641c91u);
}

TEST(LotteryTest, BreaksTiesOnly) {
  RoundBuilder builder;
  builder.Graduate("A", {"X"}).Graduate("B", {"X"}).Graduate("C", {"X"});
  const Instance round = builder.Program("X", 1, {"C", "A=B"}).Build();
  std::set<uint32_t> seconds;
  for (uint64_t seed = 0; seed < 32; ++seed) {
    const Instance strict = BreakTies(round, seed);
    EXPECT_FALSE(HasTies(strict));
    EXPECT_EQ(strict.priorities[0][0], 2u);
    seconds.insert(strict.priorities[0][1]);
  }
  EXPECT_THAT(seconds, ElementsAre(0, 1));
}

TEST(LotteryTest, IsOneForAllPrograms) {
  RoundBuilder builder;
  for (const char* id : {"A", "B", "C", "D"}) builder.Graduate(id, {"X=Y"});
  builder.Program("X", 1, {"A=B=C=D"}).Program("Y", 1, {"D=C=B=A"});
  const Instance strict = BreakTies(builder.Build(), 3);
  EXPECT_TRUE(std::ranges::equal(strict.priorities[0], strict.priorities[1]));
}

}  // namespace
}  // namespace troupe
