// A deployment of three processes, within one.
#include "services/apps/troupe_process.h"

#include <filesystem>
#include <memory>
#include <sstream>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "services/cli/connection.h"
#include "services/log/data_directory_report.h"
#include "services/rpc/freshness_gate.h"
#include "tests/services/apps/unix_deployment.h"
#include "tests/services/convert/near_window.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/testing/status_matchers.h"
#include "troupe/v1/booking_service.grpc.pb.h"
#include "troupe/v1/hold.pb.h"
#include "troupe/v1/match_service.grpc.pb.h"
#include "troupe/v1/model_service.grpc.pb.h"
#include "troupe/v1/opening.pb.h"
#include "troupe/v1/profile_service.grpc.pb.h"
#include "troupe/v1/project_service.grpc.pb.h"

namespace troupe::testing {
namespace {

constexpr char kDirector[] = R"(
    display_name: "Ada" findability: FINDABILITY_FINDABLE home_place: "xian"
    roles { role: "director" level: 3 })";

class ThreeProcessesTest : public ::testing::Test {
 protected:
  void StartProfiles() { profiles_ = deployment_.Start(ProfilesRole(), "profiles", {}); }
  void StartProjects() {
    projects_ = deployment_.Start(ProjectsRole(), "projects", {{LogName::kProfiles, ToProfiles()}});
  }
  void StartMatching() {
    matching_ = deployment_.Start(MatchingRole(), "matching",
                                  {{LogName::kProfiles, ToProfiles()},
                                   {LogName::kProjects, projects_->InProcessChannel()}});
  }
  void StartAll() {
    StartProfiles();
    StartProjects();
    StartMatching();
  }

  template <typename Request, typename Response>
  absl::StatusOr<Response> Book(grpc::Status (v1::BookingService::Stub::*method)(
                                    grpc::ClientContext*, const Request&, Response*),
                                const std::string& request) {
    const auto stub = v1::BookingService::NewStub(ToProfiles());
    return As("crew").Ask(*stub, method, FromText<Request>(request));
  }
  std::shared_ptr<grpc::Channel> ToProfiles() { return profiles_->InProcessChannel(); }

  // Whose answers show all that was acknowledged.
  Connection As(const std::string& organization) {
    Connection connection({ToProfiles(), projects_->InProcessChannel(),
                           matching_->InProcessChannel()},
                          "", organization);
    connection.AskForFresh();
    return connection;
  }

  v1::Profile CreateAda() {
    v1::CreateProfileRequest request;
    *request.mutable_profile() = FromText<v1::Profile>(kDirector);
    const Connection crew = As("crew");
    return crew.Ask(&v1::ProfileService::Stub::CreateProfile, request).value();
  }
  absl::StatusOr<v1::Project> CreateProject(const std::string& attached = "") {
    v1::CreateProjectRequest request;
    *request.mutable_project() = FromText<v1::Project>(R"(
        title: "Harbour" findability: FINDABILITY_FINDABLE place: "xian"
        openings { role: "director" headcount: 1 state: STATE_OPEN })");
    if (!attached.empty()) {
      v1::Attached& person = *request.mutable_project()->add_attached();
      person.set_profile(attached);
      person.add_roles("writer");
    }
    const Connection crew = As("crew");
    return crew.Ask(&v1::ProjectService::Stub::CreateProject, request);
  }
  // By a caller who takes what state there is.
  absl::Status DeleteAsItIs(const v1::Project& project) {
    v1::DeleteProjectRequest request;
    request.set_name(project.name());
    const Connection crew(projects_->InProcessChannel(), "", "crew");
    return crew.Ask(&v1::ProjectService::Stub::DeleteProject, request).status();
  }
  absl::StatusOr<v1::FindProfilesResponse> Find(const std::string& opening) {
    v1::FindProfilesRequest request;
    request.set_opening(opening);
    const Connection crew = As("crew");
    return crew.Ask(&v1::MatchService::Stub::FindProfiles, request);
  }
  // Once the matcher has caught up.
  std::string Digest() {
    const Connection asker = As("operator");
    while (true) {
      const auto statistics = asker.Ask(
          &v1::MatchService::Stub::GetPoolStatistics, v1::GetPoolStatisticsRequest());
      if (statistics.ok()) return statistics->digest();
    }
  }

  const UnixDeployment deployment_;
  std::unique_ptr<TroupeProcess> profiles_, projects_, matching_;
};

TEST_F(ThreeProcessesTest, MatchWhatTheOtherTwoKeep) {
  StartAll();
  Digest();
  const v1::Profile ada = CreateAda();
  const auto project = CreateProject();
  ASSERT_THAT(project, IsOk());
  const auto found = Find(project->openings(0).name());
  ASSERT_THAT(found, IsOk());
  ASSERT_EQ(found->matches_size(), 1);
  EXPECT_EQ(found->matches(0).profile(), ada.name());
}

TEST_F(ThreeProcessesTest, KnowWhoMayBeOnAProject) {
  StartAll();
  EXPECT_THAT(CreateProject(CreateAda().name()), IsOk());
  EXPECT_THAT(CreateProject("profiles/00000000000000ff"),
              StatusIs(absl::StatusCode::kInvalidArgument, ::testing::_));
}

TEST_F(ThreeProcessesTest, MakeTheMatcherAgainFromNothing) {
  StartAll();
  Digest();
  CreateAda();
  ASSERT_THAT(CreateProject(), IsOk());
  const std::string digest = Digest();
  matching_.reset();
  std::filesystem::remove_all(deployment_.FolderOf("matching"));
  StartMatching();
  EXPECT_EQ(Digest(), digest);
}

TEST_F(ThreeProcessesTest, LetTheMatcherStartFirst) {
  StartProfiles();
  StartProjects();
  const auto away = OpenChannel("unix:/nonexistent/troupe.sock");
  matching_ = deployment_.Start(MatchingRole(), "matching",
                                {{LogName::kProfiles, away}, {LogName::kProjects, away}});
  v1::FindProfilesRequest request;
  const Connection crew(matching_->InProcessChannel(), "", "crew");
  const auto answer =
      crew.Ask(&v1::MatchService::Stub::FindProfiles, request);
  EXPECT_THAT(answer, StatusIs(absl::StatusCode::kUnavailable, ::testing::_));
  EXPECT_EQ(ReasonOf(answer.status()), "NOT_CAUGHT_UP");
}

TEST_F(ThreeProcessesTest, KeepModelsWhereTheyMatch) {
  StartAll();
  Digest();
  const v1::Profile ada = CreateAda();
  v1::FindProfilesRequest find;
  find.set_opening(CreateProject().value().openings(0).name());
  find.set_model("scoringModels/skilled");
  const auto create = FromText<v1::CreateScoringModelRequest>(
      "model_id: 'skilled' model { roles { role: 'director' "
      "cold { weights { key: 'skills' value: 1000000 } } } }");
  {
    const Connection crew = As("crew");
    ASSERT_THAT(crew.Ask(&v1::ModelService::Stub::CreateScoringModel, create),
                IsOk());
  }
  matching_.reset();
  std::ostringstream report;
  EXPECT_TRUE(ReportOnDataDirectory(deployment_.FolderOf("matching"), LogName::kMatching, report))
      << report.str();
  std::filesystem::remove_all(deployment_.FolderOf("matching/view"));  // Made again from all logs.
  StartMatching();
  Digest();
  const Connection crew = As("crew");
  const auto found = crew.Ask(&v1::MatchService::Stub::FindProfiles, find);
  ASSERT_THAT(found, IsOk());
  ASSERT_EQ(found->matches_size(), 1);
  EXPECT_EQ(found->matches(0).features(0).weight_millionths(), 1'000'000);
}

TEST_F(ThreeProcessesTest, BookAPersonForASeatAndReplaceHer) {
  using Stub = v1::BookingService::Stub;
  StartAll();
  Digest();
  const v1::Profile ada = CreateAda(), bo = CreateAda();
  const v1::Project project = CreateProject().value();
  const v1::Hold hold =
      Book(&Stub::PlaceHold, absl::StrCat("parent: '", ada.name(), "' opening: '",
                                          project.openings(0).name(), "' ", NearWindow()))
          .value();
  const std::string name = absl::StrCat("name: '", hold.name(), "'");
  ASSERT_THAT(Book(&Stub::AcceptHold, name), IsOk());
  EXPECT_EQ(Book(&Stub::ConfirmHold, name)->state(), v1::Hold::STATE_BOOKED);
  v1::GetProjectRequest get;
  get.set_name(project.name());
  const Connection crew = As("crew");
  const auto booked = crew.Ask(&v1::ProjectService::Stub::GetProject, get);
  EXPECT_EQ(booked->openings(0).seats(0).hold(), hold.name());
  const auto replaced = Book(&Stub::ReplaceDropout, name);
  ASSERT_THAT(replaced, IsOk());
  ASSERT_EQ(replaced->replacements().matches_size(), 1) << replaced->search_error();
  EXPECT_EQ(replaced->replacements().matches(0).profile(), bo.name());
  EXPECT_FALSE(
      crew.Ask(&v1::ProjectService::Stub::GetProject, get)->openings(0).filled());
}

// Also to a caller who does not ask for all that was acknowledged.
TEST_F(ThreeProcessesTest, KeepAProjectThatSomebodyHoldsDaysFor) {
  StartAll();
  Digest();
  const v1::Profile ada = CreateAda();
  const v1::Project project = CreateProject().value();
  ASSERT_THAT(Book(&v1::BookingService::Stub::PlaceHold,
                   absl::StrCat("parent: '", ada.name(), "' opening: '",
                                project.openings(0).name(), "' ", NearWindow())),
              IsOk());
  EXPECT_EQ(ReasonOf(DeleteAsItIs(project)), "PROJECT_HAS_HOLDS");
}

TEST_F(ThreeProcessesTest, KeepAProjectWhileNobodyKnowsWhoHoldsDaysForIt) {
  StartProfiles();
  projects_ =
      deployment_.Start(ProjectsRole(), "projects",
                        {{LogName::kProfiles, OpenChannel(deployment_.AddressOf("profiles"))}});
  v1::CreateProjectRequest request;
  *request.mutable_project() =
      FromText<v1::Project>("title: 'Harbour' findability: FINDABILITY_FINDABLE");
  const Connection crew(projects_->InProcessChannel(), "", "crew");
  absl::StatusOr<v1::Project> project = absl::UnavailableError("not yet");
  while (absl::IsUnavailable(project.status())) {  // Until it has read the other's log.
    project = crew.Ask(&v1::ProjectService::Stub::CreateProject, request);
  }
  ASSERT_THAT(project, IsOk());
  profiles_.reset();
  EXPECT_EQ(ReasonOf(DeleteAsItIs(*project)), "LOG_UNREACHABLE");
  v1::GetProjectRequest get;
  get.set_name(project->name());
  EXPECT_THAT(crew.Ask(&v1::ProjectService::Stub::GetProject, get), IsOk());
}

TEST_F(ThreeProcessesTest, ServeAllElseWhereSeatsCannotBeReached) {
  StartProfiles();
  v1::CreateProfileRequest request;
  *request.mutable_profile() = FromText<v1::Profile>(kDirector);
  const Connection crew(ToProfiles(), "", "crew");
  const auto ada = crew.Ask(&v1::ProfileService::Stub::CreateProfile, request);
  ASSERT_THAT(ada, IsOk());
  v1::PlaceHoldRequest place;
  place.set_parent(ada->name());
  place.set_opening("projects/0000000000000007/openings/1");
  const auto stub = v1::BookingService::NewStub(ToProfiles());
  const auto placed = crew.Ask(*stub, &v1::BookingService::Stub::PlaceHold, place);
  EXPECT_EQ(ReasonOf(placed.status()), "SEATS_UNREACHABLE");
}

TEST_F(ThreeProcessesTest, TellWithEachAnswerWhichStateItShows) {
  StartAll();
  Digest();
  const v1::Profile ada = CreateAda();
  const auto stub = v1::ProfileService::NewStub(ToProfiles());
  grpc::ClientContext get;
  get.AddMetadata("troupe-organization", "crew");
  v1::GetProfileRequest request;
  request.set_name(ada.name());
  v1::Profile got;
  ASSERT_TRUE(stub->GetProfile(&get, request, &got).ok());
  const auto token = get.GetServerTrailingMetadata().find(kTokenMetadata);
  ASSERT_NE(token, get.GetServerTrailingMetadata().end());
  grpc::ClientContext again;
  again.AddMetadata("troupe-organization", "crew");
  again.AddMetadata(kAtLeastAsFreshMetadata,
                    std::string(token->second.data(), token->second.size()));
  EXPECT_TRUE(stub->GetProfile(&again, request, &got).ok());
}

}  // namespace
}  // namespace troupe::testing
