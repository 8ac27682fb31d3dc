#include "matcher/rank/evidence.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/index/pool_writer.h"
#include "matcher/rank/features.h"
#include "tests/testing/builders.h"

namespace troupe {
namespace {

using testing::Cny;
using testing::D;
using testing::Labels;
using testing::OpeningBuilder;
using testing::ProfileBuilder;
using testing::ProjectBuilder;
using testing::Worked;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Day kToday = D("2026-11-23");

ProfileBuilder Director() { return ProfileBuilder().Holds("director", 3, 9); }

// What the value of `feature` rests on, in a pool of the person and `others`.
std::vector<Evidence> EvidenceFor(Feature feature, const ProfileBuilder& person,
                                  const ProjectBuilder& production,
                                  const OpeningBuilder& asks = {},
                                  std::vector<Profile> others = {}) {
  const Profile profile = person.Build();
  const Project project = production.Build();
  const Opening opening = asks.Build();
  PoolWriter writer;
  others.push_back(profile);
  const auto pool = writer.Apply({.profiles = std::move(others), .today = kToday}).pool;
  const Demand demand = MakeDemand(project, opening);
  Rarities rarities(*pool, kToday);
  const Query query(*pool, demand, kToday, rarities);
  const ProfileView view = *pool->FindProfile(profile.id);
  const PerFeature values = Evaluate(query, view, view.FindRole(demand.scalars.role));
  return EvidenceOf(query, profile, project, opening, values)[static_cast<size_t>(feature)];
}

std::vector<std::string> TextsFor(Feature feature, const ProfileBuilder& person,
                                  const ProjectBuilder& production,
                                  const OpeningBuilder& asks = {},
                                  std::vector<Profile> others = {}) {
  std::vector<std::string> texts;
  for (Evidence& evidence : EvidenceFor(feature, person, production, asks, std::move(others))) {
    texts.push_back(std::move(evidence.text));
  }
  return texts;
}

Credit Titled(absl::string_view title, Credit credit) {
  credit.title = std::string(title);
  return credit;
}

Credit InGenres(std::vector<std::string> genres, Credit credit) {
  credit.genres = Labels(std::move(genres));
  return credit;
}

Credit Tagged(std::vector<std::string> tags, Credit credit) {
  credit.tags = Labels(std::move(tags));
  return credit;
}

// Somebody whose `count` credits make the rest of the pool: productions of
// their own with `tag`, and as many without.
Profile Stranger(int count, absl::string_view tag) {
  ProfileBuilder stranger;
  stranger.Id(99);
  for (int i = 0; i < count; ++i) {
    stranger.With(Tagged({std::string(tag)}, Worked("with:" + std::to_string(i), "actor")));
    stranger.With(Worked("without:" + std::to_string(i), "actor"));
  }
  return stranger.Build();
}

TEST(EvidenceTest, NamesSkillsByWhatTheyAdd) {
  EXPECT_THAT(EvidenceFor(Feature::kSkills,
                          Director().Knows("riding", 4).Knows("excel", 2).Knows("singing", 2),
                          ProjectBuilder(),
                          OpeningBuilder().Wants("excel").Wants("riding").Requires("singing", 2)
                              .Wants("fencing")),
              ElementsAre(Evidence{"skill", "singing", "singing at level 2 of 2 required"},
                          Evidence{"skill", "riding", "riding at level 4 of 3 asked"},
                          Evidence{"skill", "excel", "excel at level 2 of 3 asked"}));
}

TEST(EvidenceTest, NamesFiveThingsAtMost) {
  ProfileBuilder person = Director();
  OpeningBuilder asks;
  for (const char* skill : {"a", "b", "c", "d", "e", "f"}) {
    person.Knows(skill);
    asks.Wants(skill);
  }
  EXPECT_THAT(EvidenceFor(Feature::kSkills, person, ProjectBuilder(), asks), SizeIs(5));
}

TEST(EvidenceTest, SaysThatNoSkillIsAskedFor) {
  EXPECT_THAT(TextsFor(Feature::kSkills, Director(), ProjectBuilder()),
              ElementsAre("no skill is asked for"));
}

TEST(EvidenceTest, CountsCreditsByGenre) {
  Credit shot = InGenres({"romance", "comedy"}, Worked("p:1", "actor"));
  EXPECT_THAT(
      TextsFor(Feature::kGenres,
               Director().Genre("crime").Genre("romance").Style("noir").With(shot).With(shot),
               ProjectBuilder().Genre("comedy").Genre("romance").Genre("crime").Genre("war").Style(
                   "noir")),
      ElementsAre("2 credits in romance, and declares it", "2 credits in comedy",
                  "declares crime", "declares the style noir"));
}

TEST(EvidenceTest, CallsAGenreByTheOpeningsNameForIt) {
  const Opening opening = OpeningBuilder().Build();
  Project named = ProjectBuilder().Build();
  named.genres = {{.id = "urban-romance", .name = "Urban romance"}};
  const Demand demand = MakeDemand(named, opening);
  const Profile profile =
      Director().With(InGenres({"urban-romance"}, Worked("p:1", "actor"))).Build();
  const Pool pool{};
  Rarities rarities(pool, kToday);
  const Query query(pool, demand, kToday, rarities);
  PerFeature values{};
  values[static_cast<size_t>(Feature::kGenres)] = 1;
  EXPECT_THAT(EvidenceOf(query, profile, named, opening,
                         values)[static_cast<size_t>(Feature::kGenres)],
              ElementsAre(Evidence{"genre", "urban-romance", "1 credit in Urban romance"}));
}

TEST(EvidenceTest, CountsCreditsInTheRoleAndYears) {
  EXPECT_THAT(EvidenceFor(Feature::kExperience,
                          Director().With(Worked("p:1", "director")).With(Worked("p:2", "actor")),
                          ProjectBuilder()),
              ElementsAre(Evidence{"role", "director", "1 credit and 9 years as Director (导演)"}));
}

TEST(EvidenceTest, HasNoneForNoExperience) {
  EXPECT_THAT(TextsFor(Feature::kExperience, ProfileBuilder().Holds("director"), ProjectBuilder()),
              IsEmpty());
}

TEST(EvidenceTest, TellsRatings) {
  EXPECT_THAT(TextsFor(Feature::kRating, Director().Rated(23, 4'500), ProjectBuilder()),
              ElementsAre("4.5 of 5 from 23 ratings"));
  EXPECT_THAT(TextsFor(Feature::kRating, Director(), ProjectBuilder()),
              ElementsAre("not rated yet, which counts as 3.5 of 5"));
}

TEST(EvidenceTest, TellsHowFarThePersonLives) {
  const auto project = ProjectBuilder().Place("zhengzhou");
  EXPECT_THAT(EvidenceFor(Feature::kPlace, Director().Home("xian"), project),
              ElementsAre(Evidence{"place", "xian",
                                   "lives in Xi'an (西安), 431 km from Zhengzhou (郑州)"}));
  EXPECT_THAT(TextsFor(Feature::kPlace, Director().Home("zhengzhou"), project),
              ElementsAre("lives in Zhengzhou (郑州), where the work is"));
  EXPECT_THAT(TextsFor(Feature::kPlace, Director(), project),
              ElementsAre("the home place is not known"));
}

TEST(EvidenceTest, SaysThatThePlaceHardlyMatters) {
  EXPECT_THAT(TextsFor(Feature::kPlace, Director().Home("xian"), ProjectBuilder()),
              ElementsAre("the place of the work is not fixed"));
  EXPECT_THAT(TextsFor(Feature::kPlace, ProfileBuilder().Holds("writer"),
                       ProjectBuilder().Place("xian"), OpeningBuilder().Role("writer")),
              ElementsAre("the role can be done from anywhere", "the home place is not known"));
}

TEST(EvidenceTest, ComparesTheRateWithTheCeiling) {
  const auto asks = OpeningBuilder().Ceiling(1'000);
  const auto texts = [&](const ProfileBuilder& person, const OpeningBuilder& opening) {
    return TextsFor(Feature::kPay, person, ProjectBuilder(), opening);
  };
  EXPECT_THAT(texts(Director().Rate("director", 800), asks),
              ElementsAre("800 CNY of at most 1,000 CNY a day"));
  EXPECT_THAT(texts(Director().Rate("director", 180, "USD"), asks),
              ElementsAre("180 USD a day; the ceiling is in CNY"));
  EXPECT_THAT(texts(Director().Rate("director", 800), OpeningBuilder()),
              ElementsAre("no ceiling is stated"));
  EXPECT_THAT(texts(Director(), asks), ElementsAre("no day rate is stated"));
}

TEST(EvidenceTest, NamesColleaguesAndWhatWasShared) {
  const Profile writer = ProfileBuilder().Id(7).With(Worked("p:1", "writer")).Build();
  const Profile editor = ProfileBuilder()
                             .Id(8)
                             .With(Worked("p:2", "editor"))
                             .With(Worked("p:1", "editor"))
                             .With(Worked("p:3", "editor", "2026-11-23"))
                             .Build();
  EXPECT_THAT(
      EvidenceFor(Feature::kCollaboration,
                  Director()
                      .With(Titled("Palace", Worked("p:1", "actor")))
                      .With(Worked("p:2", "actor"))
                      .With(Worked("p:3", "actor", "2026-11-23")),
                  ProjectBuilder().Attach(7, "writer").Attach(8, "editor").Attach(1, "director"),
                  OpeningBuilder(), {writer, editor}),
      ElementsAre(Evidence{"profile", "", "worked together on Palace and p:2", ProfileId(8)},
                  Evidence{"profile", "", "worked together on Palace", ProfileId(7)}));
}

TEST(EvidenceTest, PutsColleaguesInTheSameRolesFirst) {
  const Profile writer = ProfileBuilder().Id(8).With(Worked("p:1", "writer")).Build();
  const Profile other = ProfileBuilder().Id(7).With(Worked("p:1", "actor")).Build();
  const auto evidence = EvidenceFor(Feature::kCollaboration,
                                    Director().With(Worked("p:1", "director")),
                                    ProjectBuilder().Attach(7, "writer").Attach(8, "writer"),
                                    OpeningBuilder(), {writer, other});
  ASSERT_THAT(evidence, SizeIs(2));
  EXPECT_EQ(evidence[0].profile, ProfileId(8));
}

TEST(EvidenceTest, CountsCreditsWithACompany) {
  Credit credit = Worked("p:1", "actor");
  credit.companies = {{.id = "co:1"}};
  EXPECT_THAT(EvidenceFor(Feature::kCompany, Director().With(credit),
                          ProjectBuilder().Company("co:1").Company("co:2"), OpeningBuilder(),
                          {Stranger(3, "war")}),
              ElementsAre(Evidence{"company", "co:1", "1 credit with co:1"}));
}

TEST(EvidenceTest, NamesTheRarestTagsFirst) {
  const auto person = Director()
                          .With(Tagged({"war", "ghost"}, Worked("p:1", "actor")))
                          .With(Tagged({"war"}, Worked("p:2", "actor")));
  EXPECT_THAT(TextsFor(Feature::kTags, person,
                       ProjectBuilder().Tag("war").Tag("ghost").Tag("chef"), OpeningBuilder(),
                       {Stranger(3, "war")}),
              ElementsAre("ghost in 1 credit", "war in 2 credits"));
}

TEST(EvidenceTest, NamesTheMostSimilarProductionAndWhatItShares) {
  Credit near = Titled("Near", Tagged({"ghost", "war"}, Worked("p:1", "director")));
  near.original_language = "zh";
  near.countries = {"CN"};
  const Credit far = Tagged({"war"}, Worked("p:2", "director"));
  EXPECT_THAT(EvidenceFor(Feature::kSimilarity, Director().With(far).With(near),
                          ProjectBuilder().Tag("war").Tag("ghost").OriginalLanguage("zh").Country(
                              "CN"),
                          OpeningBuilder(), {Stranger(3, "war")}),
              ElementsAre(Evidence{"production", "p:1",
                                   "Near shares ghost, the language zh, the country CN and war"}));
}

TEST(EvidenceTest, PrefersAProductionInTheSameRole) {
  const auto evidence = EvidenceFor(Feature::kSimilarity,
                                    Director()
                                        .With(Tagged({"war"}, Worked("p:1", "actor")))
                                        .With(Tagged({"war"}, Worked("p:2", "director"))),
                                    ProjectBuilder().Tag("war"), OpeningBuilder(),
                                    {Stranger(3, "ghost")});
  EXPECT_THAT(evidence, ElementsAre(Evidence{"production", "p:2", "p:2 shares war"}));
}

TEST(EvidenceTest, NamesTheProductionsNearestToTheMixOfGenres) {
  EXPECT_THAT(EvidenceFor(Feature::kGenreMix,
                          Director()
                              .With(InGenres({"war"}, Worked("p:1", "director")))
                              .With(InGenres({"war", "crime"}, Worked("p:2", "director")))
                              .With(InGenres({"war", "crime"}, Worked("p:3", "actor")))
                              .With(InGenres({"comedy"}, Worked("p:4", "director"))),
                          ProjectBuilder().Genre("crime").Genre("war")),
              ElementsAre(Evidence{"production", "p:2", "p:2 shares 2 of 2 genres"},
                          Evidence{"production", "p:1", "p:1 shares 1 of 2 genres"}));
}

TEST(EvidenceTest, TellsWhichWishesAreMet) {
  const auto person = Director()
                          .WishesGenre("war")
                          .WishesGenre("comedy")
                          .WishesPlace("zhejiang")
                          .PayFloor(Cny(1'200));
  EXPECT_THAT(
      EvidenceFor(Feature::kReciprocity, person, ProjectBuilder().Genre("comedy").Place("hengdian"),
                  OpeningBuilder().Ceiling(1'000)),
      ElementsAre(Evidence{"wish", "genres", "wishes for comedy"},
                  Evidence{"wish", "places", "wishes to work in Zhejiang (浙江)"},
                  Evidence{"wish", "pay_floor",
                           "wishes for at least 1,200 CNY a day; the ceiling is 1,000 CNY"}));
}

TEST(EvidenceTest, TellsTheWishToGrow) {
  EXPECT_THAT(TextsFor(Feature::kReciprocity, ProfileBuilder().GrowsInto("director"),
                       ProjectBuilder(), OpeningBuilder().Trainees()),
              ElementsAre("wishes to grow into the role Director (导演)"));
}

TEST(EvidenceTest, SaysThatNothingIsWished) {
  EXPECT_THAT(TextsFor(Feature::kReciprocity, Director(), ProjectBuilder()),
              ElementsAre("no wish is stated"));
}

TEST(EvidenceTest, TellsWhatIsNotKnownOfAWish) {
  EXPECT_THAT(TextsFor(Feature::kReciprocity,
                       Director().WishesGenre("war").WishesPlace("xian").PayFloor(Cny(900)),
                       ProjectBuilder()),
              ElementsAre("the genres of the work are not stated",
                          "the place of the work is not fixed",
                          "wishes for at least 900 CNY a day; no ceiling is stated"));
}

TEST(EvidenceTest, HasNoneForUnmetWishes) {
  EXPECT_THAT(TextsFor(Feature::kReciprocity, Director().WishesGenre("war"),
                       ProjectBuilder().Genre("comedy")),
              IsEmpty());
}

ProfileBuilder Veteran() {
  return Director()
      .With(Titled("Old", Worked("p:1", "director", "2020-05-01")))
      .With(Titled("Undated", Worked("p:2", "director")))
      .With(Titled("New", Worked("p:3", "director", "2026-11-22")))
      .With(Titled("Today", Worked("p:4", "director", "2026-11-23")))
      .With(Titled("Elsewhere", Worked("p:5", "actor", "2026-11-22")));
}

TEST(EvidenceTest, NamesTheNewestCreditBeforeTheDayOfTheQuestion) {
  EXPECT_THAT(EvidenceFor(Feature::kRecency, Veteran(), ProjectBuilder()),
              ElementsAre(Evidence{"production", "p:3", "New, 2026-11-22"}));
}

TEST(EvidenceTest, NamesTheNewestCreditsOfAnActivePerson) {
  EXPECT_THAT(TextsFor(Feature::kActivity, Veteran(), ProjectBuilder()),
              ElementsAre("New, 2026-11-22", "Old, 2020-05-01"));
}

TEST(EvidenceTest, TellsThePartOfTheCreditsInTheLanguageAndCountry) {
  Credit credit = Worked("p:9", "director");
  credit.original_language = "zh";
  credit.countries = {"CN"};
  Credit elsewhere = Worked("p:8", "actor");
  elsewhere.countries = {"GB"};
  const auto person = Veteran().With(credit).With(elsewhere);
  const auto project = ProjectBuilder().OriginalLanguage("zh").Country("GB").Country("CN");
  EXPECT_THAT(EvidenceFor(Feature::kLanguage, person, project),
              ElementsAre(Evidence{"language", "zh", "1 of 4 credits as Director (导演) in zh"}));
  EXPECT_THAT(EvidenceFor(Feature::kCountry, person, project),
              ElementsAre(Evidence{"country", "CN", "1 of 4 credits as Director (导演) from CN"}));
}

TEST(EvidenceTest, NamesTheCreditsOfTheNearestBudgets) {
  const auto with_budget = [](absl::string_view production, Money budget) {
    Credit credit = Worked(production, "director");
    credit.budget = budget;
    return credit;
  };
  EXPECT_THAT(
      TextsFor(Feature::kBudget,
               Director()
                   .With(with_budget("p:1", Cny(2'000'000)))
                   .With(with_budget("p:2", Cny(900'000)))
                   .With(with_budget("p:3", Cny(100'000'000)))
                   .With(with_budget("p:4", {.currency = "USD", .units = 1'000'000})),
               ProjectBuilder().Budget(Cny(1'000'000))),
      ElementsAre("p:2, budget 900,000 CNY", "p:1, budget 2,000,000 CNY"));
}

}  // namespace
}  // namespace troupe
