#include "matcher/rank/top_k.h"

#include <algorithm>
#include <random>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/ids.h"
#include "matcher/base/millionths.h"

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
    for (size_t k : {150, 64, 33, 32, 20, 1}) {  // The smaller, the fewer are left.
      sorted.resize(k);
      EXPECT_EQ(Best(k, pool), sorted) << "seed " << seed << ", " << k << " kept";
    }
  }
}

TEST(TopKTest, SaysWhatScoresTooLittleOnceItIsFull) {
  for (size_t k : {3, 40}) {
    TopK<ProfileId> best(k);
    for (size_t at = 0; at < k; ++at) {
      EXPECT_EQ(best.least_score(), 0);
      best.Offer({.id = ProfileId(at), .score_millionths = static_cast<int64_t>(10 + at)});
    }
    EXPECT_EQ(best.least_score(), 10);
    best.Offer({.id = ProfileId(99), .score_millionths = 12});
    EXPECT_EQ(best.least_score(), 11);
  }
  EXPECT_GT(TopK<ProfileId>(0).least_score(), kMillionths);
}

}  // namespace
}  // namespace troupe
