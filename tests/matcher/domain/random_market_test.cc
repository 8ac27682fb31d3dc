#include "tests/testing/random_market.h"

#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/domain/validate_profile.h"
#include "matcher/domain/validate_project.h"
#include "tests/testing/values.h"

namespace troupe::testing {
namespace {

using ::testing::IsEmpty;

constexpr uint64_t kSeeds = 20;

TEST(RandomMarketTest, HasNothingButValidRecords) {
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    const Market market = RandomMarket(seed, 40, 20);
    for (const Profile& profile : market.profiles) {
      EXPECT_THAT(TextsOf(ValidateProfile(profile)), IsEmpty()) << "seed " << seed;
    }
    for (const Project& project : market.projects) {
      EXPECT_THAT(TextsOf(ValidateProject(project)), IsEmpty()) << "seed " << seed;
    }
  }
}

TEST(RandomMarketTest, IsTheSameForTheSameSeed) {
  const Market one = RandomMarket(7, 40, 20);
  const Market two = RandomMarket(7, 40, 20);
  EXPECT_TRUE(one.profiles == two.profiles);
  EXPECT_TRUE(one.projects == two.projects);
}

TEST(RandomMarketTest, DiffersByTheSeed) {
  EXPECT_FALSE(RandomMarket(7, 40, 20).profiles == RandomMarket(8, 40, 20).profiles);
}

TEST(RandomMarketTest, HasTheSizeAskedFor) {
  const Market market = RandomMarket(1, 30, 5);
  EXPECT_EQ(market.profiles.size(), 30u);
  EXPECT_EQ(market.projects.size(), 5u);
  EXPECT_TRUE(RandomMarket(1, 3, 0).projects.empty());
}

TEST(RandomMarketTest, GivesEachRecordAnIdOfItsOwn) {
  std::set<ProfileId> profiles;
  std::set<ProjectId> projects;
  for (size_t i = 0; i < 1'000; ++i) {
    profiles.insert(MarketProfileId(i));
    projects.insert(MarketProjectId(i));
  }
  EXPECT_EQ(profiles.size(), 1'000u);
  EXPECT_EQ(projects.size(), 1'000u);
}

TEST(RandomOpeningTest, IsValidAsAnOpeningThatIsNotStored) {
  std::mt19937_64 rng(5);
  for (int i = 0; i < 200; ++i) {
    const Opening opening = RandomOpening(rng, MarketOptions());
    EXPECT_THAT(TextsOf(ValidateAdHoc(Project(), opening)), IsEmpty()) << "opening " << i;
  }
}

}  // namespace
}  // namespace troupe::testing
