#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/services/cli/cli_run.h"

namespace troupe {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::CliResult;
using testing::FakeTroupe;
using testing::RunCli;

v1::WatchProfilesResponse Nothing(const std::string& token) {
  v1::WatchProfilesResponse response;
  response.set_resume_token(token);
  return response;
}

// That `name` was created at second 1, and is as it was then, or since `updated`.
v1::WatchProfilesResponse Shown(const std::string& name, int updated, const std::string& token) {
  v1::WatchProfilesResponse response = Nothing(token);
  v1::Profile& profile = *response.add_changes()->mutable_profile();
  profile.set_name("profiles/0000000000000001");
  profile.set_display_name(name);
  profile.mutable_create_time()->set_seconds(1);
  profile.mutable_update_time()->set_seconds(updated);
  return response;
}

v1::WatchProfilesResponse Gone(const std::string& name, const std::string& token) {
  v1::WatchProfilesResponse response = Nothing(token);
  response.add_changes()->set_deleted(name);
  return response;
}

TEST(WatchTest, TellsWhatHappenedToWhom) {
  FakeTroupe server;
  server.watches = {{Nothing("a"), Shown("Ada", 1, "b"), Shown("Ada L.", 2, "c"),
                     Gone("profiles/0000000000000001", "d")}};
  const CliResult run = RunCli(server, {"watch", "profiles"});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.out, AllOf(HasSubstr("  created  profiles/0000000000000001  Ada\n"),
                             HasSubstr("  changed  profiles/0000000000000001  Ada L.\n"),
                             HasSubstr("  deleted  profiles/0000000000000001\n")));
  EXPECT_THAT(run.err, HasSubstr("--from d\n"));
}

TEST(WatchTest, GoesOnFromTheLastTokenWhenTheServerIsBack) {
  FakeTroupe server;
  server.watches = {{Nothing("a"), Shown("Ada", 1, "b")}, {}, {Shown("Bo", 1, "c")}};
  const CliResult run = RunCli(server, {"watch", "profiles", "--owner", "crew"});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_EQ(run.pauses, 2);
  ASSERT_EQ(server.watch_requests.size(), 3u);
  EXPECT_THAT(server.watch_requests[0].resume_token(), IsEmpty());
  EXPECT_EQ(server.watch_requests[1].resume_token(), "b");
  EXPECT_EQ(server.watch_requests[2].resume_token(), "b");
  EXPECT_EQ(server.watch_requests[2].organization(), "organizations/crew");
  EXPECT_THAT(run.out, AllOf(HasSubstr("Ada\n"), HasSubstr("Bo\n")));
}

TEST(WatchTest, WritesOneObjectALine) {
  FakeTroupe server;
  server.watches = {{Gone("profiles/0000000000000001", "d")}};
  const CliResult run = RunCli(server, {"--json", "watch", "profiles", "--from", "c"});
  EXPECT_EQ(server.watch_requests[0].resume_token(), "c");
  EXPECT_EQ(run.out, "{\"deleted\":\"profiles/0000000000000001\"}\n{\"resume_token\":\"d\"}\n");
  EXPECT_THAT(run.err, Not(HasSubstr("--from")));
}

TEST(WatchTest, FailsWhereNoServerEverAnswered) {
  FakeTroupe server;
  server.watches = {{}, {}};
  const CliResult run = RunCli(server, {"watch", "profiles"});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_EQ(run.pauses, 0);
}

}  // namespace
}  // namespace troupe
