#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/services/matching/match_world.h"

namespace troupe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

std::string Both() { return OfProfile(1) + OfOpening(1); }

TEST(ExplainMatchTest, ScoresWhoFitsAsFindProfilesDoes) {
  MatchWorld world;
  world.Have(Director(1).Knows("dance", 2));
  world.Have(Seeking(1, OpeningBuilder().Wants("dance", 4)));
  const auto answer = world.Explain(Both()).value();
  EXPECT_TRUE(answer.eligible());
  EXPECT_EQ(answer.failures_size(), 0);
  EXPECT_EQ(answer.not_offered(), "");
  EXPECT_EQ(answer.match().rank(), 0);
  EXPECT_EQ(answer.match().profile_summary().display_name(), "Profile 1");
  EXPECT_EQ(answer.match().opening_summary().project_title(), "Project 1");
  EXPECT_EQ(answer.match().score_millionths(),
            world.Profiles(OfOpening(1))->matches(0).score_millionths());
  EXPECT_EQ(answer.match().score_millionths(), SumOfContributions(answer.match()));
}

TEST(ExplainMatchTest, NamesEachFailureAndChangesThatTogetherMendThem) {
  MatchWorld world;
  world.Have(Director(1).Rate("director", 1200).Busy("2026-03-01", 5));
  world.Have(Seeking(1, OpeningBuilder().Ceiling(1000).Language("zh").AllDays("2026-03-01", 2)));
  const auto answer = world.Explain(Both()).value();
  EXPECT_FALSE(answer.eligible());
  ASSERT_THAT(RequirementsOf(answer.failures()),
              ElementsAre(v1::REQUIREMENT_CALENDAR, v1::REQUIREMENT_DAY_RATE,
                          v1::REQUIREMENT_LANGUAGES));
  EXPECT_EQ(answer.failures(0).change().reschedule().shift_window_days(), 5);
  EXPECT_EQ(answer.failures(1).change().raise_pay_ceiling().units(), 200);
  EXPECT_THAT(answer.failures(2).change().learn_languages().words(), ElementsAre("zh"));
  world.Have(Director(1).Rate("director", 1200).Busy("2026-03-01", 5).Speaks("zh"));
  world.Have(Seeking(1, OpeningBuilder().Ceiling(1200).Language("zh").AllDays("2026-03-06", 2)));
  EXPECT_TRUE(world.Explain(Both())->eligible());
}

TEST(ExplainMatchTest, ScoresEvenWhoDoesNotHoldTheRole) {
  MatchWorld world;
  world.Have(ProfileBuilder().Id(1).Holds("editor"));
  const auto answer = world.Explain(OfProfile(1) + AdHoc()).value();
  EXPECT_THAT(RequirementsOf(answer.failures()), ElementsAre(v1::REQUIREMENT_ROLE));
  EXPECT_EQ(answer.failures(0).change().grow_into(), "director");
  EXPECT_EQ(answer.match().profile_summary().level(), 0);
  EXPECT_EQ(answer.match().features_size(), 16);
}

TEST(ExplainMatchTest, AnswersTheOwnerOfEitherSide) {
  MatchWorld world;
  world.Have(Director(1).Owner("agent"));
  world.Have(Seeking(1).Owner("studio"));
  for (const char* owner : {"agent", "studio"}) {
    EXPECT_TRUE(world.Explain(Both(), owner)->eligible()) << owner;
  }
}

TEST(ExplainMatchTest, TellsTheProfilesOwnerThatThePersonHides) {
  MatchWorld world;
  world.Have(Director(1).Owner("agent").Hidden());
  world.Have(Seeking(1).Owner("studio"));
  const auto answer = world.Explain(Both(), "agent").value();
  ASSERT_THAT(RequirementsOf(answer.failures()), ElementsAre(v1::REQUIREMENT_CONSENT));
  EXPECT_TRUE(answer.failures(0).change().become_findable());
  EXPECT_THAT(world.Explain(Both(), "studio"),
              FailsWith(absl::StatusCode::kNotFound, "PROFILE_NOT_FOUND"));
}

TEST(ExplainMatchTest, TellsTheProfilesOwnerThatThePersonBlocks) {
  MatchWorld world;
  world.Have(Director(1).Owner("agent").Blocks("studio"));
  world.Have(Seeking(1).Owner("studio"));
  const auto answer = world.Explain(Both(), "agent").value();
  ASSERT_THAT(RequirementsOf(answer.failures()), ElementsAre(v1::REQUIREMENT_BLOCKED));
  EXPECT_TRUE(answer.failures(0).change().unblock().profile_allows_organization());
  EXPECT_THAT(world.Explain(Both(), "studio"),
              FailsWith(absl::StatusCode::kNotFound, "PROFILE_NOT_FOUND"));
}

TEST(ExplainMatchTest, KeepsFromThePersonsOwnerThatTheProjectExcludesThePerson) {
  MatchWorld world;
  world.Have(Director(1).Owner("agent"));
  world.Have(Seeking(1).Owner("studio").BlocksProfile(1));
  const absl::Status excluded = world.Explain(Both(), "agent").status();
  const auto owners = world.Explain(Both(), "studio").value();
  world.Have(Seeking(1).Owner("studio").Hidden());
  EXPECT_EQ(excluded, world.Explain(Both(), "agent").status());
  EXPECT_THAT(excluded, FailsWith(absl::StatusCode::kNotFound, "OPENING_NOT_FOUND"));
  ASSERT_THAT(RequirementsOf(owners.failures()), ElementsAre(v1::REQUIREMENT_BLOCKED));
  EXPECT_TRUE(owners.failures(0).change().unblock().project_allows_profile());
}

TEST(ExplainMatchTest, SaysWhyAnOpeningIsNotOffered) {
  MatchWorld world;
  world.Have(Director(1));
  const auto not_offered = [&](const ProjectBuilder& project) {
    world.Have(project);
    return world.Explain(Both())->not_offered();
  };
  EXPECT_EQ(not_offered(Seeking(1, OpeningBuilder().Draft())), "draft");
  EXPECT_EQ(not_offered(Seeking(1, OpeningBuilder().Closed())), "closed");
  EXPECT_EQ(not_offered(Seeking(1, OpeningBuilder().Seats(1, 9))), "filled");
  EXPECT_EQ(not_offered(Seeking(1, OpeningBuilder().AllDays("2026-02-28", 1))), "past");
  EXPECT_EQ(not_offered(Seeking(1).Attach(1, "editor")), "attached");
  EXPECT_EQ(not_offered(Seeking(1).Attach(2, "editor")), "");
}

TEST(ExplainMatchTest, NamesAttachedPeopleToTheProjectsOwnerOnly) {
  MatchWorld world;
  world.Have(Director(1).Owner("agent").With(Worked("tea", "director", "2025-01-01")));
  world.Have(ProfileBuilder().Id(2).Holds("editor").With(Worked("tea", "editor", "2025-01-01")));
  world.Have(Seeking(1).Owner("studio").Attach(2, "editor"));
  const auto studios = world.Explain(Both(), "studio").value();
  const auto agents = world.Explain(Both(), "agent").value();
  EXPECT_THAT(PeopleNamedBy(studios.match()), ElementsAre(ProfileName(2)));
  EXPECT_THAT(PeopleNamedBy(agents.match()), IsEmpty());
  EXPECT_EQ(agents.match().score_millionths(), studios.match().score_millionths());
}

TEST(PoolStatisticsTest, CountsWhatThePoolHolds) {
  MatchWorld world;
  world.Have(Director(1).Holds("editor").With(Worked("tea", "director")));
  world.Have(Director(2).With(Worked("tea", "editor")).With(Worked("rice", "editor")));
  world.Have(Director(3).Hidden().With(Worked("salt", "editor")));
  world.Have(Seeking(1).With(OpeningBuilder().Closed()).With(OpeningBuilder().Seats(1, 1)));
  const v1::PoolStatistics counted = world.Statistics();
  EXPECT_EQ(counted.profiles(), 3);
  EXPECT_EQ(counted.projects(), 1);
  EXPECT_EQ(counted.openings(), 1);
  EXPECT_EQ(counted.credits(), 4);
  EXPECT_EQ(counted.productions(), 2);
  EXPECT_THAT(counted.role_profiles(),
              UnorderedElementsAre(Pair("director", 3), Pair("editor", 1)));
  EXPECT_GT(counted.pool_bytes(), 0);
  EXPECT_GT(counted.pool_segments(), 0);
  EXPECT_EQ(Difference(counted.today(), FromText<v1::Date>("year: 2026 month: 3 day: 1")), "");
}

TEST(PoolStatisticsTest, GivesEqualContentsOneDigest) {
  MatchWorld one, other;
  one.Have(Director(1));
  one.Have(Director(2));
  other.Have(Director(2).Home("xian"));
  other.Have(Director(1));
  EXPECT_THAT(one.Statistics().digest(), MatchesRegex("[0-9a-f]{16}"));
  EXPECT_NE(one.Statistics().digest(), other.Statistics().digest());
  other.Have(Director(2));
  EXPECT_EQ(one.Statistics().digest(), other.Statistics().digest());
}

}  // namespace
}  // namespace troupe::testing
