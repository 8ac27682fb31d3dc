#include <grpcpp/create_channel.h>

#include <deque>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/profile/profile_wiring.h"
#include "services/rpc/caller.h"
#include "services/rpc/real_clock.h"
#include "services/rpc/rpc_server.h"
#include "services/rpc/status_details.h"
#include "tests/services/profile/profile_world.h"
#include "troupe/v1/profile_service.grpc.pb.h"

namespace troupe::testing {
namespace {

using ::testing::ElementsAre;

// A ProfileWorld behind a server, and a client that reaches it over the loopback:
// draining, gRPC leaves calls within the process no time to end.
class ProfileServer {
 public:
  ProfileServer() : admission_({}, &clock_) {
    std::vector<std::unique_ptr<WiredService>> services;
    services.push_back(WireProfileService(&world_.service(), &admission_));
    EXPECT_THAT(services[0]->UnwiredMethods(), ::testing::IsEmpty());
    server_ = *RpcServer::Start({.listen = "127.0.0.1:0"}, std::move(services));
    stub_ = v1::ProfileService::NewStub(
        grpc::CreateChannel(absl::StrCat("127.0.0.1:", server_->port()),
                            grpc::InsecureChannelCredentials()));
  }
  v1::ProfileService::Stub& stub() { return *stub_; }
  void Drain() { server_->Drain(); }
  ProfileWorld& world() { return world_; }

  absl::StatusOr<v1::Profile> Create(const v1::Profile& profile) {
    grpc::ClientContext context;
    context.AddMetadata(kOrganizationMetadata, "crew");
    v1::CreateProfileRequest request;
    *request.mutable_profile() = profile;
    v1::Profile response;
    const auto status = FromGrpcStatus(stub_->CreateProfile(&context, request, &response));
    if (!status.ok()) return status;
    return response;
  }

 private:
  const RealClock clock_;
  ProfileWorld world_;
  Admission admission_;
  std::unique_ptr<RpcServer> server_;
  std::unique_ptr<v1::ProfileService::Stub> stub_;
};

TEST(ProfileServerTest, CreatesOverTheWire) {
  ProfileServer server;
  const auto created = server.Create(Ada());
  ASSERT_THAT(created, IsOk());
  EXPECT_EQ(Difference(server.world().Get(created->name()).value(), *created), "");
}

TEST(ProfileServerTest, SendsReasonAndFieldsWithAnError) {
  ProfileServer server;
  const auto answer = server.Create(Ada("roles { role: 'directr' level: 1 }"));
  EXPECT_THAT(answer, FailsWith(absl::StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_THAT(BadFields(answer), ElementsAre("profile.roles[0].role"));
}

TEST(ProfileServerTest, RefusesWhoDoesNotSayWhoItIs) {
  ProfileServer server;
  grpc::ClientContext context;
  v1::Profile response;
  EXPECT_EQ(server.stub().GetProfile(&context, {}, &response).error_code(),
            grpc::StatusCode::UNAUTHENTICATED);
}

TEST(ProfileServerTest, ImportsAStreamOfMessages) {
  ProfileServer server;
  grpc::ClientContext context;
  context.AddMetadata(kOrganizationMetadata, "crew");
  const auto stream = server.stub().ImportProfiles(&context);
  v1::ImportProfilesResponse response;
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(stream->Write(ProfileWorld::ImportMessage({Ada(), Ada()}, "a", 2 * i)));
    ASSERT_TRUE(stream->Read(&response));
    EXPECT_EQ(response.results(0).item(), 2 * i);
    EXPECT_EQ(response.results(1).outcome(), v1::IMPORT_OUTCOME_CREATED);
  }
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(server.world().List()->profiles_size(), 10);
}

TEST(ProfileServerTest, AnswersAGetWhile64AppendsWait) {
  ProfileServer server;
  const std::string name = server.Create(Ada())->name();
  server.world().log().HoldAcks();
  std::vector<Answer<v1::Profile>> waiting(64);
  v1::CreateProfileRequest request;
  *request.mutable_profile() = Ada();
  for (auto& answer : waiting) {
    server.world().service().CreateProfile(CallBy("crew"), request, answer.done());
  }
  grpc::ClientContext context;
  context.AddMetadata(kOrganizationMetadata, "crew");
  v1::GetProfileRequest get;
  get.set_name(name);
  v1::Profile response;
  EXPECT_TRUE(server.stub().GetProfile(&context, get, &response).ok());
  server.world().log().ReleaseAcks();
  for (auto& answer : waiting) EXPECT_THAT(answer.Wait(), IsOk());
}

// A watch by "crew" that has begun.
class WireWatch {
 public:
  explicit WireWatch(v1::ProfileService::Stub& stub) {
    context_.AddMetadata(kOrganizationMetadata, "crew");
    reader_ = stub.WatchProfiles(&context_, {});
    EXPECT_EQ(Next().changes_size(), 0);
  }
  v1::WatchProfilesResponse Next() {
    v1::WatchProfilesResponse response;
    EXPECT_TRUE(reader_->Read(&response));
    return response;
  }
  absl::Status End() {
    v1::WatchProfilesResponse response;
    EXPECT_FALSE(reader_->Read(&response));
    return FromGrpcStatus(reader_->Finish());
  }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<v1::WatchProfilesResponse>> reader_;
};

TEST(ProfileServerTest, WatchesOverTheWire) {
  ProfileServer server;
  WireWatch watch(server.stub());
  const v1::Profile created = server.Create(Ada()).value();
  EXPECT_EQ(Difference(watch.Next().changes(0).profile(), created), "");
}

TEST(ProfileServerTest, AnswersAGetBeside64IdleWatches) {
  ProfileServer server;
  const std::string name = server.Create(Ada())->name();
  std::deque<WireWatch> watches;
  for (int i = 0; i < 64; ++i) watches.emplace_back(server.stub());
  grpc::ClientContext context;
  context.AddMetadata(kOrganizationMetadata, "crew");
  v1::GetProfileRequest get;
  get.set_name(name);
  v1::Profile response;
  EXPECT_TRUE(server.stub().GetProfile(&context, get, &response).ok());
  server.Drain();
}

TEST(ProfileServerTest, EndsIdleWatchesWhenItDrains) {
  ProfileServer server;
  WireWatch watch(server.stub());
  server.Drain();
  EXPECT_THAT(watch.End(), FailsWith(absl::StatusCode::kUnavailable, "SERVER_STOPPING"));
}

}  // namespace
}  // namespace troupe::testing
