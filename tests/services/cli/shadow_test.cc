#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/services/cli/cli_run.h"
#include "tests/services/convert/wire_samples.h"

namespace troupe {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::CliResult;
using testing::FakeTroupe;
using testing::FromText;
using testing::RunCli;

constexpr char kProject[] = "projects/00000000000000aa";

// A server that suggests that Wen, who writes, learns beside Dao, who directs.
class ShadowTest : public ::testing::Test {
 protected:
  ShadowTest() {
    server_.shadowing = FromText<v1::SuggestShadowingResponse>(R"(
      suggestions {
        learner: "profiles/0000000000000002" learner_role: "writer"
        expert: "profiles/0000000000000001" expert_opening: "projects/00000000000000aa/openings/1"
        role: "director" expert_level: 5 wished: true adjacency_millionths: 120000
        days { start { year: 2026 month: 3 day: 9 } limit { year: 2026 month: 3 day: 14 } }
        day_count: 5 worth: 28000
        trainee_seat { role: "director" headcount: 1 state: STATE_DRAFT trainees_allowed: true } }
      crew: 2 experts: 1)");
    Have("profiles/0000000000000001", "Dao");
    Have("profiles/0000000000000002", "Wen");
    server_.projects().records[kProject] = FromText<v1::Project>(R"(
      name: "projects/00000000000000aa" etag: "7"
      openings { name: "projects/00000000000000aa/openings/1" role: "director" headcount: 1 })");
  }
  void Have(const std::string& name, const std::string& display_name) {
    server_.profiles().records[name].set_name(name);
    server_.profiles().records[name].set_display_name(display_name);
  }

  FakeTroupe server_;
};

TEST_F(ShadowTest, TellsWhoLearnsBesideWhomAndWhen) {
  const CliResult run = RunCli(server_, {"shadow", kProject});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("Wen"), HasSubstr("Writer"), HasSubstr("Director"),
                             HasSubstr("Dao"), HasSubstr("2026-03-09..2026-03-13"),
                             HasSubstr("28,000"), HasSubstr("wants to"),
                             HasSubstr("1 trainee seat for a crew of 2 with 1 expert\n")));
  EXPECT_THAT(server_.project_updates, IsEmpty());
}

TEST_F(ShadowTest, TellsHowNearARoleIsThatNobodyWishedFor) {
  server_.shadowing.mutable_suggestions(0)->set_wished(false);
  EXPECT_THAT(RunCli(server_, {"shadow", kProject}).out,
              HasSubstr("12.0 % of such people come to it"));
}

TEST_F(ShadowTest, AsksAsItWasTold) {
  RunCli(server_, {"shadow", kProject, "--learners-per-expert", "2", "--expert-level", "3",
                   "--least-days", "5", "--wishing"});
  ASSERT_EQ(server_.shadowing_requests.size(), 1u);
  EXPECT_EQ(server_.shadowing_requests[0].ShortDebugString(),
            FromText<v1::SuggestShadowingRequest>(
                "project: 'projects/00000000000000aa' learners_per_expert: 2 expert_level: 3 "
                "least_days: 5 wishing_only: true")
                .ShortDebugString());
}

TEST_F(ShadowTest, AddsTheSeatsToTheProjectAsItWasRead) {
  const CliResult run = RunCli(server_, {"shadow", kProject, "--add"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  ASSERT_EQ(server_.project_updates.size(), 1u);
  const v1::UpdateProjectRequest& update = server_.project_updates[0];
  EXPECT_EQ(update.project().etag(), "7");
  EXPECT_THAT(update.update_mask().paths(), ElementsAre("openings"));
  ASSERT_EQ(update.project().openings_size(), 2);
  EXPECT_TRUE(update.project().openings(1).trainees_allowed());
  EXPECT_THAT(run.out, HasSubstr("added projects/00000000000000aa/openings/2, a draft\n"));
}

TEST_F(ShadowTest, AddsNothingWhereNothingIsSuggested) {
  server_.shadowing.clear_suggestions();
  server_.shadowing.set_empty_text("fewer than two people: fill seats");
  const CliResult run = RunCli(server_, {"shadow", kProject, "--add"});
  EXPECT_THAT(run.out, HasSubstr("fewer than two people: fill seats\n"));
  EXPECT_THAT(server_.project_updates, IsEmpty());
}

TEST_F(ShadowTest, WritesJson) {
  const CliResult run = RunCli(server_, {"--json", "shadow", kProject});
  EXPECT_EQ(nlohmann::json::parse(run.out)["suggestions"][0]["worth"], "28000");
}

TEST_F(ShadowTest, RefusesBadUsage) {
  EXPECT_EQ(RunCli(server_, {"shadow"}).exit_code, 2);
  EXPECT_EQ(RunCli(server_, {"shadow", kProject, "--expert-level", "6"}).exit_code, 2);
  EXPECT_THAT(server_.shadowing_requests, IsEmpty());
}

}  // namespace
}  // namespace troupe
