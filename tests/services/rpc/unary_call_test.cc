#include <grpcpp/create_channel.h>

#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "services/rpc/limits.h"
#include "services/rpc/thread_pool.h"
#include "tests/services/rpc/echo_server.h"
#include "tests/services/rpc/raw_call.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/rpc_call.h"
#include "tests/testing/status_matchers.h"

namespace troupe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kEchoPath[] = "/troupe.test.EchoService/Echo";

using Method = grpc::Status (test::EchoService::Stub::*)(grpc::ClientContext*, const EchoRequest&,
                                                         EchoResponse*);

// The status of a call by `organization`, or by nobody if it is empty.
absl::Status StatusOfCall(EchoServer& server, Method method, const std::string& organization) {
  grpc::ClientContext context;
  if (!organization.empty()) context.AddMetadata(kOrganizationMetadata, organization);
  EchoResponse response;
  return FromGrpcStatus((server.stub().*method)(&context, Saying("hi"), &response));
}

// A call that the handler holds, seen from both ends.
struct HeldCall {
  explicit HeldCall(EchoServer& server) {
    server.echo().on_call = [this](std::shared_ptr<const Call> held, const EchoRequest&,
                                   Done<EchoResponse> held_done) {
      call = std::move(held);
      done = std::move(held_done);
      arrived.Notify();
    };
    context.AddMetadata(kOrganizationMetadata, "alpha");
  }
  void Start(EchoServer& server) {
    server.stub().async()->Echo(&context, &request, &response, [this](grpc::Status s) {
      status = FromGrpcStatus(s);
      ended.Notify();
    });
    arrived.WaitForNotification();
    server.echo().on_call = EchoService().on_call;
  }
  absl::Status End(absl::StatusOr<EchoResponse> answer) {
    std::move(done)(std::move(answer));
    ended.WaitForNotification();
    return status;
  }

  EchoRequest request;
  EchoResponse response;
  grpc::ClientContext context;
  std::shared_ptr<const Call> call;
  Done<EchoResponse> done;
  absl::Status status;
  absl::Notification arrived, ended;
};

void WaitForStop(const Call& call) {
  while (!call.stop().StopRequested()) std::this_thread::yield();
}

TEST(UnaryCallTest, AnswersWhatTheHandlerAnswers) {
  EchoServer server;
  EXPECT_THAT(server.Echo("hello"), IsOkAndHolds("hello"));
}

TEST(UnaryCallTest, TellsTheHandlerWhoCalls) {
  EchoServer server;
  server.echo().on_call = [](std::shared_ptr<const Call> call, const EchoRequest&,
                             Done<EchoResponse> done) { done(Reply(call->organization().slug)); };
  EXPECT_THAT(server.Echo("", "studio-8"), IsOkAndHolds("studio-8"));
}

TEST(UnaryCallTest, RefusesACallerWithoutName) {
  EchoServer server;
  const absl::Status status = StatusOfCall(server, &test::EchoService::Stub::Echo, "");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnauthenticated,
                               HasSubstr("send the metadata troupe-organization")));
  EXPECT_EQ(ReasonOf(status), "CALLER_UNKNOWN");
}

TEST(UnaryCallTest, ServesAnyoneWhereTheRuleSaysSo) {
  EchoServer server;
  EXPECT_THAT(StatusOfCall(server, &test::EchoService::Stub::Greet, ""), IsOk());
}

TEST(UnaryCallTest, RefusesOrganizationsWhereOnlyServicesMayCall) {
  EchoServer server;
  const absl::Status status = StatusOfCall(server, &test::EchoService::Stub::Relay, "alpha");
  EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(ReasonOf(status), "NOT_SERVICE");
}

TEST(UnaryCallTest, TellsTheHandlerWhichServiceCalls) {
  EchoServer server;
  server.echo().on_call = [](std::shared_ptr<const Call> call, const EchoRequest&,
                             Done<EchoResponse> done) {
    done(Reply(absl::StrCat(call->service(), " for ", call->organization().slug)));
  };
  grpc::ClientContext context;
  context.AddMetadata(kServiceMetadata, "feed");
  context.AddMetadata(kOrganizationMetadata, "alpha");
  EchoResponse response;
  EXPECT_TRUE(server.stub().Relay(&context, Saying(""), &response).ok());
  EXPECT_EQ(response.text(), "feed for alpha");
}

TEST(UnaryCallTest, RefusesAServiceThatDoesNotSayForWhomItCalls) {
  EchoServer server;
  grpc::ClientContext context;
  context.AddMetadata(kServiceMetadata, "feed");
  EchoResponse response;
  const grpc::Status status = server.stub().Echo(&context, Saying(""), &response);
  EXPECT_EQ(ReasonOf(FromGrpcStatus(status)), "CALLER_UNKNOWN");
}

TEST(UnaryCallTest, RefusesAMethodWithoutRule) {
  EchoServer server;
  const absl::Status status = StatusOfCall(server, &test::EchoService::Stub::Forgotten, "alpha");
  EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(ReasonOf(status), "NO_RULE");
}

TEST(UnaryCallTest, ServesTheOperatorWhereOnlyTheOperatorMayCall) {
  EchoServer server({.operator_organization = {"owner"}});
  EXPECT_THAT(StatusOfCall(server, &test::EchoService::Stub::Operate, "owner"), IsOk());
}

TEST(UnaryCallTest, RefusesOthersWhereOnlyTheOperatorMayCall) {
  EchoServer server({.operator_organization = {"owner"}});
  const absl::Status status = StatusOfCall(server, &test::EchoService::Stub::Operate, "alpha");
  EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(ReasonOf(status), "NOT_OPERATOR");
}

TEST(UnaryCallTest, CallsThatWaitDoNotBlockOthers) {
  EchoServer server;
  std::vector<std::unique_ptr<HeldCall>> held;
  for (int i = 0; i < 32; ++i) {
    held.push_back(std::make_unique<HeldCall>(server));
    held.back()->Start(server);
  }
  EXPECT_THAT(server.Echo("now"), IsOkAndHolds("now"));
  for (const auto& call : held) EXPECT_THAT(call->End(Reply("later")), IsOk());
}

TEST(UnaryCallTest, TakesAnswersFromOtherThreads) {
  EchoServer server;
  ThreadPool threads(2);
  server.echo().on_call = [&](std::shared_ptr<const Call>, const EchoRequest& request,
                              Done<EchoResponse> done) {
    threads.Run([&request, done] { done(Reply(request.text())); });
  };
  for (const char* text : {"a", "b", "c"}) EXPECT_THAT(server.Echo(text), IsOkAndHolds(text));
}

TEST(UnaryCallTest, TellsTheHandlerThatTheClientHasGone) {
  EchoServer server;
  HeldCall held(server);
  held.Start(server);
  EXPECT_FALSE(held.call->stop().StopRequested());
  held.context.TryCancel();
  WaitForStop(*held.call);
  EXPECT_THAT(held.End(absl::CancelledError()),
              StatusIs(absl::StatusCode::kCancelled, ::testing::_));
}

TEST(UnaryCallTest, TellsTheHandlerThatTheDeadlineHasPassed) {
  EchoServer server;
  HeldCall held(server);
  held.context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Milliseconds(50)));
  held.Start(server);
  WaitForStop(*held.call);
  EXPECT_THAT(held.End(absl::CancelledError()),
              StatusIs(absl::StatusCode::kDeadlineExceeded, ::testing::_));
}

TEST(UnaryCallTest, CarriesTheDeadlineOfTheClient) {
  EchoServer server;
  HeldCall held(server);
  const absl::Time deadline = absl::Now() + absl::Minutes(10);
  held.context.set_deadline(absl::ToChronoTime(deadline));
  held.Start(server);
  EXPECT_LT(absl::AbsDuration(held.call->deadline() - deadline), absl::Minutes(1));
  EXPECT_THAT(held.End(Reply("")), IsOk());
}

TEST(UnaryCallTest, CarriesTheDeadlineByTheClockOfTheServer) {
  FakeClock clock(absl::Now() + absl::Hours(48));
  EchoServer server({}, {}, {}, &clock);
  HeldCall held(server);
  held.context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Minutes(10)));
  held.Start(server);
  const absl::Duration left = held.call->deadline() - clock.Now();
  EXPECT_LT(absl::AbsDuration(left - absl::Minutes(10)), absl::Minutes(1));
  EXPECT_FALSE(held.call->stop().StopRequested());
  EXPECT_THAT(held.End(Reply("")), IsOk());
}

TEST(UnaryCallTest, GivesACallWithoutDeadlineTheDefault) {
  EchoServer server({.default_deadline = absl::Hours(2)});
  HeldCall held(server);
  held.Start(server);
  EXPECT_GT(held.call->deadline(), absl::Now() + absl::Hours(1));
  EXPECT_LT(held.call->deadline(), absl::Now() + absl::Hours(3));
  EXPECT_THAT(held.End(Reply("")), IsOk());
}

TEST(UnaryCallTest, NamesTheFieldThatIsNotUtf8) {
  EchoServer server;
  const auto answer = RawCall(*server.channel(), kEchoPath, "\x0a\x02\xc3\x28");
  EXPECT_EQ(answer.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(ViolationsOf(answer.status()),
              ElementsAre(FieldViolation{"text", "is not UTF-8", "encode text as UTF-8"}));
}

TEST(UnaryCallTest, RefusesBytesThatAreCutShort) {
  EchoServer server;
  const auto answer = RawCall(*server.channel(), kEchoPath, "\x0a\x05hi");
  EXPECT_THAT(answer, StatusIs(absl::StatusCode::kInvalidArgument,
                               HasSubstr("no troupe.test.EchoRequest")));
  EXPECT_EQ(ReasonOf(answer.status()), "UNDECODABLE_REQUEST");
}

TEST(UnaryCallTest, ReadsAnEmptyMessage) {
  EchoServer server;
  EXPECT_THAT(RawCall(*server.channel(), kEchoPath, ""), IsOkAndHolds(""));
}

TEST(UnaryCallTest, CarriesReasonAndViolationsOfAnError) {
  EchoServer server;
  server.echo().on_call = [](std::shared_ptr<const Call>, const EchoRequest&,
                             Done<EchoResponse> done) {
    done(InvalidField("text", "is short", "say more"));
  };
  const absl::Status status = server.Echo("").status();
  EXPECT_EQ(ReasonOf(status), "INVALID_FIELD");
  EXPECT_THAT(ViolationsOf(status), ElementsAre(FieldViolation{"text", "is short", "say more"}));
}

// Over a socket: within the process there is no limit to hit.
TEST(UnaryCallTest, CarriesAnErrorWithMoreViolationsThanFit) {
  EchoServer server({}, {}, {.listen = "127.0.0.1:0"});
  server.echo().on_call = [](std::shared_ptr<const Call>, const EchoRequest&,
                             Done<EchoResponse> done) {
    Violations many;
    for (int i = 0; i < 1000; ++i) {
      many.Add(absl::StrCat("parts[", i, "]"), "\xe5\xbd\xb1", "mend it");
    }
    done(many.ToStatus());
  };
  const auto channel = grpc::CreateChannel(absl::StrCat("127.0.0.1:", server.server().port()),
                                           grpc::InsecureChannelCredentials());
  const absl::Status status = RawCall(*channel, kEchoPath, "").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ViolationsOf(status).front().field, "parts[0]");
  EXPECT_THAT(ViolationsOf(status).back().problem, HasSubstr(" more"));
}

TEST(UnaryCallTest, HidesWhatAnInternalErrorSays) {
  EchoServer server;
  server.echo().on_call = [](std::shared_ptr<const Call>, const EchoRequest&,
                             Done<EchoResponse> done) { done(absl::InternalError("secret")); };
  EXPECT_THAT(server.Echo(""), StatusIs(absl::StatusCode::kInternal, Not(HasSubstr("secret"))));
}

TEST(UnaryCallTest, AnswersForAHandlerThatDropsTheCall) {
  EchoServer server;
  server.echo().on_call = [](std::shared_ptr<const Call>, const EchoRequest&,
                             Done<EchoResponse>) {};
  EXPECT_THAT(server.Echo(""), StatusIs(absl::StatusCode::kInternal, ::testing::_));
}

TEST(UnaryCallTest, TakesTheFirstOfTwoAnswers) {
  EchoServer server;
  server.echo().on_call = [](std::shared_ptr<const Call>, const EchoRequest&,
                             Done<EchoResponse> done) {
    done(Reply("first"));
    done(Reply("second"));
  };
  EXPECT_THAT(server.Echo(""), IsOkAndHolds("first"));
}

TEST(UnaryCallTest, RefusesMoreCallsThanItMayWorkOn) {
  EchoServer server({.limits = {.calls = 1}});
  HeldCall held(server);
  held.Start(server);
  const absl::Status status = server.Echo("").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(status), "OVERLOADED");
  EXPECT_THAT(held.End(Reply("")), IsOk());
}

TEST(UnaryCallTest, AdmitsCallsAgainAfterAnOverload) {
  EchoServer server({.limits = {.calls = 1}});
  {
    HeldCall held(server);
    held.Start(server);
    ASSERT_EQ(ReasonOf(server.Echo("").status()), "OVERLOADED");
    ASSERT_THAT(held.End(Reply("")), IsOk());
  }
  // A call counts until nobody has it any more, a moment after its answer.
  absl::StatusOr<std::string> again = server.Echo("again");
  while (ReasonOf(again.status()) == "OVERLOADED") again = server.Echo("again");
  EXPECT_THAT(again, IsOkAndHolds("again"));
}

TEST(UnaryCallTest, RefusesToSendAnAnswerThatIsTooLarge) {
  EchoServer server;
  server.echo().on_call = [](std::shared_ptr<const Call>, const EchoRequest&,
                             Done<EchoResponse> done) {
    done(Reply(std::string(static_cast<size_t>(kMaxMessageBytes), 'x')));
  };
  const absl::Status status = server.Echo("").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(status), "RESPONSE_TOO_LARGE");
}

TEST(UnaryCallTest, RefusesWhatTakesMoreMemoryThanCallsUnderWayLeave) {
  EchoServer server({.decoded_bytes = 100'000});
  const auto echo = [&] {
    grpc::ClientContext context;
    context.AddMetadata(kOrganizationMetadata, "alpha");
    EchoResponse response;
    return FromGrpcStatus(
        server.stub().Echo(&context, Saying(std::string(60'000, 'x')), &response));
  };
  HeldCall held(server);
  held.request = Saying(std::string(60'000, 'x'));
  held.Start(server);
  EXPECT_EQ(ReasonOf(echo()), "OVERLOADED");
  ASSERT_THAT(held.End(Reply("done")), IsOk());
  held.done = nullptr;
  EXPECT_THAT(echo(), IsOk());
}

}  // namespace
}  // namespace troupe::testing
