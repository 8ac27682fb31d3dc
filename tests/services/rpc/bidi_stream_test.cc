#include <algorithm>
#include <atomic>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "services/rpc/thread_pool.h"
#include "tests/services/rpc/echo_server.h"
#include "tests/services/rpc/raw_call.h"
#include "tests/testing/status_matchers.h"

namespace troupe::testing {
namespace {

using ::testing::_;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The client's end of a stream. It writes on a thread of its own: a channel
// within the process has no buffer, so that a write waits for the server to
// read, which waits for the client to read.
class Client {
 public:
  explicit Client(EchoServer& server, const std::string& organization = "alpha") {
    if (!organization.empty()) context_.AddMetadata(kOrganizationMetadata, organization);
    stream_ = server.stub().EchoAll(&context_);
  }
  ~Client() {
    if (writer_.joinable()) writer_.join();
  }
  void Say(std::vector<std::string> texts, bool half_close = false) {
    writer_ = std::thread([this, texts = std::move(texts), half_close] {
      for (const std::string& text : texts) stream_->Write(Saying(text));
      if (half_close) stream_->WritesDone();
    });
  }
  void SayAndEnd(std::vector<std::string> texts) { Say(std::move(texts), /*half_close=*/true); }
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
  absl::Status Finish() {
    if (writer_.joinable()) writer_.join();
    return FromGrpcStatus(stream_->Finish());
  }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReaderWriter<EchoRequest, EchoResponse>> stream_;
  std::thread writer_;
};

// Answers held back by a handler, by the text of the message.
class HeldMessages {
 public:
  explicit HeldMessages(EchoServer& server) {
    server.echo().on_message = [this](EchoRequest request, Done<EchoResponse> next) {
      absl::MutexLock lock(&mutex_);
      held_.emplace_back(request.text(), std::move(next));
    };
  }
  // Waits for `text` to arrive.
  Done<EchoResponse> Take(const std::string& text) {
    auto is_it = [&](const auto& entry) { return entry.first == text; };
    auto arrived = [&] { return std::any_of(held_.begin(), held_.end(), is_it); };
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(&arrived));
    const auto found = std::find_if(held_.begin(), held_.end(), is_it);
    Done<EchoResponse> done = std::move(found->second);
    held_.erase(found);
    return done;
  }

 private:
  absl::Mutex mutex_;
  std::vector<std::pair<std::string, Done<EchoResponse>>> held_;
};

TEST(BidiStreamTest, AnswersEachMessageInOrder) {
  EchoServer server;
  Client client(server);
  client.SayAndEnd({"a", "b"});
  EXPECT_THAT(client.Rest(), ElementsAre("a", "b"));
  EXPECT_THAT(client.Finish(), IsOk());
}

TEST(BidiStreamTest, AnswersBeforeTheClientHasEnded) {
  EchoServer server;
  Client client(server);
  client.Say({"a"});
  EXPECT_EQ(client.Next(), "a");
  client.Cancel();
}

TEST(BidiStreamTest, EndsWithOkWhenTheClientSaysNothing) {
  EchoServer server;
  Client client(server);
  client.SayAndEnd({});
  EXPECT_THAT(client.Rest(), IsEmpty());
  EXPECT_THAT(client.Finish(), IsOk());
}

TEST(BidiStreamTest, RefusesACallerWithoutName) {
  EchoServer server;
  Client client(server, "");
  EXPECT_THAT(client.Finish(), StatusIs(absl::StatusCode::kUnauthenticated, _));
}

// Sends 200 messages, answered on other threads; returns the most that the
// handler ever had at once.
int MostMessagesAtOnce(int in_flight) {
  EchoServer server({}, {.in_flight = in_flight});
  ThreadPool threads(4);
  std::atomic<int> now = 0, most = 0;
  server.echo().on_message = [&](EchoRequest request, Done<EchoResponse> next) {
    most = std::max(most.load(), ++now);
    threads.Run([&now, request = std::move(request), next = std::move(next)] {
      --now;
      next(Reply(request.text()));
    });
  };
  std::vector<std::string> texts;
  for (int i = 0; i < 200; ++i) texts.push_back(absl::StrCat(i));
  Client client(server);
  client.SayAndEnd(texts);
  EXPECT_EQ(client.Rest(), texts);
  EXPECT_THAT(client.Finish(), IsOk());
  return most;
}

TEST(BidiStreamTest, HandsOverTheNextMessageAfterTheAnswer) {
  EXPECT_EQ(MostMessagesAtOnce(1), 1);
}

TEST(BidiStreamTest, HandsOverNoMoreMessagesThanMayBeInFlight) {
  EXPECT_LE(MostMessagesAtOnce(2), 2);
}

TEST(BidiStreamTest, WritesAnswersInTheOrderOfTheMessages) {
  EchoServer server({}, {.in_flight = 2});
  HeldMessages held(server);
  Client client(server);
  client.SayAndEnd({"a", "b"});
  held.Take("b")(Reply("b"));
  held.Take("a")(Reply("a"));
  EXPECT_THAT(client.Rest(), ElementsAre("a", "b"));
}

TEST(BidiStreamTest, AnswersWhatIsOpenWhenTheClientHalfCloses) {
  EchoServer server;
  HeldMessages held(server);
  Client client(server);
  client.SayAndEnd({"a"});
  held.Take("a")(Reply("a"));
  EXPECT_THAT(client.Rest(), ElementsAre("a"));
  EXPECT_THAT(client.Finish(), IsOk());
}

TEST(BidiStreamTest, EndsWithTheErrorOfTheHandlerAfterTheAnswersBefore) {
  EchoServer server;
  server.echo().on_message = [](EchoRequest request, Done<EchoResponse> next) {
    if (request.text() == "bad") return next(InvalidField("text", "is bad", "be good"));
    next(Reply(request.text()));
  };
  Client client(server);
  client.Say({"a", "bad", "c"});
  EXPECT_THAT(client.Rest(), ElementsAre("a"));
  EXPECT_THAT(ViolationsOf(client.Finish()),
              ElementsAre(FieldViolation{"text", "is bad", "be good"}));
}

TEST(BidiStreamTest, EndsWithAnErrorIfTheHandlerDropsAMessage) {
  EchoServer server;
  server.echo().on_message = [](EchoRequest, Done<EchoResponse>) {};
  Client client(server);
  client.Say({"a"});
  EXPECT_THAT(client.Finish(), StatusIs(absl::StatusCode::kInternal, _));
}

TEST(BidiStreamTest, EndsAtAMalformedMessage) {
  EchoServer server;
  grpc::ClientContext context;
  const auto stream = RawStream(*server.channel(), "/troupe.test.EchoService/EchoAll", context);
  grpc::ByteBuffer answer;
  stream->Write(BytesOf("\x0a\x01g"));
  EXPECT_TRUE(stream->Read(&answer));
  stream->Write(BytesOf("\x12\x03\x12\x01\xff"));
  EXPECT_FALSE(stream->Read(&answer));
  const absl::Status status = FromGrpcStatus(stream->Finish());
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ViolationsOf(status).at(0).field, "parts[0].words[0]");
}

TEST(BidiStreamTest, TellsTheHandlerThatTheClientHasGone) {
  EchoServer server;
  HeldMessages held(server);
  std::shared_ptr<const Call> call;
  absl::Notification ended;
  server.echo().on_open = [&](std::shared_ptr<const Call> opened) { call = std::move(opened); };
  server.echo().on_stream_end = [&] { ended.Notify(); };
  Client client(server);
  client.Say({"a"});
  const Done<EchoResponse> next = held.Take("a");
  client.Cancel();
  while (!call->stop().StopRequested()) std::this_thread::yield();
  EXPECT_FALSE(ended.HasBeenNotified());
  next(absl::CancelledError());
  ended.WaitForNotification();
  EXPECT_THAT(client.Finish(), StatusIs(absl::StatusCode::kCancelled, _));
}

TEST(BidiStreamTest, EndsWhenAnIdleClientGoes) {
  EchoServer server;
  absl::Notification ended;
  server.echo().on_stream_end = [&] { ended.Notify(); };
  Client client(server);
  client.Say({"a"});
  EXPECT_EQ(client.Next(), "a");
  client.Cancel();
  ended.WaitForNotification();
}

TEST(BidiStreamTest, SurvivesClientsThatGoAtAnyTime) {
  EchoServer server({}, {.in_flight = 2});
  ThreadPool threads(2);
  server.echo().on_message = [&](EchoRequest request, Done<EchoResponse> next) {
    threads.Run([next, request] { next(Reply(request.text())); });
  };
  for (int i = 0; i < 100; ++i) {
    Client client(server);
    client.Say(std::vector<std::string>(static_cast<size_t>(i % 7), "a"));
    if (i % 7 != 0 && i % 3 != 0) client.Next();
    client.Cancel();
  }
  EXPECT_THAT(server.Echo("still here"), IsOkAndHolds("still here"));
}

}  // namespace
}  // namespace troupe::testing
