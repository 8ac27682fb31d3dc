// How tokens of two processes are waited for by a third one that follows both.
#include <grpcpp/client_context.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/apps/troupe_process.h"
#include "services/cli/connection.h"
#include "services/rpc/caller.h"
#include "services/rpc/freshness_gate.h"
#include "services/rpc/status_details.h"
#include "tests/services/apps/valve.h"
#include "tests/services/apps/unix_deployment.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/testing/status_matchers.h"
#include "troupe/v1/match_service.grpc.pb.h"
#include "troupe/v1/profile_service.grpc.pb.h"
#include "troupe/v1/project_service.grpc.pb.h"

namespace troupe::testing {
namespace {

using Profiles = v1::ProfileService::Stub;
using Projects = v1::ProjectService::Stub;
using Matches = v1::MatchService::Stub;

constexpr char kReadRecords[] = "/troupe.feed.v1.FeedService/ReadRecords";
constexpr char kNobody[] = "profiles/00000000000000ff";
constexpr char kNothing[] = "projects/00000000000000ff";

// A record as its owner wrote it, and the token of that answer.
template <typename Record>
struct Written {
  Record record;
  std::string token;
};

// A call of the crew's that is under way: it asks for at least the state of `tokens`.
template <typename Response>
class Question {
 public:
  template <typename Request>
  Question(v1::MatchService::Stub& stub,
           void (Matches::async_interface::*method)(grpc::ClientContext*, const Request*,
                                                    Response*, std::function<void(grpc::Status)>),
           const Request& request, const std::vector<std::string>& tokens) {
    context_.AddMetadata(kOrganizationMetadata, "crew");
    for (const std::string& token : tokens) context_.AddMetadata(kAtLeastAsFreshMetadata, token);
    (stub.async()->*method)(&context_, &request, &response_, [this](const grpc::Status& status) {
      status_ = FromGrpcStatus(status);
      answered_.Notify();
    });
  }
  ~Question() {
    context_.TryCancel();  // If nobody waited for it.
    Wait().IgnoreError();
  }

  bool IsAnswered() const { return answered_.HasBeenNotified(); }
  absl::StatusOr<Response> Answer() {
    TROUPE_RETURN_IF_ERROR(Wait());
    return response_;
  }

 private:
  absl::Status Wait() {
    answered_.WaitForNotification();
    return status_;
  }

  grpc::ClientContext context_;
  Response response_;
  absl::Status status_;
  absl::Notification answered_;
};

// Asks again as long as the answer is `reason`.
template <typename Call>
auto OnceNot(absl::string_view reason, Call call) {
  auto answer = call();
  while (ReasonOf(answer.status()) == reason) {
    std::this_thread::yield();
    answer = call();
  }
  return answer;
}

// Three processes of which the matcher hears from the others when the test lets it.
class FreshnessTest : public ::testing::Test {
 protected:
  ~FreshnessTest() override {
    profiles_feed_.Open();
    projects_feed_.Open();
  }

  void SetUp() override {
    profiles_ = deployment_.Start(ProfilesRole(), "profiles", {});
    projects_ = deployment_.Start(ProjectsRole(), "projects",
                                  {{LogName::kProfiles, profiles_->InProcessChannel()}});
    matching_ = deployment_.Start(MatchingRole(), "matching",
                                  {{LogName::kProfiles, ChannelThrough(profiles_feed_, "profiles")},
                                   {LogName::kProjects, ChannelThrough(projects_feed_, "projects")}});
    OnceNot("NOT_CAUGHT_UP", [&] { return FindOpenings(kNobody); }).IgnoreError();
    OnceNot("NOT_CAUGHT_UP", [&] { return GetProject(kNothing); }).IgnoreError();
    profiles_feed_.Shut();
    projects_feed_.Shut();
  }

  std::shared_ptr<grpc::Channel> ChannelThrough(Valve& valve, const std::string& process) const {
    return valve.ChannelTo(deployment_.AddressOf(process));
  }

  template <typename Stub, typename Request, typename Response>
  Written<Response> Write(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                       Response*),
                          TroupeProcess& process, const std::string& request) {
    grpc::ClientContext context;
    context.AddMetadata(kOrganizationMetadata, "crew");
    Written<Response> written;
    Stub stub(process.InProcessChannel());
    EXPECT_THAT(FromGrpcStatus((stub.*method)(&context, FromText<Request>(request),
                                              &written.record)),
                IsOk());
    const auto token = context.GetServerTrailingMetadata().find(kTokenMetadata);
    if (token == context.GetServerTrailingMetadata().end()) return written;
    written.token.assign(token->second.data(), token->second.size());
    return written;
  }
  Written<v1::Project> CreateProject() {
    return Write(&Projects::CreateProject, *projects_, R"(project {
        title: "Harbour" findability: FINDABILITY_FINDABLE place: "xian"
        openings { role: "director" headcount: 1 state: STATE_OPEN } })");
  }
  Written<v1::Profile> CreateProfile() {
    return Write(&Profiles::CreateProfile, *profiles_, R"(profile {
        display_name: "Ada" findability: FINDABILITY_FINDABLE home_place: "xian"
        roles { role: "director" level: 3 } })");
  }

  // From whatever state is at hand.
  absl::StatusOr<v1::FindProfilesResponse> FindProfiles(const std::string& opening) {
    return crew().Ask(&Matches::FindProfiles, OfOpening(opening));
  }
  absl::StatusOr<v1::FindOpeningsResponse> FindOpenings(const std::string& profile) {
    return crew().Ask(&Matches::FindOpenings, OfProfile(profile));
  }
  absl::StatusOr<v1::Project> GetProject(const std::string& name) {
    v1::GetProjectRequest request;
    request.set_name(name);
    return crew().Ask(&Projects::GetProject, request);
  }
  Connection crew() {
    return {{profiles_->InProcessChannel(), projects_->InProcessChannel(),
             matching_->InProcessChannel()},
            "",
            "crew"};
  }

  static v1::FindProfilesRequest OfOpening(const std::string& opening) {
    v1::FindProfilesRequest request;
    request.set_opening(opening);
    return request;
  }
  static v1::FindOpeningsRequest OfProfile(const std::string& profile) {
    v1::FindOpeningsRequest request;
    request.set_profile(profile);
    return request;
  }

  const UnixDeployment deployment_;
  Valve profiles_feed_{kReadRecords}, projects_feed_{kReadRecords};
  std::unique_ptr<TroupeProcess> profiles_, projects_, matching_;
};

// In both tests the project is written first: so its token does not stand for the
// profile, too, of which its process hears.

TEST_F(FreshnessTest, FindProfilesWaitsForTheTokensOfBothWrites) {
  const Written<v1::Project> harbour = CreateProject();
  const Written<v1::Profile> ada = CreateProfile();
  const std::string opening = harbour.record.openings(0).name();
  v1::MatchService::Stub matches(matching_->InProcessChannel());
  Question question(matches, &Matches::async_interface::FindProfiles, OfOpening(opening),
                    {ada.token, harbour.token});
  ASSERT_EQ(ReasonOf(FindProfiles(opening).status()), "OPENING_NOT_FOUND");
  projects_feed_.Open();
  const auto half = OnceNot("OPENING_NOT_FOUND", [&] { return FindProfiles(opening); });
  ASSERT_THAT(half, IsOk());
  EXPECT_EQ(half->matches_size(), 0);
  EXPECT_FALSE(question.IsAnswered());
  profiles_feed_.Open();
  const auto found = question.Answer();
  ASSERT_THAT(found, IsOk());
  ASSERT_EQ(found->matches_size(), 1);
  EXPECT_EQ(found->matches(0).profile(), ada.record.name());
}

TEST_F(FreshnessTest, FindOpeningsWaitsForTheTokensOfBothWrites) {
  const Written<v1::Project> harbour = CreateProject();
  const Written<v1::Profile> ada = CreateProfile();
  const std::string profile = ada.record.name();
  v1::MatchService::Stub matches(matching_->InProcessChannel());
  Question question(matches, &Matches::async_interface::FindOpenings, OfProfile(profile),
                    {ada.token, harbour.token});
  ASSERT_EQ(ReasonOf(FindOpenings(profile).status()), "PROFILE_NOT_FOUND");
  profiles_feed_.Open();
  const auto half = OnceNot("PROFILE_NOT_FOUND", [&] { return FindOpenings(profile); });
  ASSERT_THAT(half, IsOk());
  EXPECT_EQ(half->matches_size(), 0);
  EXPECT_FALSE(question.IsAnswered());
  projects_feed_.Open();
  const auto found = question.Answer();
  ASSERT_THAT(found, IsOk());
  ASSERT_EQ(found->matches_size(), 1);
  EXPECT_EQ(found->matches(0).opening(), harbour.record.openings(0).name());
}

}  // namespace
}  // namespace troupe::testing
