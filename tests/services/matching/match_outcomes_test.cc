#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/services/matching/match_world.h"

// What answers know of outcomes, and to whom.
namespace troupe::testing {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kOutcomeWeights[] =
    "weights { key: 'acceptance' value: 500000 } weights { key: 'own_rating' value: 500000 } ";

// "crew" seeks a director; 1, of "agency", declined another opening of crew's twice
// over and was rated one star; of 2 nothing is recorded.
class MatchOutcomesTest : public ::testing::Test {
 protected:
  MatchOutcomesTest() {
    world_.Have(Director(1).Owner("agency"));
    world_.Have(Director(2).Owner("agency"));
    world_.Have(Seeking(7));
  }

  void HaveOutcomes() {
    OutcomeHistory history{.owner = {"crew"}, .opening = {ProjectId(8), 1}, .role = "director"};
    history.Add({.profile = ProfileId(1), .kind = Outcome::Kind::kDeclined});
    history.Add({.profile = ProfileId(1), .kind = Outcome::Kind::kRated,
                 .rating_hundredths = 100});
    world_.Have(history);
  }
  std::string ExplainedTo(const std::string& organization) {
    return world_.Explain(OfProfile(1) + OfOpening(7) + kOutcomeWeights, organization)
        ->DebugString();
  }

  MatchWorld world_;
};

TEST_F(MatchOutcomesTest, AreKnownToTheProjectsOwner) {
  HaveOutcomes();
  const auto found = world_.Profiles(OfOpening(7) + kOutcomeWeights);
  EXPECT_THAT(Found(found), ::testing::ElementsAre(ProfileName(2), ProfileName(1)));
  EXPECT_GT(found->matches(0).acceptance_millionths(), found->matches(1).acceptance_millionths());
  const auto scores = world_.Profiles(OfOpening(7) + kOutcomeWeights + "detail: MATCH_DETAIL_SCORE");
  EXPECT_EQ(scores->matches(1).acceptance_millionths(),
            found->matches(1).acceptance_millionths());
  EXPECT_THAT(ExplainedTo("crew"), ::testing::HasSubstr("took 0 of 1 offer of yours"));
}

TEST_F(MatchOutcomesTest, ChangeNothingForThePersonsSide) {
  const std::string openings_before =
      world_.Openings(OfProfile(1) + kOutcomeWeights, "agency")->DebugString();
  const std::string explained_before = ExplainedTo("agency");
  HaveOutcomes();
  EXPECT_EQ(world_.Openings(OfProfile(1) + kOutcomeWeights, "agency")->DebugString(),
            openings_before);
  EXPECT_EQ(ExplainedTo("agency"), explained_before);
  EXPECT_THAT(explained_before, Not(::testing::HasSubstr("yours")));
}

TEST_F(MatchOutcomesTest, ChangeNothingForOtherCrews) {
  const std::string asked = AdHoc() + kOutcomeWeights;
  const std::string before = world_.Profiles(asked, "studio")->DebugString();
  HaveOutcomes();
  EXPECT_EQ(world_.Profiles(asked, "studio")->DebugString(), before);
}

}  // namespace
}  // namespace troupe::testing
