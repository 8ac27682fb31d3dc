#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/integration/asking.h"
#include "tests/integration/server_process.h"
#include "tests/integration/troupe_command.h"
#include "tests/testing/status_matchers.h"

namespace troupe::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

// The folder of the real film credits. It need not exist.
std::filesystem::path RealFolder() {
  const char* const shared = std::getenv("TROUPE_SHARED");
  return std::filesystem::path(shared != nullptr ? shared : TROUPE_SHARED_FOLDER) / "data" / "tmdb";
}

class TmdbTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(RealFolder())) {
      GTEST_SKIP() << "no real film credits at ../shared/data/tmdb: set TROUPE_SHARED";
    }
    ASSERT_THAT(server_.Start(), IsOk());
  }

  std::string Import() {
    TroupeCommand troupe(server_.address());
    return troupe.Json({"import", "--format=tmdb", "--findable=yes",
                        RealFolder() / "tmdb_movies_before_2014.csv.gz",
                        RealFolder() / "tmdb_credits_before_2014.csv.gz"});
  }
  v1::PoolStatistics Counts() { return Statistics(server_.As("operator")).value(); }

  const TempDirectory folder_;
  ServerProcess server_{folder_.Join("data")};
};

// One test, for it takes long.
TEST_F(TmdbTest, ImportsEveryRealFilmAndPersonAndKeepsThemOverARestart) {
  EXPECT_THAT(Import(), AllOf(HasSubstr(R"("acted":47137,"directed":2298,"wrote":4320,)"),
                              HasSubstr(R"("at_least_two":1702,"all_three":330,)"),
                              HasSubstr(R"("projects":{"created":4243,"updated":0,)"),
                              HasSubstr(R"("profiles":{"created":90977,"updated":0,)"),
                              HasSubstr(R"("rejects":0)")));
  const v1::PoolStatistics imported = Counts();
  EXPECT_EQ(imported.projects(), 4243);
  EXPECT_EQ(imported.profiles(), 90'977);
  EXPECT_EQ(imported.role_profiles().at("actor"), 47'137);
  EXPECT_EQ(imported.role_profiles().at("director"), 2298);
  EXPECT_THAT(Import(), AllOf(HasSubstr(R"("unchanged":4243,"rejected":0)"),
                              HasSubstr(R"("unchanged":90977,"rejected":0)")));
  EXPECT_EQ(Counts().digest(), imported.digest());
  ASSERT_EQ(server_.Terminate(), 0);
  ASSERT_THAT(server_.Start(), IsOk());
  EXPECT_EQ(Counts().digest(), imported.digest());
}

}  // namespace
}  // namespace troupe::testing
