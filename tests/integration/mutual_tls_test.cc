// Three processes that know each other, and their callers, by certificates.
#include <grpcpp/client_context.h>

#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/rpc/caller.h"
#include "services/rpc/channel_credentials.h"
#include "services/rpc/status_details.h"
#include "tests/integration/asking.h"
#include "tests/integration/server_process.h"
#include "tests/services/convert/near_window.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/testing/certificates.h"
#include "tests/testing/status_matchers.h"
#include "troupe/feed/v1/feed_service.grpc.pb.h"
#include "troupe/seat/v1/seat_service.grpc.pb.h"
#include "troupe/v1/booking_service.grpc.pb.h"
#include "troupe/v1/operation_service.grpc.pb.h"
#include "troupe/v1/placement_service.grpc.pb.h"
#include "troupe/v1/project_service.grpc.pb.h"

namespace troupe::testing {
namespace {

using ::testing::_;
using ::testing::AllOf;
using ::testing::HasSubstr;
using Bookings = v1::BookingService::Stub;
using Placements = v1::PlacementService::Stub;
using Feed = feed::v1::FeedService;
using Seats = seat::v1::SeatService;

constexpr absl::Duration kPause = absl::Milliseconds(5);
constexpr int kMostPauses = 6'000;

v1::Profile Director(const std::string& name) {
  return FromText<v1::Profile>(absl::StrCat("display_name: '", name, R"('
      findability: FINDABILITY_FINDABLE home_place: "xian" roles { role: "director" level: 3 })"));
}

v1::Project Harbour() {
  return FromText<v1::Project>(absl::StrCat(R"(
      title: "Harbour" findability: FINDABILITY_FINDABLE place: "xian"
      openings { role: "director" headcount: 1 state: STATE_OPEN )", NearWindow(), " }"));
}

// Calls `call` until what it answers is `enough`; for half a minute at most.
template <typename Call, typename Enough>
auto AskUntil(Call call, Enough enough) {
  auto answer = call();
  for (int pauses = 0; pauses < kMostPauses && !enough(answer); ++pauses) {
    absl::SleepFor(kPause);
    answer = call();
  }
  return answer;
}

// Once the process that is asked has heard of the others.
template <typename Call>
auto OnceCaughtUp(Call call) {
  return AskUntil(call, [](const auto& answer) {
    return ReasonOf(answer.status()) != "NOT_CAUGHT_UP";
  });
}

// An agency, which has people, and a studio, which has a project.
class MutualTlsTest : public ::testing::Test {
 protected:
  void StartAll() {
    for (ServerProcess* process : {&profiles_, &projects_, &matching_}) process->Launch();
    for (ServerProcess* process : {&profiles_, &projects_, &matching_}) {
      ASSERT_THAT(process->AwaitReady(), IsOk());
    }
    ASSERT_THAT(OnceCaughtUp([&] { return ListProjects(studio_); }), IsOk());
    ASSERT_THAT(OnceCaughtUp([&] { return Statistics(As("organizations/operator")); }), IsOk());
  }

  std::string AddressOf(const std::string& name) { return "unix:" + folder_.Join(name + ".sock"); }
  // troupe-`name`, with a certificate of `holder`.
  ServerProcess::Program Program(const std::string& name, const std::string& holder) {
    const TlsFiles files = authority_.Issue("DNS:localhost,URI:troupe://" + holder,
                                            folder_.Join(name));
    return {.name = "troupe-" + name,
            .listen = AddressOf(name),
            .flags = {"--tls_cert=" + files.certificate, "--tls_key=" + files.key,
                      "--tls_client_ca=" + files.authority,
                      "--profiles_address=" + AddressOf("profiles"),
                      "--projects_address=" + AddressOf("projects"),
                      "--matching_address=" + AddressOf("matching")}};
  }
  ServerProcess::Program Service(const std::string& name) {
    return Program(name, "services/troupe-" + name);
  }

  // A connection of its own to each process, with a certificate of `holder`.
  Connection::Channels ChannelsOf(const std::string& holder) {
    const auto credentials = *ChannelCredentials(
        authority_.Issue("URI:troupe://" + holder, folder_.Join("client")));
    return {OpenChannel(AddressOf("profiles"), credentials),
            OpenChannel(AddressOf("projects"), credentials),
            OpenChannel(AddressOf("matching"), credentials)};
  }
  // Whose answers show all that was acknowledged. By itself it says only by the
  // certificate for whom it asks.
  Connection As(const std::string& holder, const std::string& organization = "") {
    Connection connection(ChannelsOf(holder), "", organization);
    connection.AskForFresh();
    return connection;
  }

  v1::Hold PlaceHold(const v1::Profile& person, const v1::Project& project) {
    v1::PlaceHoldRequest request;
    request.set_parent(person.name());
    request.set_opening(project.openings(0).name());
    return studio_.Ask(&Bookings::PlaceHold, request).value();
  }
  // What the studio has once the agency has accepted and it has confirmed.
  absl::StatusOr<v1::Hold> Book(const v1::Hold& hold) {
    v1::AcceptHoldRequest accept;
    accept.set_name(hold.name());
    TROUPE_RETURN_IF_ERROR(agency_.Ask(&Bookings::AcceptHold, accept).status());
    v1::ConfirmHoldRequest confirm;
    confirm.set_name(hold.name());
    return studio_.Ask(&Bookings::ConfirmHold, confirm);
  }

  const TempDirectory folder_;
  CertificateAuthority authority_;
  ServerProcess profiles_{folder_.Join("data-of-profiles"), Service("profiles")};
  ServerProcess projects_{folder_.Join("data-of-projects"), Service("projects")};
  ServerProcess matching_{folder_.Join("data-of-matching"), Service("matching")};
  const Connection agency_ = As("organizations/agency");
  const Connection studio_ = As("organizations/studio");
};

TEST_F(MutualTlsTest, MatchesWhatTheOtherTwoKeep) {
  StartAll();
  const v1::Profile ada = CreateProfile(agency_, Director("Ada")).value();
  const v1::Project harbour = CreateProject(studio_, Harbour()).value();
  EXPECT_EQ(ada.organization(), "organizations/agency");
  const auto found = FindProfiles(studio_, harbour.openings(0).name());
  ASSERT_THAT(found, IsOk());
  ASSERT_EQ(found->matches_size(), 1);
  EXPECT_EQ(found->matches(0).profile(), ada.name());
}

TEST_F(MutualTlsTest, BooksASeatOfTheProcessThatKeepsProjects) {
  StartAll();
  const v1::Profile ada = CreateProfile(agency_, Director("Ada")).value();
  const v1::Project harbour = CreateProject(studio_, Harbour()).value();
  const v1::Hold hold = PlaceHold(ada, harbour);
  EXPECT_EQ(hold.organization(), "organizations/studio");
  const auto booked = Book(hold);
  ASSERT_THAT(booked, IsOk());
  EXPECT_EQ(booked->state(), v1::Hold::STATE_BOOKED);
  EXPECT_EQ(GetProject(studio_, harbour.name())->openings(0).seats(0).hold(), hold.name());
}

// The process that keeps profiles asks the matcher on the studio's behalf: nobody
// else may ask for its opening.
TEST_F(MutualTlsTest, FindsReplacementsForTheHolder) {
  StartAll();
  const v1::Profile ada = CreateProfile(agency_, Director("Ada")).value();
  const v1::Profile bo = CreateProfile(agency_, Director("Bo")).value();
  const v1::Project harbour = CreateProject(studio_, Harbour()).value();
  const v1::Hold hold = PlaceHold(ada, harbour);
  ASSERT_THAT(Book(hold), IsOk());
  v1::ReplaceDropoutRequest request;
  request.set_name(hold.name());
  const auto replaced = studio_.Ask(&Bookings::ReplaceDropout, request);
  ASSERT_THAT(replaced, IsOk());
  ASSERT_EQ(replaced->replacements().matches_size(), 1) << replaced->search_error();
  EXPECT_EQ(replaced->replacements().matches(0).profile(), bo.name());
}

// The matcher places holds on the school's behalf.
TEST_F(MutualTlsTest, PublishesARoundForItsOwner) {
  StartAll();
  const Connection school = As("organizations/school");
  const auto end = [&](const v1::Operation& begun) {
    v1::WaitOperationRequest request;
    request.set_name(begun.name());
    return school.Ask(&v1::OperationService::Stub::WaitOperation, request).value();
  };
  const v1::Profile ada = CreateProfile(school, Director("Ada")).value();
  const v1::Project harbour = CreateProject(school, Harbour()).value();
  const auto cohort = school.Ask(
      &Placements::CreateCohort,
      FromText<v1::CreateCohortRequest>(absl::StrCat(
          "cohort { title: '2026' graduates { id: 'ada' profile: '", ada.name(), "' } }")));
  const auto program = school.Ask(
      &Placements::CreateProgram,
      FromText<v1::CreateProgramRequest>(absl::StrCat(
          "program { title: 'Directing' capacity: 1 openings: '", harbour.openings(0).name(),
          "' }")));
  const auto round = school.Ask(
      &Placements::CreateRound,
      FromText<v1::CreateRoundRequest>(absl::StrCat(
          "round { title: 'Spring' mechanism: MECHANISM_GRADUATES_PROPOSE derive { wishes: true "
          "priorities: true } cohorts: '", cohort->name(), "' programs: '", program->name(),
          "' }")));
  v1::RunRoundRequest run;
  run.set_name(round->name());
  ASSERT_EQ(end(*school.Ask(&Placements::RunRound, run)).state(), v1::Operation::STATE_SUCCEEDED);
  v1::PublishRoundRequest publish;
  publish.set_name(round->name());
  const v1::Operation published = end(*school.Ask(&Placements::PublishRound, publish));
  ASSERT_EQ(published.state(), v1::Operation::STATE_SUCCEEDED) << published.DebugString();
  v1::ListHoldsRequest list;
  list.set_parent(ada.name());
  const auto holds = school.Ask(&Bookings::ListHolds, list);
  ASSERT_THAT(holds, IsOk());
  ASSERT_EQ(holds->holds_size(), 1);
  EXPECT_EQ(holds->holds(0).organization(), "organizations/school");
}

TEST_F(MutualTlsTest, KeepsOrganizationsFromTheLogsAndTheSeats) {
  StartAll();
  const auto [profiles, projects, matching] = ChannelsOf("organizations/agency");
  const auto is_refused = [](const auto& stub, auto method, const auto& request, auto response) {
    grpc::ClientContext context;
    const absl::Status status =
        FromGrpcStatus((stub.get()->*method)(&context, request, &response));
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kPermissionDenied, _));
    EXPECT_EQ(ReasonOf(status), "NOT_SERVICE");
  };
  for (const auto& channel : {profiles, projects, matching}) {
    is_refused(Feed::NewStub(channel), &Feed::Stub::GetHeads, feed::v1::GetHeadsRequest(),
               feed::v1::GetHeadsResponse());
    is_refused(Feed::NewStub(channel), &Feed::Stub::ReadRecords, feed::v1::ReadRecordsRequest(),
               feed::v1::ReadRecordsResponse());
    grpc::ClientContext context;
    const auto scan = Feed::NewStub(channel)->ScanBase(&context);
    scan->WritesDone();
    EXPECT_EQ(ReasonOf(FromGrpcStatus(scan->Finish())), "NOT_SERVICE");
  }
  is_refused(Seats::NewStub(projects), &Seats::Stub::Decide, seat::v1::DecideRequest(),
             seat::v1::DecideResponse());
}

TEST_F(MutualTlsTest, LetsAServiceReadTheLogs) {
  StartAll();
  const Connection::Channels channels = ChannelsOf("services/auditor");
  feed::v1::GetHeadsRequest request;
  request.set_log("profiles");
  grpc::ClientContext context;
  feed::v1::GetHeadsResponse response;
  EXPECT_TRUE(Feed::NewStub(channels.profiles)->GetHeads(&context, request, &response).ok());
  EXPECT_GT(response.heads_size(), 0);
}

TEST_F(MutualTlsTest, RefusesAnOrganizationThatSaysItIsAService) {
  StartAll();
  const Connection::Channels channels = ChannelsOf("organizations/agency");
  for (const auto& channel : {channels.profiles, channels.projects, channels.matches}) {
    grpc::ClientContext context;
    context.AddMetadata(kServiceMetadata, "troupe-matching");
    feed::v1::GetHeadsResponse response;
    const absl::Status status = FromGrpcStatus(
        Feed::NewStub(channel)->GetHeads(&context, feed::v1::GetHeadsRequest(), &response));
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnauthenticated, _));
    EXPECT_EQ(ReasonOf(status), "NOT_CERTIFIED");
  }
}

TEST_F(MutualTlsTest, RefusesAnOrganizationThatActsAsAnother) {
  StartAll();
  v1::Profile ada = CreateProfile(agency_, Director("Ada")).value();
  const v1::Project harbour = CreateProject(studio_, Harbour()).value();
  ada.set_display_name("Eve");
  const Connection as_agency = As("organizations/mallory", "agency");
  const Connection as_studio = As("organizations/mallory", "studio");
  const auto changed = UpdateProfile(as_agency, ada);
  EXPECT_THAT(changed, StatusIs(absl::StatusCode::kUnauthenticated, _));
  EXPECT_EQ(ReasonOf(changed.status()), "NOT_CERTIFIED");
  EXPECT_EQ(GetProfile(agency_, ada.name())->display_name(), "Ada");
  EXPECT_EQ(ReasonOf(DeleteProject(as_studio, harbour.name())), "NOT_CERTIFIED");
  EXPECT_THAT(GetProject(studio_, harbour.name()), IsOk());
  EXPECT_EQ(ReasonOf(FindProfiles(as_studio, harbour.openings(0).name()).status()),
            "NOT_CERTIFIED");
}

// Such a process never catches up, so that the tests above need services' certificates.
TEST_F(MutualTlsTest, SaysThatAProcessMustBeAService) {
  ASSERT_THAT(profiles_.Start(), IsOk());
  ServerProcess stranger(folder_.Join("stranger"), Program("matching", "organizations/agency"));
  ASSERT_THAT(stranger.Start(), IsOk());
  const absl::Status answer =
      AskUntil([&] { return FindOpenings(agency_, "profiles/00000000000000ff").status(); },
               [](const absl::Status& status) {
                 return absl::StrContains(status.message(), "certificate");
               });
  EXPECT_THAT(answer, StatusIs(absl::StatusCode::kUnavailable,
                               AllOf(HasSubstr("the log of profiles"),
                                     HasSubstr("call with the service's certificate"))));
  EXPECT_EQ(ReasonOf(answer), "NOT_CAUGHT_UP");
}

}  // namespace
}  // namespace troupe::testing
