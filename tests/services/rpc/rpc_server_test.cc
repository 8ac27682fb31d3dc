#include "services/rpc/rpc_server.h"

#include <grpcpp/create_channel.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "services/rpc/health_probe.h"
#include "tests/services/rpc/echo_server.h"
#include "tests/services/rpc/raw_call.h"
#include "tests/testing/status_matchers.h"

namespace troupe::testing {
namespace {

using ::testing::_;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr char kEchoPath[] = "/troupe.test.EchoService/Echo";
constexpr char kHealthPath[] = "/grpc.health.v1.Health/Check";
constexpr char kServing[] = "\x08\x01";
constexpr char kNotServing[] = "\x08\x02";
constexpr char kEchoHealth[] = "\x0a\x17troupe.test.EchoService";

// A new folder, gone with the test.
class TempFolder {
 public:
  TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "rpc_server_test.XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~TempFolder() { std::filesystem::remove_all(path_); }
  std::string operator/(const char* file) const { return (path_ / file).string(); }

 private:
  std::filesystem::path path_;
};

std::string Contents(const std::string& path) {
  std::ifstream in(path);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

absl::Status StatusOfListening(std::string address) {
  return RpcServer::Start({.listen = std::move(address)}, {}).status();
}

std::shared_ptr<grpc::Channel> ChannelTo(const std::string& address) {
  return grpc::CreateChannel(address, grpc::InsecureChannelCredentials());
}

std::shared_ptr<grpc::Channel> ChannelTo(EchoServer& server) {
  return ChannelTo(absl::StrCat("127.0.0.1:", server.server().port()));
}

constexpr size_t kMostBytes = 16 << 20;

// An EchoRequest of `size` bytes, over 2 MiB, with a text and nothing else.
std::string RequestOf(size_t size) {
  const size_t text = size - 5;  // Whose tag takes a byte, and whose length four.
  std::string bytes = "\x0a";
  for (size_t rest = text; rest > 0; rest >>= 7) {
    bytes.push_back(static_cast<char>((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0)));
  }
  return bytes.append(text, 'x');
}

// A server over a socket, since a channel within the process takes any metadata. It
// says nothing, whatever it is told.
class TransportLimitsTest : public ::testing::Test {
 protected:
  TransportLimitsTest() {
    server_.echo().on_call = [](std::shared_ptr<const Call>, const EchoRequest&,
                                Done<EchoResponse> done) { done(Reply("")); };
  }

  absl::Status CallWithMetadata(size_t bytes) {
    grpc::ClientContext context;
    context.AddMetadata(kOrganizationMetadata, "alpha");
    context.AddMetadata("note", std::string(bytes, 'x'));
    EchoResponse response;
    return FromGrpcStatus(
        test::EchoService::NewStub(channel_)->Echo(&context, Saying(""), &response));
  }

  EchoServer server_{{}, {}, {.listen = "127.0.0.1:0"}};
  const std::shared_ptr<grpc::Channel> channel_ = ChannelTo(server_);
};

TEST_F(TransportLimitsTest, TakesAMessageOf16MiB) {
  EXPECT_THAT(RawCall(*channel_, kEchoPath, RequestOf(kMostBytes)), IsOk());
}

TEST_F(TransportLimitsTest, RefusesALargerMessageAndNamesBothSizes) {
  const absl::Status status =
      RawCall(*channel_, kEchoPath, RequestOf(kMostBytes + 1)).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kResourceExhausted,
                               AllOf(HasSubstr("16777217"), HasSubstr("16777216"))));
}

TEST_F(TransportLimitsTest, RefusesALargerMessageOfAStream) {
  grpc::ClientContext context;
  const auto stream = RawStream(*channel_, "/troupe.test.EchoService/EchoAll", context);
  stream->Write(BytesOf(RequestOf(kMostBytes + 1)));
  EXPECT_THAT(FromGrpcStatus(stream->Finish()),
              StatusIs(absl::StatusCode::kResourceExhausted,
                       AllOf(HasSubstr("16777217"), HasSubstr("16777216"))));
}

TEST_F(TransportLimitsTest, TakesMetadataOf15KiB) {
  EXPECT_THAT(CallWithMetadata(15 << 10), IsOk());
}

TEST_F(TransportLimitsTest, RefusesMetadataOver16KiB) {
  EXPECT_THAT(CallWithMetadata(16 << 10),
              StatusIs(absl::StatusCode::kResourceExhausted,
                       HasSubstr("metadata size exceeds limit")));
}

TEST(RpcServerTest, AnswersOnThePortThatItTook) {
  EchoServer server({}, {}, {.listen = "127.0.0.1:0"});
  EXPECT_THAT(RawCall(*ChannelTo(server), kEchoPath, "\x0a\x01g"), IsOkAndHolds("\x0a\x01g"));
}

TEST(RpcServerTest, AnswersOverAUnixSocket) {
  const TempFolder folder;
  const std::string socket = "unix:" + folder / "socket";
  EchoServer server({}, {}, {.listen = socket});
  EXPECT_THAT(RawCall(*ChannelTo(socket), kEchoPath, ""), IsOk());
  EXPECT_EQ(server.server().port(), 0);
}

TEST(RpcServerTest, WritesThePortFileWhenItIsReady) {
  const TempFolder folder;
  const std::string file = folder / "port";
  EchoServer server({}, {}, {.listen = "127.0.0.1:0", .port_file = file});
  EXPECT_FALSE(std::filesystem::exists(file));
  EXPECT_THAT(server.server().Ready(), IsOk());
  EXPECT_EQ(Contents(file), absl::StrCat(server.server().port(), "\n"));
}

TEST(RpcServerTest, RemovesThePortFileWhenItDrains) {
  const TempFolder folder;
  EchoServer server({}, {}, {.listen = "127.0.0.1:0", .port_file = folder / "port"});
  EXPECT_THAT(server.server().Ready(), IsOk());
  server.server().Drain();
  EXPECT_FALSE(std::filesystem::exists(folder / "port"));
}

TEST(RpcServerTest, NamesAPortFileThatItCannotWrite) {
  EchoServer server({}, {}, {.listen = "127.0.0.1:0", .port_file = "/nowhere/port"});
  EXPECT_THAT(server.server().Ready(),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("/nowhere/port")));
}

TEST(RpcServerTest, SaysByHealthWhetherItIsReady) {
  EchoServer server;
  EXPECT_THAT(RawCall(*server.channel(), kHealthPath, ""), IsOkAndHolds(kNotServing));
  EXPECT_THAT(server.server().Ready(), IsOk());
  EXPECT_THAT(RawCall(*server.channel(), kHealthPath, ""), IsOkAndHolds(kServing));
}

TEST(RpcServerTest, SaysByHealthWhetherAServiceIsReady) {
  EchoServer server;
  EXPECT_THAT(RawCall(*server.channel(), kHealthPath, kEchoHealth), IsOkAndHolds(kNotServing));
  EXPECT_THAT(server.server().Ready(), IsOk());
  EXPECT_THAT(RawCall(*server.channel(), kHealthPath, kEchoHealth), IsOkAndHolds(kServing));
}

TEST(RpcServerTest, SaysByHealthThatAServiceHasFailedAndIsWellAgain) {
  EchoServer server;
  EXPECT_THAT(server.server().Ready(), IsOk());
  server.server().SetServing("troupe.test.EchoService", false);
  EXPECT_THAT(RawCall(*server.channel(), kHealthPath, kEchoHealth), IsOkAndHolds(kNotServing));
  EXPECT_THAT(RawCall(*server.channel(), kHealthPath, ""), IsOkAndHolds(kNotServing));
  server.server().SetServing("troupe.test.EchoService", true);
  EXPECT_THAT(RawCall(*server.channel(), kHealthPath, ""), IsOkAndHolds(kServing));
}

TEST(RpcServerTest, DoesNotServeAServiceThatFailedBeforeItWasReady) {
  EchoServer server;
  server.server().SetServing("troupe.test.EchoService", false);
  EXPECT_THAT(server.server().Ready(), IsOk());
  EXPECT_THAT(RawCall(*server.channel(), kHealthPath, ""), IsOkAndHolds(kNotServing));
}

TEST(HealthProbeTest, ShowsThatACheckFailsAndSucceedsAgain) {
  EchoServer server;
  EXPECT_THAT(server.server().Ready(), IsOk());
  std::atomic<bool> well = false;
  const auto check = [&] { return well ? absl::OkStatus() : absl::UnavailableError(""); };
  const HealthProbe probe(&server.server(), {{"troupe.test.EchoService", check}},
                          absl::Milliseconds(1));
  EXPECT_THAT(RawCall(*server.channel(), kHealthPath, ""), IsOkAndHolds(kNotServing));
  well = true;
  while (*RawCall(*server.channel(), kHealthPath, "") != kServing) std::this_thread::yield();
}

TEST(RpcServerTest, RemovesThePortFileOfAServerThatWasKilled) {
  const TempFolder folder;
  std::ofstream(folder / "port") << "7100\n";
  EchoServer server({}, {}, {.listen = "127.0.0.1:0", .port_file = folder / "port"});
  EXPECT_FALSE(std::filesystem::exists(folder / "port"));
}

TEST(RpcServerTest, DescribesHealthByReflection) {
  EchoServer server;
  grpc::ClientContext context;
  const auto stream =
      RawStream(*server.channel(),
                "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", context);
  stream->Write(BytesOf("\x22\x15grpc.health.v1.Health"));  // file_containing_symbol
  grpc::ByteBuffer answer;
  ASSERT_TRUE(stream->Read(&answer));
  EXPECT_THAT(TextOf(answer), HasSubstr("HealthCheckResponse"));
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
}

TEST(RpcServerTest, ListsItsServicesByReflection) {
  EchoServer server;
  grpc::ClientContext context;
  const auto stream =
      RawStream(*server.channel(),
                "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", context);
  stream->Write(BytesOf(absl::string_view("\x3a\x00", 2)));  // list_services: ""
  grpc::ByteBuffer answer;
  ASSERT_TRUE(stream->Read(&answer));
  EXPECT_THAT(TextOf(answer), HasSubstr("troupe.test.EchoService"));
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
}

TEST(RpcServerTest, RefusesAnAddressInUse) {
  EchoServer server({}, {}, {.listen = "127.0.0.1:0"});
  const std::string taken = absl::StrCat("127.0.0.1:", server.server().port());
  const absl::Status status = StatusOfListening(taken);
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr(taken)));
  EXPECT_EQ(ReasonOf(status), "CANNOT_LISTEN");
}

TEST(RpcServerTest, RefusesOtherMachinesWithoutTls) {
  for (const char* address : {"0.0.0.0:0", "[::]:0", "10.0.0.7:80", "example.com:80", "*:80",
                              "127.0.0.1.example.com:80"}) {
    EXPECT_EQ(ReasonOf(StatusOfListening(address)), "TLS_REQUIRED") << address;
  }
}

TEST(RpcServerTest, RefusesWhatIsNoAddress) {
  for (const char* address : {"127.0.0.1", ":80", "127.0.0.1:web", "127.0.0.1:70000"}) {
    EXPECT_THAT(StatusOfListening(address), StatusIs(absl::StatusCode::kInvalidArgument, _));
  }
}

TEST(RpcServerTest, RefusesAServiceWithMethodsThatNothingAnswers) {
  const RealClock clock;
  Admission admission({}, &clock);
  std::vector<std::unique_ptr<WiredService>> services;
  services.push_back(std::make_unique<WiredService>("troupe.test.EchoService", &admission));
  EXPECT_THAT(RpcServer::Start({}, std::move(services)).status(),
              StatusIs(absl::StatusCode::kInternal, HasSubstr("troupe.test.EchoService/Greet")));
}

// Over a socket: gRPC cuts channels within the process at once.
TEST(RpcServerTest, DrainsWhenItsCallsAreAnswered) {
  EchoServer server({}, {}, {.listen = "127.0.0.1:0", .drain_timeout = absl::Hours(1)});
  const auto channel = ChannelTo(server);
  absl::Notification arrived;
  Done<EchoResponse> held;
  server.echo().on_call = [&](std::shared_ptr<const Call>, const EchoRequest&,
                              Done<EchoResponse> done) {
    held = std::move(done);
    arrived.Notify();
  };
  std::thread caller([&] {
    EXPECT_THAT(RawCall(*channel, kEchoPath, ""), IsOkAndHolds("\x0a\x04late"));
  });
  arrived.WaitForNotification();
  std::thread drainer([&] { server.server().Drain(); });
  while (RawCall(*channel, kHealthPath, "").ok()) std::this_thread::yield();
  std::exchange(held, nullptr)(Reply("late"));
  caller.join();
  drainer.join();
  EXPECT_THAT(RawCall(*channel, kEchoPath, ""), StatusIs(absl::StatusCode::kUnavailable, _));
}

TEST(RpcServerTest, CancelsCallsThatOutstayTheDrain) {
  EchoServer server({}, {}, {.listen = "127.0.0.1:0", .drain_timeout = absl::ZeroDuration()});
  const auto channel = ChannelTo(server);
  absl::Notification arrived;
  server.echo().on_call = [&](std::shared_ptr<const Call> call, const EchoRequest&,
                              Done<EchoResponse> done) {
    arrived.Notify();
    std::thread([call = std::move(call), done = std::move(done)] {
      while (!call->stop().StopRequested()) std::this_thread::yield();
      done(absl::CancelledError());
    }).detach();
  };
  std::thread caller([&] { EXPECT_FALSE(RawCall(*channel, kEchoPath, "").ok()); });
  arrived.WaitForNotification();
  server.server().Drain();
  caller.join();
}

TEST(WiredServiceDeathTest, DiesOfAMethodThatTheProtosLack) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const RealClock clock;
  Admission admission({}, &clock);
  EchoService echo;
  WiredService wired("troupe.test.EchoService", &admission);
  EXPECT_DEATH(wired.Unary("Guess", &echo, &EchoService::Answer), "does not fit the protos");
}

TEST(WiredServiceDeathTest, DiesOfAMethodOfAnotherShape) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const RealClock clock;
  Admission admission({}, &clock);
  EchoService echo;
  WiredService wired("troupe.test.EchoService", &admission);
  EXPECT_DEATH(wired.Unary("EchoAll", &echo, &EchoService::Answer), "does not fit the protos");
}

}  // namespace
}  // namespace troupe::testing
