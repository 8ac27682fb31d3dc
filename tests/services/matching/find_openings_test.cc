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

// A world with the director 1 of "crew".
class FindOpeningsTest : public ::testing::Test {
 protected:
  FindOpeningsTest() { world_.Have(Director(1).Knows("dance", 3).TravelsAnywhere()); }

  absl::StatusOr<v1::FindOpeningsResponse> Ask(const std::string& text = "") {
    return world_.Openings(OfProfile(1) + text);
  }

  MatchWorld world_;
};

TEST_F(FindOpeningsTest, RanksTheBetterFitFirst) {
  world_.Have(Seeking(1, OpeningBuilder().Wants("dance", 5)));
  world_.Have(Seeking(2, OpeningBuilder().Wants("dance", 3)));
  const auto answer = Ask();
  EXPECT_THAT(Found(answer), ElementsAre(OpeningName(2), OpeningName(1)));
  EXPECT_EQ(answer->matches(0).rank(), 1);
  EXPECT_EQ(answer->matches(0).profile(), ProfileName(1));
  EXPECT_GT(answer->matches(0).score_millionths(), answer->matches(1).score_millionths());
  EXPECT_EQ(answer->matches(0).score_millionths(), SumOfContributions(answer->matches(0)));
}

TEST_F(FindOpeningsTest, GivesTiesToTheLowerName) {
  for (uint64_t project : {2, 1}) {
    world_.Have(Seeking(project).With(OpeningBuilder()));
  }
  EXPECT_THAT(Found(Ask()), ElementsAre(OpeningName(1, 1), OpeningName(1, 2), OpeningName(2, 1),
                                        OpeningName(2, 2)));
}

TEST_F(FindOpeningsTest, ScoresAPairAsFindProfilesDoes) {
  world_.Have(Seeking(1, OpeningBuilder().Wants("dance", 5)));
  EXPECT_EQ(Ask()->matches(0).score_millionths(),
            world_.Profiles(OfOpening(1))->matches(0).score_millionths());
}

TEST_F(FindOpeningsTest, SumsUpTheOpening) {
  world_.Have(Seeking(1, OpeningBuilder().Headcount(3).Seats(1, 9).Ceiling(900)
                             .AllDays("2026-03-05", 2)).Titled("Tea").Place("xian"));
  EXPECT_EQ(Difference(Ask()->matches(0).opening_summary(),
                       FromText<v1::OpeningSummary>(
                           "project_title: 'Tea' role: 'director' place: 'xian' open_seats: 2 "
                           "dates { start { year: 2026 month: 3 day: 5 } "
                           "        limit { year: 2026 month: 3 day: 7 } } "
                           "pay_ceiling { currency_code: 'CNY' units: 900 }")),
            "");
}

TEST_F(FindOpeningsTest, OffersOnlyWhatIsOffered) {
  world_.Have(Seeking(1, OpeningBuilder().Draft()));
  world_.Have(Seeking(2, OpeningBuilder().Closed()));
  world_.Have(Seeking(3, OpeningBuilder().Seats(1, 9)));
  world_.Have(Seeking(4, OpeningBuilder().AllDays("2026-02-28", 1)));
  world_.Have(Seeking(5, OpeningBuilder().AllDays("2027-04-05", 1)));  // Past the calendars.
  world_.Have(Seeking(6, OpeningBuilder().AllDays("2027-04-04", 1)));
  const auto answer = Ask("want_total: true");
  EXPECT_THAT(Found(answer), ElementsAre(OpeningName(6)));
  EXPECT_EQ(answer->total(), 1);
}

TEST_F(FindOpeningsTest, NeitherOffersNorCountsWhatDoesNotExistForTheAsker) {
  world_.Have(Seeking(1).Owner("studio").Place("xian").Hidden());
  world_.Have(Seeking(2).Owner("studio").Place("xian").Blocks("crew"));
  world_.Have(Seeking(3).Owner("studio").Place("xian").BlocksProfile(1));
  world_.Have(Seeking(4, OpeningBuilder().Draft()).Owner("studio"));
  const auto answer = Ask("want_total: true want_facets: true");
  EXPECT_THAT(Found(answer), IsEmpty());
  EXPECT_EQ(answer->total(), 0);
  EXPECT_THAT(FacetOf(*answer, "place"), IsEmpty());
  EXPECT_EQ(answer->empty().considered(), 0);
  EXPECT_EQ(answer->empty().failures_size(), 0);
}

TEST_F(FindOpeningsTest, TellsThatThePersonBlocksWhomTheProjectIsOf) {
  world_.Have(Director(1).Blocks("studio"));
  world_.Have(Seeking(1).Owner("studio"));
  EXPECT_THAT(RequirementsOf(Ask()->empty().failures()), ElementsAre(v1::REQUIREMENT_BLOCKED));
}

TEST_F(FindOpeningsTest, LeavesOutWhereThePersonIsAttachedUnlessAsked) {
  world_.Have(Seeking(1).Attach(1, "editor"));
  EXPECT_THAT(Found(Ask()), IsEmpty());
  EXPECT_EQ(Ask()->empty().considered(), 0);
  EXPECT_THAT(Found(Ask("include_attached: true")), SizeIs(1));
}

TEST_F(FindOpeningsTest, CountsByRoleAndPlaceBeyondThePage) {
  world_.Have(Director(1).Holds("editor").TravelsAnywhere());
  world_.Have(Seeking(1).Place("xian"));
  world_.Have(Seeking(2).Place("xian"));
  world_.Have(Seeking(3, OpeningBuilder().Role("editor")).Place("beijing"));
  const auto answer = Ask("page_size: 1 want_total: true want_facets: true").value();
  EXPECT_EQ(answer.matches_size(), 1);
  EXPECT_EQ(answer.total(), 3);
  EXPECT_THAT(FacetOf(answer, "role"),
              UnorderedElementsAre(Pair("director", 2), Pair("editor", 1)));
  EXPECT_THAT(FacetOf(answer, "place"), UnorderedElementsAre(Pair("xian", 2), Pair("beijing", 1)));
}

TEST_F(FindOpeningsTest, SaysWhyNothingFitsAndWhatWouldChangeThat) {
  world_.Have(Director(1).Speaks("zh"));
  world_.Have(Seeking(1, OpeningBuilder().Language("en")));
  const auto empty = Ask()->empty();
  EXPECT_EQ(empty.considered(), 1);
  EXPECT_THAT(empty.text(), HasSubstr("The only opening in question does not fit"));
  ASSERT_THAT(RequirementsOf(empty.nearest()), ElementsAre(v1::REQUIREMENT_LANGUAGES));
  EXPECT_THAT(empty.nearest(0).change().learn_languages().words(), ElementsAre("en"));
  world_.Have(Director(1).Speaks("zh").Speaks("en"));
  EXPECT_THAT(Found(Ask()), ElementsAre(OpeningName(1)));
}

TEST_F(FindOpeningsTest, SaysWhenNothingIsOfferedInTheRoles) {
  EXPECT_THAT(Ask()->empty().text(), HasSubstr("Director"));
  world_.Have(ProfileBuilder().Id(1));
  EXPECT_THAT(Ask()->empty().text(), HasSubstr("no role"));
}

TEST_F(FindOpeningsTest, NamesNobodyOfAnotherOrganizationsProject) {
  world_.Have(Director(1).With(Worked("tea", "director", "2025-01-01")));
  world_.Have(ProfileBuilder().Id(2).Holds("editor").With(Worked("tea", "editor", "2025-01-01")));
  world_.Have(Seeking(1).Attach(2, "editor"));
  EXPECT_THAT(PeopleNamedBy(Ask()->matches(0)), ElementsAre(ProfileName(2)));
  world_.Have(Seeking(1).Owner("studio").Attach(2, "editor"));
  ASSERT_THAT(Found(Ask()), SizeIs(1));
  EXPECT_THAT(PeopleNamedBy(Ask()->matches(0)), IsEmpty());
}

}  // namespace
}  // namespace troupe::testing
