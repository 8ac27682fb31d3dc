#include <grpcpp/client_context.h>

#include <filesystem>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/integration/asking.h"
#include "tests/integration/server_process.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/services/rpc/raw_call.h"
#include "tests/testing/status_matchers.h"
#include "troupe/v1/profile_service.grpc.pb.h"

namespace troupe::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

// A director and a gaffer, and a project that looks for the former.
class RestartTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_THAT(server_.Start(), IsOk());
    director_ = CreateProfile(Crew(), FromText<v1::Profile>(R"(
      display_name: "Ada" findability: FINDABILITY_FINDABLE home_place: "xian"
      travel { anywhere: true } roles { role: "director" level: 4 years: 8 }
      skills { skill: "fast-schedules" level: 5 } rating { count: 21 mean_thousandths: 4450 }
      credits { production: "tmdb:603" role: "director" genres { id: "suspense" } })"))
                    .value();
    CreateProfile(Crew(), FromText<v1::Profile>(R"(
      display_name: "Bo" findability: FINDABILITY_HIDDEN roles { role: "gaffer" level: 2 })"))
        .value();
    project_ = CreateProject(Crew(), FromText<v1::Project>(R"(
      title: "Harbour" findability: FINDABILITY_FINDABLE place: "xian" genres { id: "suspense" }
      openings { role: "director" headcount: 1 state: STATE_OPEN
                 skills { skill: "fast-schedules" level: 3 } })"))
                   .value();
  }

  Connection Crew() { return server_.As("crew"); }
  std::string Digest() { return Statistics(server_.As("operator")).value().digest(); }
  v1::FindProfilesResponse Find() {
    return FindProfiles(Crew(), project_.openings(0).name()).value();
  }
  void Restart() {
    ASSERT_EQ(server_.Terminate(), 0);
    ASSERT_THAT(server_.Start(), IsOk());
  }
  std::string ViewFolder() { return server_.data_directory() + "/view"; }

  const TempDirectory folder_;
  ServerProcess server_{folder_.Join("data")};
  v1::Profile director_;
  v1::Project project_;
};

TEST_F(RestartTest, FindsTheSamePersonForTheSameReasons) {
  const v1::FindProfilesResponse before = Find();
  ASSERT_EQ(before.matches_size(), 1);
  EXPECT_EQ(before.matches(0).profile(), director_.name());
  EXPECT_GT(before.matches(0).score_millionths(), 0);
  Restart();
  EXPECT_EQ(Difference(Find(), before), "");
}

TEST_F(RestartTest, ReadsEveryRecordAsItWasAnswered) {
  Restart();
  EXPECT_EQ(Difference(GetProfile(Crew(), director_.name()).value(), director_), "");
  EXPECT_EQ(Difference(GetProject(Crew(), project_.name()).value(), project_), "");
}

TEST_F(RestartTest, KeepsTheDigestOfThePool) {
  const std::string before = Digest();
  Restart();
  EXPECT_EQ(Digest(), before);
}

TEST_F(RestartTest, KeepsADeletedProfileDeleted) {
  ASSERT_THAT(DeleteProfile(Crew(), director_.name()), IsOk());
  Restart();
  EXPECT_EQ(GetProfile(Crew(), director_.name()).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Find().matches_size(), 0);
}

TEST_F(RestartTest, RemembersARequestIdFromBefore) {
  const auto eve = FromText<v1::Profile>("display_name: 'Eve' findability: FINDABILITY_FINDABLE");
  const v1::Profile created = CreateProfile(Crew(), eve, "once").value();
  Restart();
  EXPECT_EQ(CreateProfile(Crew(), eve, "once").value().name(), created.name());
  EXPECT_EQ(ListProfiles(Crew()).value().size(), 3U);
}

TEST_F(RestartTest, MakesTheViewAgainFromTheLog) {
  const std::string digest = Digest();
  const v1::FindProfilesResponse found = Find();
  ASSERT_EQ(server_.Terminate(), 0);
  ASSERT_GT(std::filesystem::remove_all(ViewFolder()), 0U);
  ASSERT_THAT(server_.Start(), IsOk());
  EXPECT_EQ(Digest(), digest);
  EXPECT_EQ(Difference(Find(), found), "");
  EXPECT_EQ(ListProfiles(Crew()).value().size(), 2U);
}

TEST_F(RestartTest, RemovesThePortFileWhenItEnds) {
  ASSERT_TRUE(server_.HasPortFile());
  EXPECT_EQ(server_.Terminate(), 0);
  EXPECT_FALSE(server_.HasPortFile());
}

TEST_F(RestartTest, RefusesASecondServerOnTheFolder) {
  ServerProcess second(server_.data_directory());
  EXPECT_THAT(second.Start(),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       AllOf(HasSubstr("ended with 1"), HasSubstr(server_.data_directory()))));
  EXPECT_EQ(Find().matches_size(), 1);  // The first is not disturbed.
}

TEST_F(RestartTest, RefusesAFolderThatCannotBeMade) {
  ServerProcess homeless("/nowhere/data");
  EXPECT_THAT(homeless.Start(),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       AllOf(HasSubstr("ended with 1"), HasSubstr("/nowhere/data"))));
}

TEST_F(RestartTest, SaysByHealthThatItServes) {
  EXPECT_THAT(RawCall(*server_.channel(), "/grpc.health.v1.Health/Check", ""),
              IsOkAndHolds("\x08\x01"));
}

TEST_F(RestartTest, ListsItsServicesByReflection) {
  const auto channel = server_.channel();
  grpc::ClientContext context;
  const auto stream = RawStream(
      *channel, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", context);
  stream->Write(BytesOf(absl::string_view("\x3a\x00", 2)));  // list_services: ""
  grpc::ByteBuffer answer;
  ASSERT_TRUE(stream->Read(&answer));
  EXPECT_THAT(TextOf(answer), AllOf(HasSubstr("troupe.v1.ProfileService"),
                                    HasSubstr("troupe.v1.ProjectService"),
                                    HasSubstr("troupe.v1.MatchService")));
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
}

// What a watch by `by` tells from `token` on, until it has told of `count`
// changes. Moves `token` on.
std::vector<std::string> Watch(const Connection& by, int count, std::string& token) {
  const auto context = by.NewContext();
  v1::WatchProfilesRequest request;
  request.set_resume_token(token);
  const auto reader = by.stub<v1::ProfileService::Stub>().WatchProfiles(context.get(), request);
  std::vector<std::string> told;
  v1::WatchProfilesResponse response;
  while (static_cast<int>(told.size()) < count || token.empty()) {
    if (!reader->Read(&response)) return {"the watch has ended"};
    token = response.resume_token();
    for (const v1::ProfileChange& change : response.changes()) {
      told.push_back(change.has_profile() ? change.profile().display_name() : change.deleted());
    }
  }
  context->TryCancel();
  return told;
}

TEST_F(RestartTest, LetsAWatchGoOnWithoutGapOrRepeat) {
  std::string token;
  EXPECT_THAT(Watch(Crew(), 0, token), IsEmpty());
  CreateProfile(Crew(), FromText<v1::Profile>(
      "display_name: 'Cy' findability: FINDABILITY_HIDDEN")).value();
  EXPECT_THAT(Watch(Crew(), 1, token), ElementsAre("Cy"));
  ASSERT_THAT(DeleteProfile(Crew(), director_.name()), IsOk());
  Restart();
  CreateProfile(Crew(), FromText<v1::Profile>(
      "display_name: 'Di' findability: FINDABILITY_HIDDEN")).value();
  EXPECT_THAT(Watch(Crew(), 2, token), UnorderedElementsAre(director_.name(), "Di"));
}

}  // namespace
}  // namespace troupe::testing
