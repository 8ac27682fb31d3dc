#include "matcher/rank/top_k.h"

#include <algorithm>
#include <random>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/ids.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using RankedProfile = Ranked<ProfileId>;

constexpr RankedProfile kAda{.id = ProfileId(1), .score_millionths = 900};
constexpr RankedProfile kBen{.id = ProfileId(2), .score_millionths = 400};
constexpr RankedProfile kCai{.id = ProfileId(3), .score_millionths = 900};

std::vector<RankedProfile> Best(size_t k, const std::vector<RankedProfile>& pool) {
  TopK<ProfileId> best(k);
  for (const RankedProfile& profile : pool) best.Offer(profile);
  return std::move(best).Take();
}

TEST(TopKTest, RanksHigherScoresFirst) {
  EXPECT_THAT(Best(2, {kBen, kAda}), ElementsAre(kAda, kBen));
}

TEST(TopKTest, BreaksTiesByLowerId) { EXPECT_THAT(Best(1, {kCai, kAda}), ElementsAre(kAda)); }

TEST(TopKTest, KeepsAllWhenThereAreFewer) {
  EXPECT_THAT(Best(9, {kCai, kAda}), ElementsAre(kAda, kCai));
}

TEST(TopKTest, KeepsNothingWhenKIsZero) { EXPECT_THAT(Best(0, {kAda}), IsEmpty()); }

TEST(TopKTest, AgreesWithSortingTheWholePool) {
  for (unsigned seed = 0; seed < 50; ++seed) {
    std::mt19937 rng(seed);
    std::vector<RankedProfile> pool(200);
    for (auto& profile : pool) {  // Few distinct scores, so many ties.
      profile = {.id = ProfileId(rng()), .score_millionths = int64_t(rng() % 7)};
    }
    std::vector<RankedProfile> sorted = pool;
    std::sort(sorted.begin(), sorted.end(), RanksAbove<ProfileId>);
    sorted.resize(20);
    EXPECT_EQ(Best(20, pool), sorted) << "seed " << seed;
  }
}

}  // namespace
}  // namespace troupe
