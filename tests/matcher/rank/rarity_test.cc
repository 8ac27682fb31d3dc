#include "matcher/rank/rarity.h"

#include "gtest/gtest.h"
#include "matcher/index/pool_writer.h"
#include "tests/testing/builders.h"

namespace troupe {
namespace {

using testing::D;
using testing::Labels;
using testing::ProfileBuilder;
using testing::Worked;

const Term kGhost(Term::Vocabulary::kTag, "ghost");

Credit Ghostly(absl::string_view production, absl::string_view date) {
  Credit credit = Worked(production, "writer", date);
  credit.tags = Labels({"ghost"});
  return credit;
}

TEST(RarityTest, FallsFromOneForNoneToNothingForAll) {
  EXPECT_EQ(Rarity(0, 99), 1'000'000);
  EXPECT_EQ(Rarity(9, 99), 500'000);
  EXPECT_EQ(Rarity(99, 99), 0);
}

TEST(RarityTest, IsOneInAnEmptyMarket) { EXPECT_EQ(Rarity(0, 0), 1'000'000); }

TEST(RarityTest, RoundsToTheNearest) {
  EXPECT_EQ(Rarity(1, 2), 369'070);  // ln(3 / 2) / ln(3) = 0.36907...
}

TEST(RaritiesTest, CountProductionsKnownOnTheDay) {
  PoolWriter writer;
  writer.Apply({.profiles = {ProfileBuilder()
                                 .With(Ghostly("f:1", "2020-01-01"))
                                 .With(Worked("f:2", "writer", "2020-01-01"))
                                 .With(Ghostly("f:3", "2025-01-01"))
                                 .Build()}});
  EXPECT_EQ(Rarities(*writer.pool(), D("2021-01-01")).Of(kGhost), Rarity(1, 2));
  EXPECT_EQ(Rarities(*writer.pool(), D("2026-01-01")).Of(kGhost), Rarity(2, 3));
}

TEST(RaritiesTest, DoNotDependOnHiddenProfiles) {
  PoolWriter writer;
  writer.Apply({.profiles = {ProfileBuilder().Id(1).With(Worked("f:1", "writer")).Build(),
                             ProfileBuilder().Id(2).Hidden().With(Ghostly("f:2", "")).Build()}});
  EXPECT_EQ(Rarities(*writer.pool(), D("2026-01-01")).Of(kGhost), Rarity(0, 1));
}

}  // namespace
}  // namespace troupe
