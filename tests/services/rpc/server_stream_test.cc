#include <grpcpp/create_channel.h>

#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "services/rpc/limits.h"
#include "tests/services/rpc/echo_server.h"
#include "tests/services/rpc/raw_call.h"
#include "tests/testing/status_matchers.h"

namespace troupe::testing {
namespace {

using ::testing::_;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Sink = std::shared_ptr<ResponseSink<EchoResponse>>;

// The client's end of a stream.
class Client {
 public:
  Client(EchoServer& server, const std::string& text, const std::string& organization = "alpha")
      : Client(server.stub(), text, organization) {}
  Client(test::EchoService::Stub& stub, const std::string& text,
         const std::string& organization = "alpha") {
    if (!organization.empty()) context_.AddMetadata(kOrganizationMetadata, organization);
    stream_ = stub.Recite(&context_, Saying(text));
  }
  void Cancel() { context_.TryCancel(); }
  std::string Next() {
    EchoResponse response;
    return stream_->Read(&response) ? response.text() : "(end)";
  }
  std::vector<std::string> Rest() {
    std::vector<std::string> texts;
    EchoResponse response;
    while (stream_->Read(&response)) texts.push_back(response.text());
    return texts;
  }
  absl::Status Finish() { return FromGrpcStatus(stream_->Finish()); }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<EchoResponse>> stream_;
};

// Streams that a test writes itself, in the order in which they opened.
class HeldStreams {
 public:
  explicit HeldStreams(EchoServer& server) {
    server.echo().on_recite = [this](std::shared_ptr<const Call> call, const EchoRequest&,
                                     Sink sink) {
      absl::MutexLock lock(&mutex_);
      calls_.push_back(std::move(call));
      sinks_.push_back(std::move(sink));
    };
  }
  Sink Take() {
    auto arrived = [this] { return !sinks_.empty(); };
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(&arrived));
    Sink sink = std::move(sinks_.front());
    sinks_.erase(sinks_.begin());
    return sink;
  }
  const Call& call() {
    absl::MutexLock lock(&mutex_);
    return *calls_.front();
  }

 private:
  absl::Mutex mutex_;
  std::vector<std::shared_ptr<const Call>> calls_;
  std::vector<Sink> sinks_;
};

// What became of a response.
class Written {
 public:
  ResponseSink<EchoResponse>::Written function() {
    return [this](const absl::Status& status) {
      status_ = status;
      done_.Notify();
    };
  }
  bool HasBeen() const { return done_.HasBeenNotified(); }
  const absl::Status& Wait() {
    done_.WaitForNotification();
    return status_;
  }

 private:
  absl::Status status_;
  absl::Notification done_;
};

absl::Status WriteAndWait(const Sink& sink, std::string text) {
  Written written;
  sink->Write(Reply(std::move(text)), written.function());
  return written.Wait();
}

// Writes `count` responses of `bytes` bytes, each when the one before is on the
// wire; then `ended` gets the last word of the stream.
void WriteMany(Sink sink, int count, size_t bytes, std::function<void(absl::Status)> ended) {
  if (count == 0) {
    sink->End(absl::OkStatus());
    return ended(absl::OkStatus());
  }
  sink->Write(Reply(std::string(bytes, 'x')), [=](const absl::Status& written) {
    if (written.ok()) return WriteMany(sink, count - 1, bytes, ended);
    sink->End(written);
    ended(written);
  });
}

std::unique_ptr<test::EchoService::Stub> StubOverTcp(EchoServer& server) {
  return test::EchoService::NewStub(
      grpc::CreateChannel(absl::StrCat("127.0.0.1:", server.server().port()),
                          grpc::InsecureChannelCredentials()));
}

constexpr char kReciting[] = "/troupe.test.EchoService/Recite";

TEST(ServerStreamTest, SendsWhatTheMethodWrites) {
  EchoServer server;
  HeldStreams held(server);
  Client client(server, "");
  std::thread writer([sink = held.Take()] {
    EXPECT_THAT(WriteAndWait(sink, "a"), IsOk());
    EXPECT_THAT(WriteAndWait(sink, "b"), IsOk());
    sink->End(absl::OkStatus());
  });
  EXPECT_THAT(client.Rest(), ElementsAre("a", "b"));
  EXPECT_THAT(client.Finish(), IsOk());
  writer.join();
}

TEST(ServerStreamTest, HandsTheRequestOver) {
  EchoServer server;
  Client client(server, "hello");
  EXPECT_THAT(client.Rest(), ElementsAre("hello"));
}

TEST(ServerStreamTest, EndsBeforeAnyResponse) {
  EchoServer server;
  HeldStreams held(server);
  Client client(server, "");
  held.Take()->End(absl::OkStatus());
  EXPECT_THAT(client.Rest(), IsEmpty());
  EXPECT_THAT(client.Finish(), IsOk());
}

TEST(ServerStreamTest, EndsWithTheMethodsErrorAndItsDetails) {
  EchoServer server;
  HeldStreams held(server);
  Client client(server, "");
  held.Take()->End(InvalidField("text", "is bad", "be good"));
  EXPECT_THAT(ViolationsOf(client.Finish()),
              ElementsAre(FieldViolation{"text", "is bad", "be good"}));
}

TEST(ServerStreamTest, RefusesACallerWithoutName) {
  EchoServer server;
  Client client(server, "", /*organization=*/"");
  EXPECT_EQ(ReasonOf(client.Finish()), "CALLER_UNKNOWN");
}

TEST(ServerStreamTest, RefusesAMalformedRequest) {
  EchoServer server;
  EXPECT_EQ(ReasonOf(RawCall(*server.channel(), kReciting, "\x0a\x05hi").status()),
            "UNDECODABLE_REQUEST");
}

TEST(ServerStreamTest, AnswersForAMethodThatDropsTheSink) {
  EchoServer server;
  server.echo().on_recite = [](std::shared_ptr<const Call>, const EchoRequest&, Sink) {};
  EXPECT_THAT(Client(server, "").Finish(), StatusIs(absl::StatusCode::kInternal, _));
}

TEST(ServerStreamTest, FinishesTheLastResponseBeforeTheEnd) {
  EchoServer server;
  server.echo().on_recite = [](std::shared_ptr<const Call>, const EchoRequest&, Sink sink) {
    sink->Write(Reply("last"), [](const absl::Status&) { FAIL() << "called after End"; });
    sink->End(absl::OkStatus());
  };
  Client client(server, "");
  EXPECT_THAT(client.Rest(), ElementsAre("last"));
  EXPECT_THAT(client.Finish(), IsOk());
}

TEST(ServerStreamTest, SaysThatAResponseIsWrittenWhenTheClientTakesIt) {
  EchoServer server;
  HeldStreams held(server);
  Client client(server, "");
  const Sink sink = held.Take();
  Written written;
  sink->Write(Reply("a"), written.function());
  EXPECT_FALSE(written.HasBeen());
  EXPECT_EQ(client.Next(), "a");
  EXPECT_THAT(written.Wait(), IsOk());
}

TEST(ServerStreamTest, RefusesAResponseBeforeTheLastIsWritten) {
  EchoServer server;
  HeldStreams held(server);
  Client client(server, "");
  const Sink sink = held.Take();
  Written first;
  sink->Write(Reply("a"), first.function());
  EXPECT_THAT(WriteAndWait(sink, "b"), StatusIs(absl::StatusCode::kInternal, _));
  EXPECT_EQ(client.Next(), "a");
  EXPECT_THAT(first.Wait(), IsOk());
}

TEST(ServerStreamTest, RefusesAResponseThatIsTooLarge) {
  EchoServer server;
  HeldStreams held(server);
  Client client(server, "");
  const absl::Status written =
      WriteAndWait(held.Take(), std::string(static_cast<size_t>(kMaxMessageBytes), 'x'));
  EXPECT_EQ(ReasonOf(written), "RESPONSE_TOO_LARGE");
}

TEST(ServerStreamTest, TellsTheMethodThatTheClientHasGone) {
  EchoServer server;
  HeldStreams held(server);
  Client client(server, "");
  const Sink sink = held.Take();
  absl::Notification stopped;
  sink->OnStop([&] { stopped.Notify(); });
  client.Cancel();
  stopped.WaitForNotification();
  EXPECT_TRUE(held.call().stop().StopRequested());
  EXPECT_THAT(WriteAndWait(sink, "late"), StatusIs(absl::StatusCode::kCancelled, _));
}

TEST(ServerStreamTest, TellsAtOnceThatTheClientWasGoneAlready) {
  EchoServer server;
  HeldStreams held(server);
  Client client(server, "");
  const Sink sink = held.Take();
  client.Cancel();
  while (!held.call().stop().StopRequested()) std::this_thread::yield();
  bool is_told = false;
  sink->OnStop([&] { is_told = true; });
  EXPECT_TRUE(is_told);
}

TEST(ServerStreamTest, FreesAResponseThatTheClientLeft) {
  EchoServer server;
  HeldStreams held(server);
  Client client(server, "");
  Written written;
  const Sink sink = held.Take();
  sink->Write(Reply("a"), written.function());
  client.Cancel();
  EXPECT_THAT(written.Wait(), StatusIs(absl::StatusCode::kCancelled, _));
}

TEST(ServerStreamTest, StopsStreamsWhenTheServerDrains) {
  EchoServer server({}, {}, {.listen = "127.0.0.1:0", .drain_timeout = absl::Hours(1)});
  HeldStreams held(server);
  const auto stub = StubOverTcp(server);
  Client client(*stub, "");
  const Sink sink = held.Take();
  sink->OnStop([sink] { sink->End(absl::OkStatus()); });
  server.server().Drain();
  EXPECT_THAT(client.Rest(), IsEmpty());
  EXPECT_EQ(ReasonOf(client.Finish()), "SERVER_STOPPING");
}

TEST(ServerStreamTest, CutsOffAClientThatDoesNotRead) {
  EchoServer server({.stream_patience = absl::Milliseconds(50)}, {}, {.listen = "127.0.0.1:0"});
  HeldStreams held(server);
  const auto stub = StubOverTcp(server);
  Client client(*stub, "");
  absl::Notification ended;
  WriteMany(held.Take(), 1000, 1 << 20, [&](absl::Status how) {
    EXPECT_EQ(ReasonOf(how), "SLOW_READER");
    ended.Notify();
  });
  ended.WaitForNotification();
  client.Rest();
  EXPECT_THAT(client.Finish(),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("SLOW_READER: the client")));
}

TEST(ServerStreamTest, LeavesAnIdleStreamAlone) {
  EchoServer server({.stream_patience = absl::Milliseconds(20)}, {}, {.listen = "127.0.0.1:0"});
  HeldStreams held(server);
  const auto stub = StubOverTcp(server);
  Client idle(*stub, "");
  const Sink first = held.Take();
  Client slow(*stub, "");
  EXPECT_THAT(WriteAndWait(first, "a"), IsOk());
  absl::Notification cut_off;
  WriteMany(held.Take(), 1000, 1 << 20, [&](absl::Status) { cut_off.Notify(); });
  cut_off.WaitForNotification();
  EXPECT_THAT(WriteAndWait(first, "b"), IsOk());
  first->End(absl::OkStatus());
  EXPECT_THAT(idle.Rest(), ElementsAre("a", "b"));
}

TEST(ServerStreamTest, SendsMuchToAClientThatReads) {
  EchoServer server({}, {}, {.listen = "127.0.0.1:0"});
  HeldStreams held(server);
  const auto stub = StubOverTcp(server);
  Client client(*stub, "");
  WriteMany(held.Take(), 2000, 1000, [](absl::Status how) { EXPECT_THAT(how, IsOk()); });
  EXPECT_EQ(client.Rest().size(), 2000u);
  EXPECT_THAT(client.Finish(), IsOk());
}

TEST(ServerStreamTest, SurvivesClientsThatGoAtAnyTime) {
  EchoServer server;
  server.echo().on_recite = [](std::shared_ptr<const Call>, const EchoRequest&, Sink sink) {
    sink->OnStop([sink] { sink->End(absl::CancelledError()); });
    WriteMany(sink, 5, 10, [](absl::Status) {});
  };
  for (int i = 0; i < 100; ++i) {
    Client client(server, "");
    for (int reads = i % 7; reads > 0; --reads) client.Next();
    client.Cancel();
  }
  EXPECT_THAT(server.Echo("still here"), IsOkAndHolds("still here"));
}

}  // namespace
}  // namespace troupe::testing
