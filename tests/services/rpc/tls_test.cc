#include <grpcpp/create_channel.h>

#include <filesystem>
#include <fstream>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "services/rpc/channel_credentials.h"
#include "services/rpc/tls_files.h"
#include "services/rpc/tls_server_keys.h"
#include "tests/services/rpc/echo_server.h"
#include "tests/services/rpc/raw_call.h"
#include "tests/testing/certificates.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace troupe::testing {
namespace {

using ::testing::_;
using ::testing::HasSubstr;

constexpr absl::Duration kPause = absl::Milliseconds(100);
constexpr int kMostPauses = 300;

void Overwrite(const std::string& file, const std::string& text) {
  std::ofstream(file, std::ios::trunc) << text;
}

class TlsTest : public ::testing::Test {
 protected:
  TlsFiles Holder(const std::string& uri) {
    return authority_.Issue("URI:troupe://" + uri, folder_.Join("client"));
  }
  // A server with TLS that echoes who calls.
  std::unique_ptr<EchoServer> StartServer(const std::string& listen = "127.0.0.1:0") {
    auto server = std::make_unique<EchoServer>(
        Admission::Options{}, StreamOptions{},
        RpcServer::Options{.listen = listen, .tls = server_files_});
    server->echo().on_call = [](std::shared_ptr<const Call> call, const EchoRequest&,
                                Done<EchoResponse> done) {
      done(Reply(absl::StrCat(call->organization().slug, "/", call->service())));
    };
    return server;
  }
  // A channel with a connection of its own.
  static std::shared_ptr<grpc::Channel> OwnChannel(
      const std::string& address,
      const std::shared_ptr<grpc::ChannelCredentials>& credentials) {
    grpc::ChannelArguments own;
    own.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return grpc::CreateCustomChannel(address, credentials, own);
  }
  static std::string AddressOf(EchoServer& server) {
    return absl::StrCat("localhost:", server.server().port());
  }
  // Who calls, as the server sees a client with `files` on a connection of its own.
  static absl::StatusOr<std::string> CallerOf(EchoServer& server, const TlsFiles& files,
                                              const std::string& organization = "") {
    return CallerOn(OwnChannel(AddressOf(server), *ChannelCredentials(files)), organization);
  }
  static absl::StatusOr<std::string> CallerOn(const std::shared_ptr<grpc::Channel>& channel,
                                              const std::string& organization = "") {
    const auto stub = test::EchoService::NewStub(channel);
    grpc::ClientContext context;
    if (!organization.empty()) context.AddMetadata(kOrganizationMetadata, organization);
    EchoResponse response;
    const absl::Status status = FromGrpcStatus(stub->Echo(&context, Saying(""), &response));
    if (!status.ok()) return status;
    return response.text();
  }
  // Who calls on `channel()`, once it is `expected`; who it is at last if that takes over
  // half a minute.
  static absl::StatusOr<std::string> AwaitCaller(
      absl::FunctionRef<std::shared_ptr<grpc::Channel>()> channel, const std::string& expected) {
    absl::StatusOr<std::string> caller = CallerOn(channel());
    for (int pauses = 0; pauses < kMostPauses && (!caller.ok() || *caller != expected);
         ++pauses) {
      absl::SleepFor(kPause);
      caller = CallerOn(channel());
    }
    return caller;
  }

  const TempDirectory folder_;
  CertificateAuthority authority_;
  TlsFiles server_files_ = authority_.IssueServer(folder_.Join("server"));
};

TEST_F(TlsTest, KnowsAnOrganizationByItsCertificate) {
  const auto server = StartServer();
  EXPECT_THAT(CallerOf(*server, Holder("organizations/alpha")), IsOkAndHolds("alpha/"));
}

TEST_F(TlsTest, LetsAServiceCallForAnOrganization) {
  const auto server = StartServer();
  EXPECT_THAT(CallerOf(*server, Holder("services/feed"), "alpha"), IsOkAndHolds("alpha/feed"));
}

TEST_F(TlsTest, RefusesAnOrganizationThatCallsForAnother) {
  const auto server = StartServer();
  const auto answer = CallerOf(*server, Holder("organizations/alpha"), "beta");
  EXPECT_EQ(answer.status().code(), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(ReasonOf(answer.status()), "NOT_CERTIFIED");
}

TEST_F(TlsTest, RefusesACertificateThatNamesNobody) {
  const auto server = StartServer();
  EXPECT_EQ(ReasonOf(CallerOf(*server, Holder("elsewhere/alpha")).status()), "CERTIFICATE_UNKNOWN");
}

TEST_F(TlsTest, RefusesAClientWithoutCertificate) {
  const auto server = StartServer();
  EXPECT_THAT(CallerOf(*server, {.authority = server_files_.authority}, "alpha"),
              StatusIs(absl::StatusCode::kUnavailable, _));
}

TEST_F(TlsTest, RefusesAClientOfAnotherAuthority) {
  const auto server = StartServer();
  TlsFiles stranger =
      CertificateAuthority().Issue("URI:troupe://organizations/alpha", folder_.Join("stranger"));
  stranger.authority = server_files_.authority;
  EXPECT_THAT(CallerOf(*server, stranger), StatusIs(absl::StatusCode::kUnavailable, _));
}

TEST_F(TlsTest, RefusesAClientWithoutTls) {
  const auto server = StartServer();
  EXPECT_THAT(CallerOf(*server, {}, "alpha"), StatusIs(absl::StatusCode::kUnavailable, _));
}

TEST_F(TlsTest, ClientRefusesAServerOfAnotherAuthority) {
  const auto server = StartServer();
  const TlsFiles other =
      CertificateAuthority().Issue("URI:troupe://organizations/alpha", folder_.Join("other"));
  EXPECT_THAT(CallerOf(*server, other), StatusIs(absl::StatusCode::kUnavailable, _));
}

TEST_F(TlsTest, ClientRefusesAServerOfAnotherName) {
  server_files_ = authority_.Issue("DNS:elsewhere.example.com", folder_.Join("server"));
  const auto server = StartServer();
  EXPECT_THAT(CallerOf(*server, Holder("organizations/alpha")),
              StatusIs(absl::StatusCode::kUnavailable, _));
}

TEST_F(TlsTest, ServesWithReloadingClientCredentials) {
  const auto server = StartServer();
  const auto channel =
      grpc::CreateChannel(absl::StrCat("localhost:", server->server().port()),
                          *ReloadingChannelCredentials(Holder("organizations/alpha")));
  EchoResponse response;
  grpc::ClientContext context;
  EXPECT_TRUE(test::EchoService::NewStub(channel)->Echo(&context, Saying(""), &response).ok());
  EXPECT_EQ(response.text(), "alpha/");
}

// The files are looked at every 10 seconds, so these two take as long.

TEST_F(TlsTest, ClientShowsItsNewCertificateOnNewConnections) {
  const std::string address = "unix:" + folder_.Join("socket");
  auto server = StartServer(address);
  const auto credentials = *ReloadingChannelCredentials(Holder("organizations/alpha"));
  const auto old = OwnChannel(address, credentials);
  EXPECT_THAT(CallerOn(old), IsOkAndHolds("alpha/"));
  Holder("organizations/beta");  // In the same files.
  EXPECT_THAT(AwaitCaller([&] { return OwnChannel(address, credentials); }, "beta/"),
              IsOkAndHolds("beta/"));
  EXPECT_THAT(CallerOn(old), IsOkAndHolds("alpha/"));
  server.reset();
  server = StartServer(address);  // So the old channel connects again.
  EXPECT_THAT(AwaitCaller([&] { return old; }, "beta/"), IsOkAndHolds("beta/"));
}

TEST_F(TlsTest, ClientTrustsItsNewAuthorityOnNewConnections) {
  const auto server = StartServer();
  const auto credentials = *ReloadingChannelCredentials(Holder("organizations/alpha"));
  const auto channel = [&] { return OwnChannel(AddressOf(*server), credentials); };
  EXPECT_THAT(CallerOn(channel()), IsOkAndHolds("alpha/"));
  CertificateAuthority renewed;
  renewed.IssueServer(folder_.Join("server"));
  EXPECT_THAT(CallerOn(channel()), StatusIs(absl::StatusCode::kUnavailable, _));
  renewed.Issue("URI:troupe://organizations/alpha", folder_.Join("client"));
  EXPECT_THAT(AwaitCaller(channel, "alpha/"), IsOkAndHolds("alpha/"));
}

// A client that trusts only the new authority connects only if the server shows
// its new certificate, and is let in only if it trusts the new authority too.
TEST_F(TlsTest, ShowsANewCertificateWithoutARestart) {
  const auto server = StartServer();
  CertificateAuthority renewed;
  const TlsFiles client =
      renewed.Issue("URI:troupe://organizations/alpha", folder_.Join("renewed"));
  EXPECT_THAT(CallerOf(*server, client), StatusIs(absl::StatusCode::kUnavailable, _));
  renewed.IssueServer(folder_.Join("server"));
  EXPECT_THAT(CallerOf(*server, client), IsOkAndHolds("alpha/"));
}

TEST_F(TlsTest, KeepsItsCertificateWhileTheNewFilesAreUnusable) {
  const auto server = StartServer();
  Overwrite(server_files_.certificate, "-----BEGIN CERTIFICATE-----\nhalf");
  EXPECT_THAT(CallerOf(*server, Holder("organizations/alpha")), IsOkAndHolds("alpha/"));
}

TEST_F(TlsTest, TakesAKeyThatComesAfterItsCertificate) {
  const auto keys = *TlsServerKeys::Open(server_files_);
  const TlsKeys before = *keys->Changed();
  const TlsFiles renewed = authority_.IssueServer(folder_.Join("renewed"));
  std::filesystem::rename(renewed.certificate, server_files_.certificate);
  EXPECT_FALSE(keys->Changed().has_value());
  std::filesystem::rename(renewed.key, server_files_.key);
  EXPECT_NE(keys->Changed().value_or(before).key, before.key);
}

TEST_F(TlsTest, KeepsItsKeysWhileAFileIsGone) {
  const auto keys = *TlsServerKeys::Open(server_files_);
  keys->Changed();
  std::filesystem::remove(server_files_.key);
  EXPECT_FALSE(keys->Changed().has_value());
}

TEST_F(TlsTest, ServerNeedsAllThreeFiles) {
  server_files_.authority.clear();
  EXPECT_THAT(RpcServer::Start({.listen = "127.0.0.1:0", .tls = server_files_}, {}).status(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("--tls_client_ca")));
}

TEST_F(TlsTest, ListensForOtherMachines) {
  EXPECT_THAT(RpcServer::Start({.listen = "0.0.0.0:0", .tls = server_files_}, {}).status(),
              IsOk());
}

TEST_F(TlsTest, NamesAFileThatIsNotThere) {
  server_files_.key = "/nowhere/key";
  EXPECT_THAT(ReadTlsFiles(server_files_), StatusIs(absl::StatusCode::kFailedPrecondition,
                                                    HasSubstr("/nowhere/key cannot be read")));
}

TEST_F(TlsTest, RefusesTheKeyOfAnotherCertificate) {
  server_files_.key = Holder("organizations/alpha").key;
  EXPECT_THAT(ReadTlsFiles(server_files_), StatusIs(absl::StatusCode::kFailedPrecondition,
                                                    HasSubstr("is not the key of")));
}

TEST_F(TlsTest, RefusesFilesOfOtherKinds) {
  EXPECT_THAT(ReadTlsFiles({.authority = server_files_.key}),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("no certificate in PEM")));
  server_files_.key = server_files_.certificate;
  EXPECT_THAT(ReadTlsFiles(server_files_),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("no private key in PEM")));
}

TEST_F(TlsTest, RefusesACertificateWithoutItsKey) {
  server_files_.key.clear();
  EXPECT_EQ(ReasonOf(ReadTlsFiles(server_files_).status()), "TLS_FILES");
}

TEST_F(TlsTest, ClientsNeedTheAuthorityOfTheServer) {
  server_files_.authority.clear();
  EXPECT_THAT(ChannelCredentials(server_files_).status(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("--tls_ca")));
}

}  // namespace
}  // namespace troupe::testing
