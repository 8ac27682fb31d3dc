#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/domain/data_table.h"
#include "matcher/domain/role_taxonomy.h"
#include "services/cli/cli_tables.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using ::testing::NotNull;
using ::testing::SizeIs;

std::vector<DataRow> Jobs() {
  return ReadDataTable("tmdb_jobs", data::kTmdbJobs, {"job", "role"}).value();
}

std::set<std::string> JobsOf(absl::string_view role) {
  std::set<std::string> jobs;
  for (const DataRow& row : Jobs()) {
    if (row.cells[1] == role) jobs.insert(row.cells[0]);
  }
  return jobs;
}

TEST(TmdbJobsTest, MapsEachJobOnce) {
  std::set<std::string> jobs;
  for (const DataRow& row : Jobs()) jobs.insert(row.cells[0]);
  EXPECT_THAT(Jobs(), SizeIs(417));
  EXPECT_THAT(jobs, SizeIs(417));
}

TEST(TmdbJobsTest, MapsToRolesThatExistOrToOther) {
  for (const DataRow& row : Jobs()) {
    if (row.cells[1] == "other") continue;
    EXPECT_THAT(ShippedRoles().Find(row.cells[1]), NotNull()) << row.cells[0];
  }
}

TEST(TmdbJobsTest, MapsToAnEvaluatedRoleNothingButItsOwnJobs) {
  EXPECT_THAT(JobsOf("director"), ElementsAre("Director"));
  EXPECT_THAT(JobsOf("writer"), ElementsAre("Author", "Screenplay", "Story", "Writer"));
  EXPECT_THAT(JobsOf("producer"), ElementsAre("Producer"));
  EXPECT_THAT(JobsOf("editor"), ElementsAre("Editor"));
  EXPECT_THAT(JobsOf("director-of-photography"), ElementsAre("Director of Photography"));
  EXPECT_THAT(JobsOf("composer"), ElementsAre("Original Music Composer"));
}

TEST(TmdbJobsTest, LeavesActingToTheCastList) {
  EXPECT_THAT(JobsOf("actor"), SizeIs(0));
}

}  // namespace
}  // namespace troupe
