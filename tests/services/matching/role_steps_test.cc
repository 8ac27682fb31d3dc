#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "tests/services/matching/match_world.h"

namespace troupe::testing {
namespace {

using ::testing::ElementsAre;

// Wrote, then directed.
ProfileBuilder Riser(uint64_t id) {
  return ProfileBuilder()
      .Id(id)
      .Holds("writer")
      .With(Worked("f:1", "writer", "2020-01-01"))
      .With(Worked("f:2", "director", "2022-01-01"));
}

TEST(ListRoleStepsTest, CountsWherePeopleOfARoleWent) {
  MatchWorld world;
  world.Have(Riser(1));
  world.Have(Riser(2));
  const auto answer = world.RoleSteps("role: 'writer'").value();
  ASSERT_EQ(answer.steps_size(), 1);
  EXPECT_EQ(answer.steps(0).role(), "director");
  EXPECT_EQ(answer.steps(0).people(), 2);
  EXPECT_EQ(answer.steps(0).moved(), 2);
  EXPECT_EQ(answer.steps(0).chance_millionths(), 1'000'000);
  EXPECT_EQ(answer.steps(0).median_days(), 731);
  EXPECT_TRUE(
      world.RoleSteps("role: 'writer' until { year: 2021 month: 1 day: 1 }")->steps().empty());
}

TEST(ListRoleStepsTest, SaysWhereAPersonMayGo) {
  MatchWorld world;
  world.Have(ProfileBuilder().Id(1).Holds("writer").GrowsInto("editor"));
  const auto answer = world.RoleSteps(OfProfile(1) + "shipped: true page_size: 2").value();
  ASSERT_EQ(answer.steps_size(), 2);
  EXPECT_EQ(answer.steps(0).role(), "director");
  EXPECT_EQ(answer.steps(0).chance_millionths(), 120'000);
}

TEST(ListRoleStepsTest, NamesWhatIsWrong) {
  MatchWorld world;
  EXPECT_THAT(BadFields(world.RoleSteps("role: 'wizard'")), ElementsAre("role"));
  EXPECT_THAT(BadFields(world.RoleSteps("")), ElementsAre("role"));
  EXPECT_THAT(BadFields(world.RoleSteps("role: 'writer' page_size: 101")),
              ElementsAre("page_size"));
  EXPECT_EQ(ReasonOf(world.RoleSteps(OfProfile(9)).status()), "PROFILE_NOT_FOUND");
}

TEST(FindProfilesRequestTest, KeepsPlacesAndSpreadsWithinBounds) {
  MatchWorld world;
  for (uint64_t id = 1; id <= 4; ++id) {
    ProfileBuilder person = Director(id);
    if (id < 4) person.With(Worked("f:1", "director", "2020-01-01"));
    world.Have(person);
  }
  const auto kept = world.Profiles(AdHoc() + "page_size: 2 newcomers: 1").value();
  ASSERT_EQ(kept.for_newcomers_size(), 1);
  EXPECT_EQ(kept.for_newcomers(0), kept.matches(1).profile());
  EXPECT_EQ(kept.matches(1).profile_summary().role_credits(), 0);
  EXPECT_FALSE(kept.has_spread_loss_millionths());
  const auto spread = world.Profiles(AdHoc() + "spread { tolerance_millionths: 9 seed: 3 }");
  EXPECT_TRUE(spread->has_spread_loss_millionths());
  EXPECT_THAT(BadFields(world.Profiles(AdHoc() + "page_size: 2 newcomers: 3")),
              ElementsAre("newcomers"));
  EXPECT_THAT(BadFields(world.Profiles(AdHoc() + "spread { }")),
              ElementsAre("spread.tolerance_millionths"));
  EXPECT_THAT(BadFields(world.Profiles(AdHoc() + "spread { tolerance_millionths: 9 seed: -1 }")),
              ElementsAre("spread.seed"));
  const std::string contacts =
      absl::StrCat("contacts { ", OfProfile(1), "count: 0 } contacts { ", OfProfile(2),
                   "count: 1 } contacts { ", OfProfile(2), "count: 1 } ");
  EXPECT_THAT(BadFields(world.Profiles(AdHoc() + "spread { tolerance_millionths: 9 seed: 1 " +
                                       contacts + "}")),
              ElementsAre("spread.seed", "spread.contacts[0].count",
                          "spread.contacts[2].profile"));
}

}  // namespace
}  // namespace troupe::testing
