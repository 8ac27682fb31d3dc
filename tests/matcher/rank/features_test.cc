#include "matcher/rank/features.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "matcher/domain/gazetteer.h"
#include "tests/matcher/rank/asked.h"
#include "tests/testing/builders.h"

// Examples by hand; those of the scoring document are among them.
namespace troupe {
namespace {

using testing::Asked;
using testing::Cny;
using testing::D;
using testing::kAskedOn;
using testing::Labels;
using testing::OpeningBuilder;
using testing::ProfileBuilder;
using testing::ProjectBuilder;
using testing::Worked;

int64_t Value(Feature feature, const ProjectBuilder& project, const ProfileBuilder& profile) {
  return Asked(project).ValueOf(feature, profile.Build());
}

// The project asks for one director and nothing else.
ProjectBuilder Film() { return ProjectBuilder().With(OpeningBuilder()); }
ProjectBuilder Film(const OpeningBuilder& opening) { return ProjectBuilder().With(opening); }

std::string DaysAgo(int32_t days) { return (kAskedOn - days).ToString(); }

Credit Directed(absl::string_view production, absl::string_view date = "2020-01-01") {
  return Worked(production, "director", date);
}

Credit With(Credit credit, std::vector<std::string> genres, std::vector<std::string> tags = {},
            std::vector<std::string> companies = {}) {
  credit.genres = Labels(std::move(genres));
  credit.tags = Labels(std::move(tags));
  credit.companies = Labels(std::move(companies));
  return credit;
}

// --- skills ---

TEST(SkillsTest, CountRequiredOnesTwiceAndNoMoreThanWanted) {
  EXPECT_EQ(Value(Feature::kSkills, Film(OpeningBuilder().Requires("riding", 3).Wants("singing", 2)),
                  ProfileBuilder().Knows("riding", 4).Knows("singing", 1)),
            875'000);
}

TEST(SkillsTest, AreMetWhereNoneIsWanted) {
  EXPECT_EQ(Value(Feature::kSkills, Film(), ProfileBuilder()), 1'000'000);
}

TEST(SkillsTest, RoundDown) {
  EXPECT_EQ(Value(Feature::kSkills, Film(OpeningBuilder().Wants("riding", 3)),
                  ProfileBuilder().Knows("riding", 2)),
            666'666);
}

// --- genres ---

TEST(GenresTest, AreTheMeanOverTheGenresOfCreditsAndDeclarations) {
  ProfileBuilder person;
  person.Genre("crime");
  for (const char* film : {"f:1", "f:2", "f:3"}) {
    person.With(With(Worked(film, "writer", "2020-01-01"), {"crime"}));
  }
  EXPECT_EQ(Value(Feature::kGenres, Film().Genre("crime").Genre("comedy"), person), 400'000);
}

TEST(GenresTest, GiveADeclaredStyleAHalf) {
  EXPECT_EQ(Value(Feature::kGenres, Film().Style("noir"), ProfileBuilder().Style("noir")), 500'000);
}

TEST(GenresTest, AreTheOpeningsOwnWhereItStatesSome) {
  EXPECT_EQ(Value(Feature::kGenres, Film(OpeningBuilder().Genre("comedy")).Genre("crime"),
                  ProfileBuilder().Genre("comedy")),
            500'000);
}

TEST(GenresTest, AreNothingWhereNoneIsStated) {
  EXPECT_EQ(Value(Feature::kGenres, Film(), ProfileBuilder().Genre("crime")), 0);
}

// --- experience ---

TEST(ExperienceTest, SaturatesInCreditsAndYears) {
  ProfileBuilder person;
  person.Holds("director", 3, 3);
  for (const char* film : {"f:1", "f:2", "f:3", "f:4", "f:5"}) person.With(Directed(film));
  EXPECT_EQ(Value(Feature::kExperience, Film(), person), 500'000);
}

TEST(ExperienceTest, IgnoresOtherRolesAndTheFuture) {
  EXPECT_EQ(Value(Feature::kExperience, Film(),
                  ProfileBuilder()
                      .With(Worked("f:1", "writer", "2020-01-01"))
                      .With(Worked("f:2", "other", "2020-01-01"))
                      .With(Directed("f:3", DaysAgo(0)))),
            0);
}

TEST(ExperienceTest, CountsUndatedCredits) {
  EXPECT_EQ(Value(Feature::kExperience, Film(), ProfileBuilder().With(Directed("f:1", ""))),
            111'111);
}

// --- rating ---

TEST(RatingTest, IsShrunkTowardsThreeAndAHalfStars) {
  EXPECT_EQ(Value(Feature::kRating, Film(), ProfileBuilder().Rated(10, 5'000)), 812'500);
}

TEST(RatingTest, IsThatOfThreeAndAHalfStarsWithoutRatings) {
  EXPECT_EQ(Value(Feature::kRating, Film(), ProfileBuilder()), 625'000);
}

// --- place ---

TEST(PlaceTest, DecaysWithDistance) {
  const Gazetteer& places = ShippedPlaces();
  const int64_t km = places.DistanceKm(places.IndexOf("xian"), places.IndexOf("hengdian"));
  EXPECT_EQ(Value(Feature::kPlace, Film().Place("hengdian"), ProfileBuilder().Home("xian")),
            300'000'000 / (300 + km));
}

TEST(PlaceTest, IsWholeWhereOnePlaceContainsTheOther) {
  EXPECT_EQ(Value(Feature::kPlace, Film().Place("hengdian"), ProfileBuilder().Home("zhejiang")),
            1'000'000);
}

TEST(PlaceTest, IsNothingForAHomeThatIsNotKnown) {
  EXPECT_EQ(Value(Feature::kPlace, Film().Place("xian"), ProfileBuilder()), 0);
}

TEST(PlaceTest, IsAtLeastAHalfForARoleThatCanBeDoneRemotely) {
  EXPECT_EQ(Value(Feature::kPlace, Film(OpeningBuilder().Role("writer")).Place("xian"),
                  ProfileBuilder().Holds("writer")),
            500'000);
}

TEST(PlaceTest, IsWholeWhereTheWorkHasNone) {
  EXPECT_EQ(Value(Feature::kPlace, Film(), ProfileBuilder()), 1'000'000);
}

// --- pay ---

int64_t Pay(const Money& rate, const Money& ceiling) {
  return Value(Feature::kPay, Film(OpeningBuilder().Ceiling(ceiling)),
               ProfileBuilder().Holds("director").Rate("director", rate));
}

TEST(PayTest, FallsFromWholeAtNothingToAHalfAtTheCeiling) {
  EXPECT_EQ(Pay(Cny(0), Cny(1'000)), 1'000'000);
  EXPECT_EQ(Pay(Cny(800), Cny(1'000)), 600'000);
  EXPECT_EQ(Pay(Cny(1'000), Cny(1'000)), 500'000);
  EXPECT_EQ(Pay(Cny(3'000), Cny(1'000)), 0);
}

TEST(PayTest, DoesNotOverflowAtTheLargestAmounts) {
  EXPECT_EQ(Pay(Cny(0), Cny(Money::kMaxUnits)), 1'000'000);
  EXPECT_EQ(Pay(Cny(Money::kMaxUnits), Cny(1)), 0);
}

TEST(PayTest, IsNothingAcrossCurrencies) {
  EXPECT_EQ(Pay({.currency = "USD", .units = 1}, Cny(1'000)), 0);
}

TEST(PayTest, IsAHalfWhereOneSideStatesNothing) {
  const ProfileBuilder open = ProfileBuilder().Holds("director");
  EXPECT_EQ(Value(Feature::kPay, Film(OpeningBuilder().Ceiling(1'000)), open), 500'000);
  EXPECT_EQ(Value(Feature::kPay, Film(), ProfileBuilder().Holds("director").Rate("director", 9)),
            500'000);
}

// --- collaboration ---

int64_t Collaboration(const ProjectBuilder& project, const ProfileBuilder& person,
                      const ProfileBuilder& colleague) {
  return Asked(project, {colleague.Build()}).ValueOf(Feature::kCollaboration, person.Build());
}

TEST(CollaborationTest, CountsSharedProductionsMoreInTheRolesOfNow) {
  EXPECT_EQ(Collaboration(Film().Attach(7, "writer"),
                          ProfileBuilder().With(Directed("f:1")).With(Worked("f:2", "actor")),
                          ProfileBuilder().Id(7).With(Worked("f:1", "writer")).With(
                              Worked("f:2", "writer"))),
            600'000);
}

TEST(CollaborationTest, CountsAPairOnceThoughItHadSeveralCredits) {
  EXPECT_EQ(Collaboration(Film().Attach(7, "writer"),
                          ProfileBuilder().With(Worked("f:1", "actor")).With(Directed("f:1")),
                          ProfileBuilder().Id(7).With(Worked("f:1", "actor")).With(
                              Worked("f:1", "writer"))),
            500'000);
}

TEST(CollaborationTest, CountsEachOfTheColleaguesOnAProduction) {
  const Asked asked(Film().Attach(7, "actor").Attach(8, "actor"),
                    {ProfileBuilder().Id(7).With(Worked("f:1", "writer")).Build(),
                     ProfileBuilder().Id(8).With(Worked("f:1", "writer")).Build()});
  EXPECT_EQ(
      asked.ValueOf(Feature::kCollaboration, ProfileBuilder().With(Directed("f:1")).Build()),
      500'000);
}

TEST(CollaborationTest, PairsNobodyWithThemselves) {
  const ProfileBuilder person = ProfileBuilder().Id(7).With(Directed("f:1"));
  EXPECT_EQ(Collaboration(Film().Attach(7, "director"), person, person), 0);
}

TEST(CollaborationTest, IgnoresWhatTheDayDoesNotKnow) {
  EXPECT_EQ(Collaboration(Film().Attach(7, "writer"), ProfileBuilder().With(Directed("f:1", "")),
                          ProfileBuilder().Id(7).With(Worked("f:1", "writer", DaysAgo(0)))),
            0);
}

TEST(CollaborationTest, IgnoresColleaguesWhoHideFromTheProject) {
  EXPECT_EQ(Collaboration(Film().Attach(7, "writer"), ProfileBuilder().With(Directed("f:1")),
                          ProfileBuilder().Id(7).Owner("incubator").Hidden().With(
                              Worked("f:1", "writer"))),
            0);
}

TEST(CollaborationTest, TakesCrowdsOfColleaguesInStride) {
  ProjectBuilder project = Film();
  ProfileBuilder star;
  std::vector<Profile> crowd;
  for (uint64_t id = 2; id < 202; ++id) {
    ProfileBuilder colleague;
    colleague.Id(id);
    for (int film = 0; film < 100; ++film) {
      colleague.With(Worked("f:" + std::to_string(film), "writer"));
    }
    crowd.push_back(colleague.Build());
    project.Attach(id, "writer");
  }
  for (int film = 0; film < 100; ++film) star.With(Directed("f:" + std::to_string(film)));
  EXPECT_EQ(Asked(project, crowd).ValueOf(Feature::kCollaboration, star.Build()), 999'950);
}

// --- company, tags, similarity ---

// A market of 99 productions: "rare" occurs in none, "half" in 9, "all" in each.
std::vector<Profile> MarketOfWords() {
  ProfileBuilder person;
  person.Id(99);
  for (int film = 0; film < 99; ++film) {
    std::vector<std::string> words = {"all"};
    if (film < 9) words.push_back("half");
    Credit credit = With(Worked("m:" + std::to_string(film), "editor"), words, words, words);
    credit.countries = {"CN"};
    credit.original_language = film < 9 ? "yue" : "zh";
    person.With(credit);
  }
  return {person.Build()};
}

int64_t InMarket(Feature feature, const ProjectBuilder& project, const ProfileBuilder& person) {
  return Asked(project, MarketOfWords()).ValueOf(feature, person.Build());
}

TEST(CompanyTest, CountsCreditsByRarity) {
  EXPECT_EQ(InMarket(Feature::kCompany, Film().Company("half"),
                     ProfileBuilder()
                         .With(With(Worked("f:1", "writer"), {}, {}, {"half"}))
                         .With(With(Worked("f:2", "actor"), {}, {}, {"half"}))),
            500'000);
}

TEST(CompanyTest, IsNothingForACompanyThatEveryProductionHas) {
  EXPECT_EQ(InMarket(Feature::kCompany, Film().Company("all"),
                     ProfileBuilder().With(With(Worked("f:1", "writer"), {}, {}, {"all"}))),
            0);
}

TEST(TagsTest, WeighTagsByRarity) {
  // 2 * (1 / 2 of "rare") of "rare" and the half of "half".
  EXPECT_EQ(InMarket(Feature::kTags, Film().Tag("rare").Tag("half"),
                     ProfileBuilder().With(With(Worked("f:1", "writer"), {}, {"rare"}))),
            666'666);
}

TEST(TagsTest, AreWholeWithACreditForEach) {
  EXPECT_EQ(InMarket(Feature::kTags, Film().Tag("rare").Tag("half"),
                     ProfileBuilder().With(With(Worked("f:1", "writer"), {}, {"rare", "half"}))),
            1'000'000);
}

TEST(TagsTest, AreNothingWhereNoneTellsAnything) {
  const ProfileBuilder person = ProfileBuilder().With(With(Worked("f:1", "writer"), {}, {"all"}));
  EXPECT_EQ(InMarket(Feature::kTags, Film(), person), 0);
  EXPECT_EQ(InMarket(Feature::kTags, Film().Tag("all"), person), 0);
}

TEST(SimilarityTest, IsTheShareOfTheProjectsTraitsByKindAndRarity) {
  // A genre of 10 and a tag of 7, both of rarity 1, of which the genre is shared.
  EXPECT_EQ(InMarket(Feature::kSimilarity, Film().Genre("g").Tag("rare"),
                     ProfileBuilder().With(With(Directed("f:1"), {"g"}))),
            588'235);
}

TEST(SimilarityTest, IsHalvedForCreditsInOtherRoles) {
  EXPECT_EQ(InMarket(Feature::kSimilarity, Film().Genre("g"),
                     ProfileBuilder().With(With(Worked("f:1", "writer"), {"g"}))),
            500'000);
}

TEST(SimilarityTest, IsThatOfTheMostSimilarCredit) {
  EXPECT_EQ(InMarket(Feature::kSimilarity, Film().Genre("g").Genre("h"),
                     ProfileBuilder()
                         .With(With(Directed("f:1"), {"g"}))
                         .With(With(Directed("f:2"), {"g", "h"}))
                         .With(With(Directed("f:3"), {"h"}))),
            1'000'000);
}

TEST(SimilarityTest, WeighsALanguageByItsRarity) {
  // Language 7 * 1/2, country 5 * 0, company 7 * 1.
  Credit credit = Directed("f:1");
  credit.original_language = "yue";
  credit.countries = {"CN"};
  EXPECT_EQ(InMarket(Feature::kSimilarity,
                     Film().OriginalLanguage("yue").Country("CN").Company("rare"),
                     ProfileBuilder().With(credit)),
            333'333);
}

TEST(SimilarityTest, IsNothingWithoutTraits) {
  EXPECT_EQ(InMarket(Feature::kSimilarity, Film(),
                     ProfileBuilder().With(With(Directed("f:1"), {"g"}))),
            0);
}

// --- reciprocity ---

TEST(ReciprocityTest, IsAHalfWithoutWishes) {
  EXPECT_EQ(Value(Feature::kReciprocity, Film(), ProfileBuilder()), 500'000);
}

TEST(ReciprocityTest, IsTheMeanOverTheKindsOfWish) {
  EXPECT_EQ(Value(Feature::kReciprocity, Film().Genre("crime").Place("hengdian"),
                  ProfileBuilder().WishesGenre("crime").WishesPlace("shaanxi")),
            500'000);
}

TEST(ReciprocityTest, ReachesAllWithinAWishedPlace) {
  EXPECT_EQ(Value(Feature::kReciprocity, Film().Place("hengdian"),
                  ProfileBuilder().WishesPlace("zhejiang")),
            1'000'000);
}

TEST(ReciprocityTest, IsAHalfForAWishAboutWhatIsNotStated) {
  EXPECT_EQ(Value(Feature::kReciprocity, Film(), ProfileBuilder().WishesGenre("crime")), 500'000);
  EXPECT_EQ(Value(Feature::kReciprocity, Film(), ProfileBuilder().WishesPlace("xian")), 500'000);
  EXPECT_EQ(Value(Feature::kReciprocity, Film(), ProfileBuilder().PayFloor(Cny(9))), 500'000);
}

TEST(ReciprocityTest, FallsAsThePayFloorRisesAboveTheCeiling) {
  const ProjectBuilder film = Film(OpeningBuilder().Ceiling(1'000));
  EXPECT_EQ(Value(Feature::kReciprocity, film, ProfileBuilder().PayFloor(Cny(1'000))), 1'000'000);
  EXPECT_EQ(Value(Feature::kReciprocity, film, ProfileBuilder().PayFloor(Cny(1'250))), 800'000);
  EXPECT_EQ(Value(Feature::kReciprocity, film,
                  ProfileBuilder().PayFloor({.currency = "USD", .units = 1})),
            0);
}

TEST(ReciprocityTest, IsMoreForARoleToGrowIntoThatPeopleOfTheOwnRolesComeTo) {
  const auto value = [](const ProfileBuilder& person) {
    return Value(Feature::kReciprocity, Film(), ProfileBuilder(person).GrowsInto("director"));
  };
  EXPECT_EQ(value(ProfileBuilder()), 500'000);
  EXPECT_EQ(value(ProfileBuilder().Holds("gaffer")), 500'000);  // No such step.
  // 12 of 100 writers, 4 of 100 editors: the likelier, 0.12 : 0.17.
  EXPECT_EQ(value(ProfileBuilder().Holds("editor").Holds("writer")), 852'941);
  EXPECT_EQ(value(ProfileBuilder().GrowsInto("writer")), 500'000);  // Not held yet.
}

// --- recency and activity ---

TEST(RecencyTest, IsAHalfAfterFiveYears) {
  EXPECT_EQ(Value(Feature::kRecency, Film(),
                  ProfileBuilder()
                      .With(Directed("f:1", DaysAgo(1'826)))
                      .With(Directed("f:2", DaysAgo(9'000)))
                      .With(Worked("f:3", "writer", DaysAgo(1)))),
            500'000);
}

TEST(RecencyTest, IsNothingWithoutADate) {
  EXPECT_EQ(Value(Feature::kRecency, Film(), ProfileBuilder().With(Directed("f:1", ""))), 0);
}

TEST(ActivityTest, SumsTheSquaresOfFreshness) {
  // Twice a half squared: 500,000, saturated: a third.
  EXPECT_EQ(Value(Feature::kActivity, Film(),
                  ProfileBuilder()
                      .With(Directed("f:1", DaysAgo(1'461)))
                      .With(Directed("f:2", DaysAgo(1'461)))
                      .With(Directed("f:3", ""))),
            333'333);
}

// --- language, country, budget ---

TEST(LanguageTest, IsTheShareOfCreditsInTheRole) {
  Credit cantonese = Directed("f:1");
  cantonese.original_language = "yue";
  EXPECT_EQ(Value(Feature::kLanguage, Film().OriginalLanguage("yue"),
                  ProfileBuilder().With(cantonese).With(Directed("f:2"))),
            333'333);
  EXPECT_EQ(Value(Feature::kLanguage, Film(), ProfileBuilder().With(cantonese)), 0);
}

TEST(CountryTest, IsTheMeanOverTheCountries) {
  Credit chinese = Directed("f:1");
  chinese.countries = {"CN"};
  EXPECT_EQ(Value(Feature::kCountry, Film().Country("CN").Country("GB"),
                  ProfileBuilder().With(chinese)),
            250'000);
}

TEST(BudgetTest, FallsByAQuarterAnOctave) {
  Credit credit = Directed("f:1");
  credit.budget = Cny(3'000);
  EXPECT_EQ(Value(Feature::kBudget, Film().Budget(Cny(1'000)), ProfileBuilder().With(credit)),
            250'000);
}

TEST(BudgetTest, ComparesOneCurrencyAndKnownAmountsOnly) {
  Credit dollars = Directed("f:1");
  dollars.budget = Money{.currency = "USD", .units = 1'000};
  Credit nothing = Directed("f:2");
  nothing.budget = Cny(0, 5);
  const ProfileBuilder person = ProfileBuilder().With(dollars).With(nothing).With(Directed("f:3"));
  EXPECT_EQ(Value(Feature::kBudget, Film().Budget(Cny(1'000)), person), 0);
}

// --- all of them ---

TEST(FeaturesTest, DoNotLookAtCastingAttributes) {
  const Asked asked(Film(OpeningBuilder().Role("actor")));
  const Profile person = ProfileBuilder().Holds("actor").Build();
  const Profile other = ProfileBuilder()
                            .Holds("actor")
                            .Of(Gender::kFemale)
                            .Plays(20, 30)
                            .Height(170)
                            .Build();
  for (size_t i = 0; i < kFeatureCount; ++i) {
    const Feature feature = static_cast<Feature>(i);
    EXPECT_EQ(asked.ValueOf(feature, person), asked.ValueOf(feature, other));
  }
}

}  // namespace
}  // namespace troupe
