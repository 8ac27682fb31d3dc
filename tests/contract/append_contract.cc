#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "services/log/log_errors.h"
#include "tests/contract/change_log_contract.h"
#include "tests/testing/log_calls.h"
#include "tests/testing/status_matchers.h"

namespace troupe::testing {
namespace {

using ::testing::_;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::ResultOf;

constexpr ShardId kShard{7};
const EntityKey kAda = ProfileOn(kShard, 0);
const EntityKey kBen = ProfileOn(kShard, 1);
const EntityKey kCai = ProfileOn(ShardId{8}, 0);

auto AtSeq(uint64_t seq) { return IsOkAndHolds(Field(&LogPos::seq, seq)); }
auto IsAborted() { return StatusIs(absl::StatusCode::kAborted, _); }
auto IsInvalid(const std::string& field) {
  return StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(field));
}
auto HasReason(const std::string& reason) {
  return ResultOf([](const auto& answer) { return ReasonOf(answer.status()); }, reason);
}

TEST_P(ChangeLogContract, NumbersTheRecordsOfAShardFromOne) {
  EXPECT_THAT(AppendOne(log(), Request("r1", {Put(kAda, kNoVersion, "a")})), AtSeq(1));
  EXPECT_THAT(AppendOne(log(), Request("r2", {Put(kBen, kNoVersion, "b")})), AtSeq(2));
  EXPECT_THAT(AppendOne(log(), Request("r3", {Put(kCai, kNoVersion, "c")})), AtSeq(1));
}

TEST_P(ChangeLogContract, ShowsTheLastAcknowledgedRecordAsHead) {
  EXPECT_THAT(log().Head(kShard), IsOkAndHolds(LogPos{}));
  const auto pos = AppendOne(log(), Request("r", {Put(kAda, kNoVersion, "a")}));
  EXPECT_THAT(log().Head(kShard), IsOkAndHolds(pos.value()));
}

TEST_P(ChangeLogContract, RejectsCreationOfWhatExists) {
  AppendOne(log(), Request("r1", {Put(kAda, kNoVersion, "a")})).value();
  const auto answer = AppendOne(log(), Request("r2", {Put(kAda, kNoVersion, "b")}));
  EXPECT_THAT(answer, IsAborted());
  EXPECT_EQ(ReasonOf(answer.status()), "STALE_VERSION");
  EXPECT_THAT(StaleVersionOf(answer.status()), Optional(StaleVersion{0, 1}));
}

TEST_P(ChangeLogContract, RejectsUpdateOfAnotherVersion) {
  AppendOne(log(), Request("r1", {Put(kAda, kNoVersion, "a")})).value();
  AppendOne(log(), Request("r2", {Put(kAda, 1, "b")})).value();
  const auto answer = AppendOne(log(), Request("r3", {Put(kAda, 1, "c")}));
  EXPECT_THAT(StaleVersionOf(answer.status()), Optional(StaleVersion{0, 2}));
}

TEST_P(ChangeLogContract, RejectsUpdateOfWhatDoesNotExist) {
  const auto answer = AppendOne(log(), Request("r", {Put(kAda, 1, "a")}));
  EXPECT_THAT(StaleVersionOf(answer.status()), Optional(StaleVersion{0, kNoVersion}));
}

TEST_P(ChangeLogContract, WritesAllMutationsOfARequestOrNone) {
  AppendOne(log(), Request("r1", {Put(kBen, kNoVersion, "b")})).value();
  const auto answer =
      AppendOne(log(), Request("r2", {Put(kAda, kNoVersion, "a"), Put(kBen, kNoVersion, "c")}));
  EXPECT_THAT(StaleVersionOf(answer.status()), Optional(StaleVersion{1, 1}));
  EXPECT_THAT(BaseOf(log(), kShard), IsOkAndHolds(ElementsAre(BaseEntity{kBen, 1, "b"})));
  EXPECT_EQ(log().Head(kShard)->seq, 1);
}

TEST_P(ChangeLogContract, GivesAnEntityCreatedAgainANewVersion) {
  AppendOne(log(), Request("r1", {Put(kAda, kNoVersion, "a")})).value();
  AppendOne(log(), Request("r2", {Delete(kAda, 1)})).value();
  EXPECT_THAT(AppendOne(log(), Request("r3", {Put(kAda, kNoVersion, "b")})), AtSeq(3));
  EXPECT_THAT(AppendOne(log(), Request("r4", {Put(kAda, 1, "c")})), IsAborted());
}

TEST_P(ChangeLogContract, TakesAnyVersionIfTold) {
  EXPECT_THAT(AppendOne(log(), Request("r1", {Put(kAda, kAnyVersion, "a")})), AtSeq(1));
  EXPECT_THAT(AppendOne(log(), Request("r2", {Put(kAda, kAnyVersion, "b")})), AtSeq(2));
}

TEST_P(ChangeLogContract, AnswersEachRequestAlone) {
  const auto answers = AppendAll(log(), {Request("r1", {Put(kAda, kNoVersion, "a")}),
                                         Request("r2", {Put(kBen, 5, "b")}),
                                         Request("", {Put(kBen, kNoVersion, "b")}),
                                         Request("r4", {Put(kCai, kNoVersion, "c")})});
  EXPECT_THAT(answers, ElementsAre(AtSeq(1), IsAborted(), IsInvalid("request_id"), AtSeq(1)));
}

TEST_P(ChangeLogContract, LetsARequestSeeThoseBeforeIt) {
  const auto answers = AppendAll(
      log(), {Request("r1", {Put(kAda, kNoVersion, "a")}), Request("r2", {Put(kAda, 1, "b")}),
              Request("r3", {Delete(kAda, 2)}), Request("r4", {Put(kAda, kNoVersion, "c")})});
  EXPECT_THAT(answers, ElementsAre(AtSeq(1), AtSeq(2), AtSeq(3), AtSeq(4)));
}

TEST_P(ChangeLogContract, AnswersAnEmptyAppend) {
  EXPECT_THAT(AppendAll(log(), {}), IsEmpty());
}

TEST_P(ChangeLogContract, AnswersARetryWithTheFirstPosition) {
  const auto first = AppendOne(log(), Request("r1", {Put(kAda, kNoVersion, "a")}));
  AppendOne(log(), Request("r2", {Put(kAda, 1, "b")})).value();
  EXPECT_THAT(AppendOne(log(), Request("r1", {Put(kAda, kNoVersion, "a")})),
              IsOkAndHolds(first.value()));
  EXPECT_THAT(BaseOf(log(), kShard), IsOkAndHolds(ElementsAre(BaseEntity{kAda, 2, "b"})));
}

TEST_P(ChangeLogContract, AnswersTwinsInOneAppendAlike) {
  const AppendRequest request = Request("r", {Put(kAda, kNoVersion, "a")});
  EXPECT_THAT(AppendAll(log(), {request, request}), ElementsAre(AtSeq(1), AtSeq(1)));
}

TEST_P(ChangeLogContract, RejectsARequestIdUsedForAnotherBody) {
  AppendOne(log(), Request("r", {Put(kAda, kNoVersion, "a")})).value();
  const auto answer = AppendOne(log(), Request("r", {Put(kAda, kNoVersion, "b")}));
  EXPECT_THAT(answer, StatusIs(absl::StatusCode::kAlreadyExists, _));
  EXPECT_THAT(answer, HasReason("REQUEST_ID_REUSED"));
}

TEST_P(ChangeLogContract, TellsRetriesByTheBodyHashIfGiven) {
  AppendRequest request = Request("r", {Put(kAda, kNoVersion, "made at 12:00")});
  request.body_hash = 99;
  const auto first = AppendOne(log(), request);
  request.mutations = {Put(kAda, 1, "made at 12:01")};
  EXPECT_THAT(AppendOne(log(), request), IsOkAndHolds(first.value()));
}

TEST_P(ChangeLogContract, TellsRetriesWhoeverSawTheValueBefore) {
  AppendRequest request = Request("r", {Put(kAda, kAnyVersion, "a")});
  const auto first = AppendOne(log(), request);
  request.mutations[0].audience_before = "everybody";
  EXPECT_THAT(AppendOne(log(), request), IsOkAndHolds(first.value()));
}

TEST_P(ChangeLogContract, KeepsRequestIdsOfShardsApart) {
  EXPECT_THAT(AppendOne(log(), Request("r", {Put(kAda, kNoVersion, "a")})), AtSeq(1));
  EXPECT_THAT(AppendOne(log(), Request("r", {Put(kCai, kNoVersion, "c")})), AtSeq(1));
}

TEST_P(ChangeLogContract, LetsAFailedRequestTryAgainUnderItsId) {
  EXPECT_THAT(AppendOne(log(), Request("r", {Put(kAda, 1, "b")})), IsAborted());
  EXPECT_THAT(AppendOne(log(), Request("r", {Put(kAda, kNoVersion, "b")})), AtSeq(1));
}

TEST_P(ChangeLogContract, RefusesWhenTheDeadlineHasPassed) {
  const auto answers =
      AppendAll(log(), {Request("r", {Put(kAda, kNoVersion, "a")})}, clock().Now());
  EXPECT_THAT(answers, ElementsAre(StatusIs(absl::StatusCode::kDeadlineExceeded, _)));
  EXPECT_EQ(log().Head(kShard)->seq, 0);
}

TEST_P(ChangeLogContract, RefusesAppendsAfterClose) {
  log().Close();
  const auto answer = AppendOne(log(), Request("r", {Put(kAda, kNoVersion, "a")}));
  EXPECT_THAT(answer, StatusIs(absl::StatusCode::kUnavailable, _));
  EXPECT_THAT(answer, HasReason("LOG_CLOSED"));
}

TEST_P(ChangeLogContract, RejectsTwoMutationsOfOneEntity) {
  EXPECT_THAT(AppendOne(log(), Request("r", {Put(kAda, kNoVersion, "a"), Delete(kAda, 1)})),
              IsInvalid("mutations[1].entity occurs twice"));
}

TEST_P(ChangeLogContract, RejectsEntitiesOfAnotherShard) {
  EXPECT_THAT(AppendOne(log(), Request("r", {Put(kAda, 0, "a"), Put(kCai, 0, "c")})),
              IsInvalid("mutations[1].entity.id"));
}

TEST_P(ChangeLogContract, RejectsARequestWithoutMutations) {
  EXPECT_THAT(AppendOne(log(), Request("r", {})), IsInvalid("mutations is empty"));
}

TEST_P(ChangeLogContract, RejectsARecordPastTheLimit) {
  EXPECT_THAT(AppendOne(log(), Request("r", {Put(kAda, 0, std::string(kMaxRecordBytes, 'x'))})),
              IsInvalid("mutations take"));
}

TEST_P(ChangeLogContract, LosesNoUpdateOfConcurrentWriters) {
  constexpr int kWriters = 8;
  constexpr int kIncrements = 25;
  AppendOne(log(), Request("first", {Put(kAda, kNoVersion, "0")})).value();
  const auto increment_all = [&](int writer) {
    for (int done = 0, tries = 0; done < kIncrements; ++tries) {
      const BaseEntity counter = BaseOf(log(), kShard)->front();
      int value = 0;
      ASSERT_TRUE(absl::SimpleAtoi(counter.value, &value));
      const auto answer = AppendOne(log(), Request(absl::StrCat(writer, "/", tries),
                                                   {Put(kAda, counter.version, absl::StrCat(value + 1))}));
      if (answer.ok()) ++done;
    }
  };
  std::vector<std::thread> writers;
  for (int w = 0; w < kWriters; ++w) writers.emplace_back(increment_all, w);
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(BaseOf(log(), kShard)->front().value, absl::StrCat(kWriters * kIncrements));
}

TEST_P(ChangeLogContract, AnswersEveryAppendBeforeItIsDestroyed) {
  std::atomic<int> answered = 0;
  for (int i = 0; i < 100; ++i) {
    log().Append({Request(absl::StrCat("r", i), {Put(ProfileOn({uint16_t(i)}), 0, "x")})},
                 absl::InfiniteFuture(), [&](const auto& answers) {
                   if (answers.front().ok()) ++answered;
                 });
  }
  DestroyLog();
  EXPECT_EQ(answered, 100);
}

TEST_P(ChangeLogContract, LetsACallbackAppend) {
  absl::Notification second;
  log().Append({Request("r1", {Put(kAda, 0, "a")})}, absl::InfiniteFuture(), [&](const auto&) {
    log().Append({Request("r2", {Put(kAda, 1, "b")})}, absl::InfiniteFuture(),
                 [&](const auto&) { second.Notify(); });
  });
  second.WaitForNotification();
  EXPECT_EQ(log().Head(kShard)->seq, 2);
}

}  // namespace
}  // namespace troupe::testing
