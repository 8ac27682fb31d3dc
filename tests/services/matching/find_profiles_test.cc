#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/services/matching/match_world.h"

namespace troupe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

// Gives a score to skills only.
constexpr char kSkillsOnly[] = "weights { key: 'skills' value: 1000000 } ";
constexpr char kWantsDance[] = "skills { skill: 'dance' level: 4 } ";

TEST(FindProfilesTest, RanksTheBetterFitFirst) {
  MatchWorld world;
  for (uint64_t id : {1, 4, 2}) world.Have(Director(id).Knows("dance", static_cast<int32_t>(id)));
  const auto answer = world.Profiles(AdHoc(kWantsDance));
  EXPECT_THAT(Found(answer), ElementsAre(ProfileName(4), ProfileName(2), ProfileName(1)));
  EXPECT_EQ(answer->matches(0).rank(), 1);
  EXPECT_EQ(answer->matches(2).rank(), 3);
  EXPECT_GT(answer->matches(0).score_millionths(), answer->matches(1).score_millionths());
}

TEST(FindProfilesTest, GivesTiesToTheLowerName) {
  MatchWorld world;
  for (uint64_t id : {3, 1, 2}) world.Have(Director(id));
  EXPECT_THAT(Found(world.Profiles(AdHoc())),
              ElementsAre(ProfileName(1), ProfileName(2), ProfileName(3)));
}

TEST(FindProfilesTest, AddsUpTheScoreFromAllFeatures) {
  MatchWorld world;
  world.Have(Director(1).Knows("dance", 3).Rate("director", 900).Speaks("zh"));
  const auto answer = world.Profiles(AdHoc(kWantsDance));
  const v1::Match& match = answer->matches(0);
  EXPECT_EQ(match.features_size(), 16);
  EXPECT_GT(match.score_millionths(), 0);
  EXPECT_EQ(match.score_millionths(), SumOfContributions(match));
}

TEST(FindProfilesTest, SumsUpThePersonInTheRole) {
  MatchWorld world;
  world.Have(ProfileBuilder().Named("Ada").Home("xian").Holds("director", 4, 6)
                 .Rate("director", 900).With(Worked("past", "director", "2025-01-01"))
                 .With(Worked("later", "director", "2026-03-01"))
                 .With(Worked("other", "editor", "2025-01-01")));
  EXPECT_EQ(Difference(world.Profiles(AdHoc())->matches(0).profile_summary(),
                       FromText<v1::ProfileSummary>(
                           "display_name: 'Ada' home_place: 'xian' level: 4 years: 6 "
                           "day_rate { currency_code: 'CNY' units: 900 } role_credits: 1")),
            "");
}

TEST(FindProfilesTest, AnswersForAStoredOpeningAsForTheSameInTheRequest) {
  MatchWorld world;
  world.Have(Director(1).Knows("dance", 2));
  world.Have(Seeking(1, OpeningBuilder().Wants("dance", 4)));
  auto stored = world.Profiles(OfOpening(1)).value();
  EXPECT_EQ(stored.matches(0).opening(), OpeningName(1));
  stored.mutable_matches(0)->clear_opening();
  EXPECT_EQ(Difference(stored, *world.Profiles(AdHoc(kWantsDance))), "");
}

TEST(FindProfilesTest, CountsBeyondThePage) {
  MatchWorld world;
  for (uint64_t id = 1; id <= 21; ++id) world.Have(Director(id));
  EXPECT_THAT(Found(world.Profiles(AdHoc() + "want_total: true")), SizeIs(20));
  EXPECT_THAT(Found(world.Profiles(AdHoc() + "page_size: 2")), SizeIs(2));
  EXPECT_EQ(world.Profiles(AdHoc() + "page_size: 2 want_total: true")->total(), 21);
  EXPECT_FALSE(world.Profiles(AdHoc())->has_total());
}

TEST(FindProfilesTest, CountsWhatTheEligibleHave) {
  MatchWorld world;
  world.Have(ProfileBuilder().Id(1).Holds("director", 4).Home("xian").Speaks("zh").Speaks("en"));
  world.Have(Director(2).Home("xian").Speaks("zh").Held("2026-03-02", 1));
  world.Have(Director(3).Home("beijing").Speaks("zh").Busy("2026-03-02", 1));
  const auto answer = world.Profiles(AdHoc(Until("2026 3 5")) + "want_facets: true").value();
  EXPECT_THAT(FacetOf(answer, "home_place"), UnorderedElementsAre(Pair("xian", 2)));
  EXPECT_THAT(FacetOf(answer, "level"), UnorderedElementsAre(Pair("4", 1), Pair("3", 1)));
  EXPECT_THAT(FacetOf(answer, "language"), UnorderedElementsAre(Pair("zh", 2), Pair("en", 1)));
  EXPECT_THAT(FacetOf(answer, "contended"),
              UnorderedElementsAre(Pair("true", 1), Pair("false", 1)));
}

TEST(FindProfilesTest, CountsTheDaysThatSomebodyHolds) {
  MatchWorld world;
  world.Have(Director(1).Held("2026-03-02", 2));
  EXPECT_EQ(world.Profiles(AdHoc(Until("2026 3 10")))->matches(0).contended_days(), 2);
}

TEST(FindProfilesTest, MarksWhoGrowsIntoTheRole) {
  MatchWorld world;
  world.Have(ProfileBuilder().Id(1).GrowsInto("director"));
  EXPECT_THAT(Found(world.Profiles(AdHoc())), IsEmpty());
  EXPECT_TRUE(world.Profiles(AdHoc("trainees_allowed: true"))->matches(0).trainee());
}

TEST(FindProfilesTest, LeavesOutWhoIsAttachedUnlessAsked) {
  MatchWorld world;
  for (uint64_t id : {1, 2, 3, 4}) world.Have(Director(id));
  world.Have(Seeking(1, OpeningBuilder().Attach(2, "editor")).Attach(1, "editor"));
  const std::string question = OfOpening(1) + AttachedAs(3, "editor") + "want_total: true ";
  const auto answer = world.Profiles(question);
  EXPECT_THAT(Found(answer), ElementsAre(ProfileName(4)));
  EXPECT_EQ(answer->total(), 1);
  EXPECT_THAT(Found(world.Profiles(question + "include_attached: true")), SizeIs(4));
}

TEST(FindProfilesTest, LeavesOutWhoSitsOnTheOpening) {
  MatchWorld world;
  world.Have(Director(1));
  world.Have(Seeking(1, OpeningBuilder().Headcount(2).Seats(1, 1)));
  EXPECT_THAT(Found(world.Profiles(OfOpening(1))), IsEmpty());
}

TEST(FindProfilesTest, NamesToTheOwnerWithWhomSomebodyWorked) {
  MatchWorld world;
  world.Have(Director(1).With(Worked("tea", "director", "2025-01-01")));
  world.Have(ProfileBuilder().Id(2).Holds("editor").With(Worked("tea", "editor", "2025-01-01")));
  const auto answer = world.Profiles(AdHoc() + AttachedAs(2, "editor"));
  EXPECT_THAT(PeopleNamedBy(answer->matches(0)), ElementsAre(ProfileName(2)));
}

TEST(FindProfilesTest, ScoresByTheWeightsOfTheRequest) {
  MatchWorld world;
  world.Have(Director(1).Knows("dance", 4));
  const auto answer = world.Profiles(AdHoc(kWantsDance) + kSkillsOnly);
  EXPECT_EQ(answer->matches(0).score_millionths(), 1'000'000);
  EXPECT_EQ(SumOfContributions(answer->matches(0)), 1'000'000);
}

TEST(FindProfilesTest, GoesByTheDayOfTheQuestion) {
  MatchWorld world;
  world.Have(Director(1).With(Worked("tea", "director", "2026-02-01")));
  const auto before = world.Profiles(AdHoc() + "as_of { year: 2026 month: 1 day: 31 }").value();
  EXPECT_EQ(before.matches(0).profile_summary().role_credits(), 0);
  EXPECT_EQ(before.as_of().day(), 31);
  EXPECT_EQ(world.Profiles(AdHoc())->as_of().day(), 1);
}

TEST(FindProfilesTest, SaysWhyNobodyFitsAndWhatWouldChangeThat) {
  MatchWorld world;
  world.Have(Director(1).Rate("director", 1500));
  world.Have(Director(2).Rate("director", 1200));
  const auto ceiling = [](int64_t units) {
    return AdHoc(absl::StrCat("pay_ceiling { currency_code: 'CNY' units: ", units, " }"));
  };
  const auto empty = world.Profiles(ceiling(1000))->empty();
  EXPECT_EQ(empty.considered(), 2);
  EXPECT_THAT(empty.text(), HasSubstr("None of 2 people"));
  EXPECT_THAT(RequirementsOf(empty.failures()), ElementsAre(v1::REQUIREMENT_DAY_RATE));
  ASSERT_THAT(RequirementsOf(empty.nearest()), ElementsAre(v1::REQUIREMENT_DAY_RATE));
  const int64_t raise = empty.nearest(0).change().raise_pay_ceiling().units();
  EXPECT_THAT(Found(world.Profiles(ceiling(1000 + raise))), ElementsAre(ProfileName(2)));
  EXPECT_THAT(Found(world.Profiles(ceiling(1000 + raise - 1))), IsEmpty());
}

TEST(FindProfilesTest, SaysWhenNobodyHoldsTheRole) {
  MatchWorld world;
  const auto empty = world.Profiles(AdHoc())->empty();
  EXPECT_EQ(empty.considered(), 0);
  EXPECT_THAT(empty.text(), HasSubstr("Director"));
  EXPECT_EQ(empty.nearest_size(), 0);
}

TEST(FindProfilesTest, NeitherFindsNorCountsWhoDoesNotExistForTheAsker) {
  MatchWorld world;
  world.Have(Director(1).Home("xian").Speaks("zh").Hidden());
  world.Have(Director(2).Home("xian").Speaks("zh").Blocks("studio"));
  const auto answer = world.Profiles(AdHoc() + "want_total: true want_facets: true", "studio");
  EXPECT_THAT(Found(answer), IsEmpty());
  EXPECT_EQ(answer->total(), 0);
  EXPECT_THAT(FacetOf(*answer, "home_place"), IsEmpty());
  EXPECT_THAT(FacetOf(*answer, "language"), IsEmpty());
  EXPECT_EQ(answer->empty().considered(), 0);
  EXPECT_EQ(answer->empty().failures_size(), 0);
  EXPECT_THAT(Found(world.Profiles(AdHoc())), SizeIs(2));  // Their owner asks.
}

}  // namespace
}  // namespace troupe::testing
