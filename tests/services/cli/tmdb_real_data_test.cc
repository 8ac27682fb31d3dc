#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>

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

using ::testing::SizeIs;
using testing::IsOk;

// Where the real files are, or an empty path.
std::filesystem::path RealFolder() {
  const char* const shared = std::getenv("TROUPE_SHARED");
  const std::filesystem::path folder =
      shared != nullptr ? std::filesystem::path(shared)
                        : std::filesystem::path(TROUPE_SOURCE_DIR).parent_path() / "shared";
  const std::filesystem::path tmdb = folder / "data" / "tmdb";
  return std::filesystem::exists(tmdb) ? tmdb : std::filesystem::path();
}

class TmdbRealDataTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::filesystem::path folder = RealFolder();
    if (folder.empty()) {
      GTEST_SKIP() << "no real film credits at ../shared/data/tmdb: set TROUPE_SHARED";
    }
    ASSERT_THAT(catalogue_.ReadMovies(folder / "tmdb_movies_before_2014.csv.gz"), IsOk());
    ASSERT_THAT(catalogue_.ReadCredits(folder / "tmdb_credits_before_2014.csv.gz"), IsOk());
  }

  std::ostringstream err_;
  RejectLog rejects_{testing::TestPath("rejects"), err_};
  TmdbCatalogue catalogue_{std::nullopt, {}, ShippedTmdbJobs(), rejects_};
};

TEST_F(TmdbRealDataTest, ReadsEveryFilmPersonAndRole) {
  const TmdbRoleCounts counts = catalogue_.RoleCounts();
  EXPECT_EQ(rejects_.count(), 0) << err_.str();
  EXPECT_THAT(catalogue_.films(), SizeIs(4243));
  EXPECT_THAT(catalogue_.people(), SizeIs(90'977));
  EXPECT_EQ(counts.acted, 47'137);
  EXPECT_EQ(counts.directed, 2298);
  EXPECT_EQ(counts.wrote, 4320);
  EXPECT_EQ(counts.at_least_two, 1702);
  EXPECT_EQ(counts.all_three, 330);
}

TEST_F(TmdbRealDataTest, MakesOnlyValidRecords) {
  for (const TmdbFilm& film : catalogue_.films()) {
    Violations found;
    const Project project = FromWire(ProjectOf(film, v1::FINDABILITY_FINDABLE), found);
    if (found.empty()) found = ValidateProject(project);
    ASSERT_THAT(found.ToStatus(), IsOk()) << film.id;
  }
  for (const TmdbPerson& person : catalogue_.people()) {
    Violations found;
    const Profile profile =
        FromWire(ProfileOf(person, catalogue_.films(), v1::FINDABILITY_FINDABLE), found);
    if (found.empty()) found = ValidateProfile(profile);
    ASSERT_THAT(found.ToStatus(), IsOk()) << person.id;
  }
}

}  // namespace
}  // namespace troupe
