#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/domain/validate_profile.h"
#include "matcher/domain/validate_project.h"
#include "services/cli/tmdb_catalogue.h"
#include "services/cli/tmdb_records.h"
#include "services/convert/profile_conversion.h"
#include "services/convert/project_conversion.h"
#include "tests/services/cli/cli_run.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::SizeIs;
using testing::IsOk;

std::string Sample(absl::string_view name) {
  return absl::StrCat(TROUPE_SOURCE_DIR "/deploy/samples/", name);
}

std::string TestData(absl::string_view name) {
  return absl::StrCat(TROUPE_SOURCE_DIR "/tests/services/cli/testdata/", name);
}

// A pair of files, read.
struct Reading {
  Reading(const std::string& movies, const std::string& credits, std::optional<Day> until = {},
          absl::flat_hash_set<int64_t> dropped = {})
      : rejects(testing::TestPath("rejects"), err),
        catalogue(until, std::move(dropped), ShippedTmdbJobs(), rejects) {
    EXPECT_THAT(catalogue.ReadMovies(movies), IsOk());
    EXPECT_THAT(catalogue.ReadCredits(credits), IsOk());
  }
  const TmdbPerson& Person(int64_t id) const {
    for (const TmdbPerson& person : catalogue.people()) {
      if (person.id == id) return person;
    }
    ADD_FAILURE() << "no person " << id;
    return catalogue.people().front();
  }

  std::ostringstream err;
  RejectLog rejects;
  TmdbCatalogue catalogue;
};

Reading ReadSample(std::optional<Day> until = {}, absl::flat_hash_set<int64_t> dropped = {}) {
  return Reading(Sample("tmdb_movies.csv"), Sample("tmdb_credits.csv"), until,
                 std::move(dropped));
}

// "director: Director" for each credit.
std::vector<std::string> CreditsOf(const TmdbPerson& person) {
  std::vector<std::string> credits;
  for (const TmdbCredit& credit : person.credits) {
    credits.push_back(absl::StrCat(credit.film, " ", credit.role, ": ", credit.job));
  }
  return credits;
}

TEST(TmdbCatalogueTest, CountsWhoDidWhat) {
  const Reading sample = ReadSample();
  const TmdbRoleCounts counts = sample.catalogue.RoleCounts();
  EXPECT_THAT(sample.catalogue.films(), SizeIs(8));
  EXPECT_THAT(sample.catalogue.people(), SizeIs(11));
  EXPECT_EQ(counts.acted, 7);
  EXPECT_EQ(counts.directed, 4);
  EXPECT_EQ(counts.wrote, 4);
  EXPECT_EQ(counts.at_least_two, 4);
  EXPECT_EQ(counts.all_three, 3);
}

TEST(TmdbCatalogueTest, JoinsTheJobsOfOneRoleInOneFilm) {
  const Reading sample = ReadSample();
  EXPECT_THAT(CreditsOf(sample.Person(1)),
              ElementsAre("0 actor: ", "0 director: Director", "0 writer: Screenplay, Story",
                          "2 actor: ", "5 writer: Screenplay", "7 actor: "));
}

TEST(TmdbCatalogueTest, KeepsTheFirstPlaceOfSomebodyCastTwice) {
  const Reading sample = ReadSample();
  const TmdbCredit& last = sample.Person(2).credits.back();
  EXPECT_EQ(last.film, 5);
  EXPECT_EQ(last.cast_order, 1);
}

TEST(TmdbCatalogueTest, TellsPeopleApartByIdNotByName) {
  const Reading sample = ReadSample();
  EXPECT_EQ(sample.Person(9).name, sample.Person(10).name);
  EXPECT_FALSE(sample.Person(9).Holds("editor"));
}

TEST(TmdbCatalogueTest, MakesUnknownJobsOtherCredits) {
  const Reading sample = ReadSample();
  EXPECT_THAT(sample.catalogue.UnmappedJobs(),
              Contains(Pair("Cableman of the Second Unit", 1)));
  EXPECT_THAT(CreditsOf(sample.Person(7)), Contains("1 other: Cableman of the Second Unit"));
}

TEST(TmdbCatalogueTest, TakesOnlyFilmsReleasedBeforeADay) {
  const Reading sample = ReadSample(Day::Parse("2011-11-04"));
  EXPECT_THAT(sample.catalogue.films(), SizeIs(5));
  EXPECT_EQ(sample.catalogue.counts().films_left_out, 2);
  EXPECT_EQ(sample.catalogue.counts().films_undated, 1);
  EXPECT_EQ(sample.rejects.count(), 0);
}

TEST(TmdbCatalogueTest, LeavesOutKeywordsThatAreDropped) {
  const Reading sample = ReadSample({}, {70008});
  EXPECT_THAT(sample.catalogue.films()[5].tags, ElementsAre(Label{"tmdb:70005", "robot"}));
}

TEST(TmdbCatalogueTest, KeepsEveryGoodFilmAmongBadLines) {
  const Reading bad(TestData("bad_movies.csv"), TestData("bad_credits.csv"));
  std::vector<std::string> titles;
  for (const TmdbFilm& film : bad.catalogue.films()) titles.push_back(film.title);
  EXPECT_THAT(titles, ElementsAre("First Good", "Second \"Good\" of two lines", "Third Good"));
}

TEST(TmdbCatalogueTest, KeepsEveryGoodPersonAmongBadEntries) {
  const Reading bad(TestData("bad_movies.csv"), TestData("bad_credits.csv"));
  std::vector<std::string> names;
  for (const TmdbPerson& person : bad.catalogue.people()) names.push_back(person.name);
  EXPECT_THAT(names, ElementsAre("Kept One", "Kept Two", "Kept Three"));
  EXPECT_THAT(bad.Person(11).credits, SizeIs(2));
}

TEST(TmdbCatalogueTest, TellsFileLineFieldAndReasonOfEachFault) {
  const Reading bad(TestData("bad_movies.csv"), TestData("bad_credits.csv"));
  for (const char* told :
       {"bad_movies.csv:3: a quotation mark is in a wrong place",
        "bad_movies.csv:6: genres: is not a JSON list", "bad_movies.csv:7: id: is not a number",
        "bad_movies.csv:8: id: is that of an earlier film",
        "bad_movies.csv:9: has 3 columns; the heading has 9",
        "bad_movies.csv:10: release_date: is not a date", "bad_movies.csv:11: is not UTF-8",
        "bad_movies.csv:12: budget: is not an amount", "bad_credits.csv:2: cast[1]: has no id",
        "bad_credits.csv:3: cast: is not a JSON list", "bad_credits.csv:3: crew[1]: has no name",
        "bad_credits.csv:3: crew[2]: has no job", "bad_credits.csv:4: movie_id: is not a number",
        "bad_credits.csv:5: movie_id: is no film", "bad_credits.csv:6: movie_id: has an earlier"}) {
    EXPECT_THAT(bad.err.str(), HasSubstr(told));
  }
  EXPECT_EQ(bad.rejects.count(), 15);
}

TEST(TmdbRecordsTest, LevelsGrowWithCredits) {
  std::vector<int32_t> levels;
  for (const int64_t credits : {1, 2, 3, 4, 8, 9, 19, 20, 500}) {
    levels.push_back(LevelFromCredits(credits));
  }
  EXPECT_THAT(levels, ElementsAre(1, 2, 2, 3, 3, 4, 4, 5, 5));
}

TEST(TmdbRecordsTest, AFilmBecomesAProject) {
  const Reading sample = ReadSample();
  const v1::Project project = ProjectOf(sample.catalogue.films()[1], v1::FINDABILITY_FINDABLE);
  EXPECT_EQ(project.external_id().source(), "tmdb");
  EXPECT_EQ(project.external_id().id(), "502");
  EXPECT_EQ(project.title(), "Night Train to Ningbo");
  EXPECT_EQ(project.genres(0).id(), "tmdb:53");
  EXPECT_EQ(project.genres(0).name(), "Thriller");
  EXPECT_THAT(project.countries(), ElementsAre("CN", "HK"));
  EXPECT_EQ(project.original_language(), "yue");
  EXPECT_EQ(project.budget().units(), 12'000'000);
  EXPECT_EQ(project.release_date().year(), 2007);
}

TEST(TmdbRecordsTest, APersonBecomesAProfile) {
  const Reading sample = ReadSample();
  const v1::Profile profile =
      ProfileOf(sample.Person(6), sample.catalogue.films(), v1::FINDABILITY_HIDDEN);
  EXPECT_EQ(profile.findability(), v1::FINDABILITY_HIDDEN);
  EXPECT_EQ(profile.casting().gender(), v1::GENDER_MALE);
  ASSERT_EQ(profile.roles_size(), 3);
  EXPECT_EQ(profile.roles(1).role(), "director");
  EXPECT_EQ(profile.roles(1).level(), 2);
  EXPECT_EQ(profile.roles(1).years(), 4);
  EXPECT_EQ(profile.credits(0).production(), "tmdb:502");
  EXPECT_EQ(profile.credits(0).cast_order(), 1);
  EXPECT_EQ(profile.credits(0).date().month(), 9);
}

TEST(TmdbRecordsTest, SomebodyWithOtherCreditsOnlyHoldsNoRole) {
  const Reading sample = ReadSample(Day::Parse("1930-01-01"));
  const v1::Profile profile =
      ProfileOf(sample.Person(7), sample.catalogue.films(), v1::FINDABILITY_FINDABLE);
  EXPECT_EQ(profile.roles_size(), 0);
  EXPECT_EQ(profile.credits(0).role(), "other");
  EXPECT_EQ(profile.credits(0).job(), "Thanks");
}

TEST(TmdbRecordsTest, EveryRecordKeepsTheRulesOfTheDomain) {
  const Reading sample = ReadSample();
  for (const TmdbFilm& film : sample.catalogue.films()) {
    Violations found;
    const Project project = FromWire(ProjectOf(film, v1::FINDABILITY_FINDABLE), found);
    EXPECT_THAT(found.ToStatus(), IsOk());
    EXPECT_THAT(ValidateProject(project).ToStatus(), IsOk());
  }
  for (const TmdbPerson& person : sample.catalogue.people()) {
    Violations found;
    const Profile profile = FromWire(
        ProfileOf(person, sample.catalogue.films(), v1::FINDABILITY_FINDABLE), found);
    EXPECT_THAT(found.ToStatus(), IsOk());
    EXPECT_THAT(ValidateProfile(profile).ToStatus(), IsOk());
  }
}

}  // namespace
}  // namespace troupe
