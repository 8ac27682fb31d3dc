#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "matcher/rank/features.h"
#include "tests/matcher/rank/asked.h"
#include "tests/testing/builders.h"

// Examples by hand of what only learned models use.
namespace troupe {
namespace {

using testing::Asked;
using testing::kAskedOn;
using testing::Labels;
using testing::OpeningBuilder;
using testing::ProfileBuilder;
using testing::ProjectBuilder;
using testing::Worked;

std::string DaysAgo(int32_t days) { return (kAskedOn - days).ToString(); }

// A film that asks for one director.
ProjectBuilder Film() { return ProjectBuilder().With(OpeningBuilder()); }
Credit Directed(absl::string_view production) {
  return Worked(production, "director", "2020-01-01");
}

int64_t Value(Feature feature, const ProjectBuilder& project, const ProfileBuilder& person,
              const std::vector<Profile>& others = {}) {
  return Asked(project, others).ValueOf(feature, person.Build());
}

Credit Played(absl::string_view production, int32_t cast_order) {
  Credit credit = Worked(production, "actor", "2020-01-01");
  credit.cast_order = cast_order;
  return credit;
}

TEST(MinorPartsTest, CountAsCreditsInAnyRoleOnly) {
  const ProjectBuilder film = ProjectBuilder().With(OpeningBuilder().Role("actor"));
  const ProfileBuilder lead = ProfileBuilder().Holds("actor").With(Played("f:1", 4));
  const ProfileBuilder minor = ProfileBuilder().Holds("actor").With(Played("f:1", 5));
  EXPECT_EQ(Value(Feature::kExperience, film, lead), 111'111);
  EXPECT_EQ(Value(Feature::kExperience, film, minor), 0);
  EXPECT_EQ(Value(Feature::kExperienceAny, film, minor), 111'111);
}

TEST(ExperienceAnyTest, CountsCreditsInAnyRole) {
  EXPECT_EQ(Value(Feature::kExperienceAny, Film(),
                  ProfileBuilder().With(Directed("f:1")).With(Worked("f:2", "other"))),
            200'000);
}

TEST(RecencyAnyTest, LooksAtTheNewestCreditInAnyRole) {
  const ProfileBuilder person = ProfileBuilder()
                                    .With(Worked("f:1", "editor", DaysAgo(1'826)))
                                    .With(Worked("f:2", "director", DaysAgo(9'000)));
  EXPECT_EQ(Value(Feature::kRecencyAny, Film(), person), 500'000);
}

// The person's one credit is the only production, and has the genre: odds 1.0001.
TEST(GenreShareTest, AddsTwoCreditsAsAllProductionsAre) {
  Credit credit = Directed("f:1");
  credit.genres = Labels({"crime"});
  const ProfileBuilder person = ProfileBuilder().Id(9).With(credit);
  EXPECT_EQ(Value(Feature::kGenreShare, Film().Genre("crime").Genre("war"), person, {person.Build()}),
            (1'000'000 + 200 / 3) / 2);
}

TEST(LanguageFitTest, IsLogarithmic) {
  Credit credit = Directed("f:1");
  credit.original_language = "yue";
  const ProfileBuilder person = ProfileBuilder().Id(9).With(credit);
  // In an empty market: (1 + 0.0001) / 2.
  EXPECT_EQ(Value(Feature::kLanguageFit, Film().OriginalLanguage("yue"), person), 869'195);
  EXPECT_EQ(Value(Feature::kLanguageFit, Film().OriginalLanguage("en"), person), 0);
  EXPECT_EQ(Value(Feature::kLanguageFit, Film(), person), 0);
}

TEST(CountryFitTest, IsTheMeanOverTheCountries) {
  Credit credit = Directed("f:1");
  credit.countries = {"CN"};
  EXPECT_EQ(Value(Feature::kCountryFit, Film().Country("CN").Country("GB"),
                  ProfileBuilder().With(credit)),
            869'195 / 2);
}

TEST(SimilarWorkTest, IsTheCubeOfTheCosine) {
  Credit same = Directed("f:1");
  same.genres = Labels({"crime"});
  EXPECT_EQ(Value(Feature::kSimilarWork, Film().Genre("crime"), ProfileBuilder().With(same)),
            952'380);  // 1 : 1.05
  Credit half = Directed("f:2");
  half.genres = Labels({"crime", "war", "comedy", "drama"});
  // A cosine of a half: an eighth.
  EXPECT_EQ(Value(Feature::kSimilarWork, Film().Genre("crime"), ProfileBuilder().With(half)),
            714'285);
  same.role = "writer";
  EXPECT_EQ(Value(Feature::kSimilarWork, Film().Genre("crime"), ProfileBuilder().With(same)), 0);
}

TEST(GenreMixTest, IsAHalfAfterThreeCreditsOfJustThisMix) {
  ProfileBuilder person;
  for (absl::string_view production : {"f:1", "f:2", "f:3"}) {
    Credit same = Directed(production);
    same.genres = Labels({"war", "crime"});
    person.With(same);
  }
  EXPECT_EQ(Value(Feature::kGenreMix, Film().Genre("crime").Genre("war"), person), 500'000);
}

TEST(GenreMixTest, IsTheFourthPowerOfTheShareInCommon) {
  Credit credit = Directed("f:1");
  credit.genres = Labels({"crime", "war"});
  const ProfileBuilder person = ProfileBuilder().With(credit);
  // A half of it: a 16th, 62,500 : 3,062,500.
  EXPECT_EQ(Value(Feature::kGenreMix, Film().Genre("crime"), person), 20'408);
  // A third, rounded down at each step: 333,333, 111,110, 12,345.
  EXPECT_EQ(Value(Feature::kGenreMix, Film().Genre("crime").Genre("comedy"), person), 4'098);
  EXPECT_EQ(Value(Feature::kGenreMix, Film().Genre("comedy"), person), 0);
  EXPECT_EQ(Value(Feature::kGenreMix, Film(), person), 0);
}

TEST(GenreMixTest, LooksAtCreditsInTheRoleBeforeTheDayOnly) {
  Credit written = Worked("f:1", "writer", "2020-01-01");
  written.genres = Labels({"crime"});
  Credit today = Worked("f:2", "director", DaysAgo(0));
  today.genres = Labels({"crime"});
  EXPECT_EQ(Value(Feature::kGenreMix, Film().Genre("crime"),
                  ProfileBuilder().With(written).With(today)),
            0);
}

TEST(CompanyInRoleTest, LeavesOtherRolesOut) {
  Credit credit = Directed("f:1");
  credit.companies = Labels({"c"});
  Credit other = Worked("f:2", "editor", "2020-01-01");
  other.companies = Labels({"c"});
  const ProfileBuilder person = ProfileBuilder().With(credit).With(other);
  EXPECT_EQ(Value(Feature::kCompany, Film().Company("c"), person), 666'666);
  EXPECT_EQ(Value(Feature::kCompanyInRole, Film().Company("c"), person), 500'000);
}

TEST(RecentCompanyTest, CountsFreshCredits) {
  Credit credit = Worked("f:1", "editor", DaysAgo(1'461));
  credit.companies = Labels({"c"});
  // Fresh by a half, squared: a quarter, which with the half is a third.
  EXPECT_EQ(Value(Feature::kRecentCompany, Film().Company("c"), ProfileBuilder().With(credit)),
            333'333);
}

// A writer of f:1 and f:2 is attached, and somebody who is not known.
ProjectBuilder FilmWithWriter() {
  return Film().Attach(7, "writer").Attach(8, "producer");
}
Profile Writer() {
  return ProfileBuilder()
      .Id(7)
      .With(Worked("f:1", "writer", "2020-01-01"))
      .With(Worked("f:2", "editor", "2020-01-01"))
      .Build();
}

TEST(CollaborationInRoleTest, CountsPairsOfRoles) {
  EXPECT_EQ(Value(Feature::kCollaborationInRole, FilmWithWriter(),
                  ProfileBuilder().With(Directed("f:1")).With(Directed("f:2")), {Writer()}),
            500'000);
}

TEST(ColleaguesTest, IsTheShareOfThoseAttached) {
  EXPECT_EQ(Value(Feature::kColleagues, FilmWithWriter(),
                  ProfileBuilder().With(Worked("f:2", "gaffer")), {Writer()}),
            500'000);
}

TEST(LoyaltyTest, IsTheShareOfTheColleaguesWork) {
  EXPECT_EQ(Value(Feature::kLoyalty, FilmWithWriter(), ProfileBuilder().With(Directed("f:2")),
                  {Writer()}),
            625'000);  // Half of it: 0.5 : 0.8.
  EXPECT_EQ(Value(Feature::kLoyalty, FilmWithWriter(), ProfileBuilder().With(Worked("f:2", "gaffer")),
                  {Writer()}),
            0);
}

TEST(RecentCollaborationTest, TakesTheFreshestCredit) {
  EXPECT_EQ(Value(Feature::kRecentCollaboration, FilmWithWriter(),
                  ProfileBuilder()
                      .With(Worked("f:1", "director", DaysAgo(1'461)))
                      .With(Worked("f:1", "producer", DaysAgo(9'000))),
                  {Writer()}),
            333'333);
}

TEST(AttachedTest, IsOneForWhoIsOnTheProject) {
  EXPECT_EQ(Value(Feature::kAttached, FilmWithWriter(), ProfileBuilder().Id(7)), 1'000'000);
  EXPECT_EQ(Value(Feature::kAttached, FilmWithWriter(), ProfileBuilder().Id(9)), 0);
}

TEST(ClosenessTest, FollowsProductionsToColleaguesOfColleagues) {
  const Profile writer =
      ProfileBuilder().Id(7).With(Worked("f:1", "writer", "2020-01-01")).Build();
  const Profile between = ProfileBuilder()
                              .Id(8)
                              .With(Worked("f:1", "editor", "2020-01-01"))
                              .With(Worked("f:2", "editor", "2020-01-01"))
                              .Build();
  const ProjectBuilder film = Film().Attach(7, "writer");
  const ProfileBuilder far = ProfileBuilder().Id(9).With(Directed("f:2"));
  // To f:1, to one of its two people, to one of that person's two productions: a
  // quarter, whose root is a half: 0.5 : 0.6.
  EXPECT_EQ(Value(Feature::kCloseness, film, far, {writer, between}), 833'333);
  EXPECT_EQ(Value(Feature::kCloseness, film,
                  ProfileBuilder().Id(9).With(Worked("f:2", "gaffer")), {writer, between}),
            0);  // Not in the role.
  Profile hidden = between;
  hidden.ownership.findability = Findability::kHidden;
  EXPECT_EQ(Value(Feature::kCloseness, film, far, {writer, hidden}), 0);
}

}  // namespace
}  // namespace troupe
