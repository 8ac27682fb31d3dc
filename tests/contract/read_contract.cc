#include <string>
#include <vector>

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
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;

using Records = absl::StatusOr<std::vector<ReadRecord>>;

constexpr ShardId kShard{7};
constexpr ShardId kOther{8};
const EntityKey kAda = ProfileOn(kShard, 0);
const EntityKey kBen = ProfileOn(kShard, 1);

// Writes `count` records to `shard` and returns their positions.
std::vector<LogPos> Fill(ChangeLog& log, ShardId shard, int count, size_t value_size = 1) {
  std::vector<LogPos> positions;
  for (int i = 0; i < count; ++i) {
    const std::string value(value_size, static_cast<char>('a' + i % 26));
    positions.push_back(
        AppendOne(log, Request(absl::StrCat("fill", i), {Put(ProfileOn(shard), kAnyVersion, value)}))
            .value());
  }
  return positions;
}

// A Read under way.
struct PendingRead {
  PendingRead(ChangeLog& log, std::vector<Cursor> cursors, absl::Time wait_until) {
    log.Read(cursors, {}, wait_until, [this](Records records) {
      answer = std::move(records);
      answered.Notify();
    });
  }
  Records& Await() {
    answered.WaitForNotification();
    return answer;
  }
  Records answer;
  absl::Notification answered;
};

std::vector<uint64_t> SeqsOf(const Records& records, ShardId shard) {
  std::vector<uint64_t> seqs;
  for (const ReadRecord& record : records.value()) {
    if (record.shard == shard) seqs.push_back(record.pos.seq);
  }
  return seqs;
}

TEST_P(ChangeLogContract, ReadsWhatWasAppended) {
  const auto pos = AppendOne(log(), Request("r", {Put(kAda, 0, "a"), Delete(kBen, kAnyVersion)}));
  EXPECT_THAT(ReadNow(log(), {{kShard, {}}}),
              IsOkAndHolds(ElementsAre(ReadRecord{
                  kShard, pos.value(), clock().Now(), {{kAda, "a"}, {kBen, std::nullopt}}})));
}

TEST_P(ChangeLogContract, ReadsWhoSawTheValueBefore) {
  Mutation put = Put(kAda, kAnyVersion, "a");
  put.audience_before = "everybody";
  AppendOne(log(), Request("r", {put})).value();
  EXPECT_THAT(ReadNow(log(), {{kShard, {}}})->front().changes,
              ElementsAre(EntityChange{kAda, "a", "everybody"}));
}

TEST_P(ChangeLogContract, TellsAnEmptyValueFromADeletion) {
  AppendOne(log(), Request("r", {Put(kAda, 0, "")})).value();
  EXPECT_THAT(ReadNow(log(), {{kShard, {}}})->front().changes, ElementsAre(EntityChange{kAda, ""}));
  EXPECT_THAT(BaseOf(log(), kShard), IsOkAndHolds(ElementsAre(BaseEntity{kAda, 1, ""})));
}

TEST_P(ChangeLogContract, ReadsOnlyWhatFollowsTheCursor) {
  const std::vector<LogPos> written = Fill(log(), kShard, 4);
  EXPECT_THAT(SeqsOf(ReadNow(log(), {{kShard, written[1]}}), kShard), ElementsAre(3, 4));
}

TEST_P(ChangeLogContract, AnswersAWaitingReadOnAppend) {
  PendingRead read(log(), {{kOther, {}}, {kShard, {}}}, absl::InfiniteFuture());
  Fill(log(), kShard, 1);
  EXPECT_THAT(SeqsOf(read.Await(), kShard), ElementsAre(1));
}

TEST_P(ChangeLogContract, AnswersWithNothingWhenTheTimeIsUp) {
  PendingRead read(log(), {{kShard, {}}}, clock().Now() + absl::Seconds(5));
  EXPECT_FALSE(read.answered.HasBeenNotified());
  Advance(absl::Seconds(5));
  EXPECT_THAT(read.Await(), IsOkAndHolds(IsEmpty()));
}

TEST_P(ChangeLogContract, LetsManyReadsWaitAtOnce) {
  std::vector<std::unique_ptr<PendingRead>> reads;
  for (int i = 0; i < 64; ++i) {
    reads.push_back(std::make_unique<PendingRead>(log(), std::vector<Cursor>{{kShard, {}}},
                                                  absl::InfiniteFuture()));
  }
  Fill(log(), kShard, 1);
  for (const auto& read : reads) EXPECT_THAT(read->Await(), IsOkAndHolds(SizeIs(1)));
}

TEST_P(ChangeLogContract, RefusesReadsThatWaitOnClose) {
  PendingRead read(log(), {{kShard, {}}}, absl::InfiniteFuture());
  log().Close();
  EXPECT_EQ(ReasonOf(read.Await().status()), "LOG_CLOSED");
  EXPECT_EQ(ReasonOf(ReadNow(log(), {{kShard, {}}}).status()), "LOG_CLOSED");
}

TEST_P(ChangeLogContract, ReadsAtMostTheRecordsAskedFor) {
  Fill(log(), kShard, 5);
  EXPECT_THAT(SeqsOf(ReadNow(log(), {{kShard, {}}}, {.max_records = 3}), kShard),
              ElementsAre(1, 2, 3));
}

TEST_P(ChangeLogContract, ReadsAtMostTheBytesAskedFor) {
  Fill(log(), kShard, 5, 1000);
  EXPECT_THAT(SeqsOf(ReadNow(log(), {{kShard, {}}}, {.max_bytes = 2500}), kShard),
              ElementsAre(1, 2));
}

TEST_P(ChangeLogContract, ReadsOneRecordHoweverLarge) {
  Fill(log(), kShard, 2, 1000);
  EXPECT_THAT(SeqsOf(ReadNow(log(), {{kShard, {}}}, {.max_bytes = 1}), kShard), ElementsAre(1));
}

TEST_P(ChangeLogContract, SharesTheLimitAmongShards) {
  Fill(log(), kShard, 10);
  Fill(log(), kOther, 10);
  const Records records = ReadNow(log(), {{kShard, {}}, {kOther, {}}}, {.max_records = 4});
  EXPECT_THAT(SeqsOf(records, kShard), ElementsAre(1, 2));
  EXPECT_THAT(SeqsOf(records, kOther), ElementsAre(1, 2));
}

TEST_P(ChangeLogContract, LeavesTheWholeLimitToTheOnlyBusyShard) {
  Fill(log(), kShard, 4);
  const Records records = ReadNow(log(), {{kOther, {}}, {kShard, {}}}, {.max_records = 4});
  EXPECT_THAT(SeqsOf(records, kShard), ElementsAre(1, 2, 3, 4));
}

TEST_P(ChangeLogContract, NoticesThatTheRecordAtACursorIsAnother) {
  const LogPos first = Fill(log(), kShard, 3).front();
  const Records records = ReadNow(log(), {{kShard, {first.seq, RecordId(first.id.value() + 1)}}});
  EXPECT_THAT(records, StatusIs(absl::StatusCode::kDataLoss, _));
  EXPECT_EQ(ReasonOf(records.status()), "HISTORY_CHANGED");
  EXPECT_THAT(std::string(records.status().message()), HasSubstr("shard 7"));
}

TEST_P(ChangeLogContract, NoticesThatTheHeadIsAnother) {
  const LogPos head = Fill(log(), kShard, 1).front();
  EXPECT_EQ(ReasonOf(ReadNow(log(), {{kShard, {1, RecordId(head.id.value() + 1)}}}).status()),
            "HISTORY_CHANGED");
}

TEST_P(ChangeLogContract, NoticesACursorPastTheHead) {
  const LogPos head = Fill(log(), kShard, 1).front();
  EXPECT_EQ(ReasonOf(ReadNow(log(), {{kShard, {2, head.id}}}).status()), "HISTORY_CHANGED");
}

TEST_P(ChangeLogContract, GivesEqualRecordsAfterDifferentOnesDifferentIds) {
  const std::vector<LogPos> written = Fill(log(), kShard, 27);
  EXPECT_NE(written[0].id, written[26].id);  // The same value, later in history.
}

TEST_P(ChangeLogContract, RejectsReadsWithoutCursors) {
  EXPECT_THAT(ReadNow(log(), {}), StatusIs(absl::StatusCode::kInvalidArgument, _));
}

TEST_P(ChangeLogContract, RejectsTwoCursorsOfOneShard) {
  EXPECT_THAT(ReadNow(log(), {{kShard, {}}, {kShard, {}}}),
              StatusIs(absl::StatusCode::kInvalidArgument, _));
}

TEST_P(ChangeLogContract, RejectsShardsThatDoNotExist) {
  const ShardId none{kShardCount};
  EXPECT_THAT(ReadNow(log(), {{none, {}}}), StatusIs(absl::StatusCode::kInvalidArgument, _));
  EXPECT_THAT(log().Head(none), StatusIs(absl::StatusCode::kInvalidArgument, _));
  EXPECT_THAT(log().OpenBase(none), StatusIs(absl::StatusCode::kInvalidArgument, _));
  EXPECT_THAT(log().Trim(none, 1), StatusIs(absl::StatusCode::kInvalidArgument, _));
}

TEST_P(ChangeLogContract, RefusesCursorsBeforeTheTrim) {
  const std::vector<LogPos> written = Fill(log(), kShard, 5);
  ASSERT_THAT(log().Trim(kShard, 4), IsOk());
  for (const LogPos& pos : {LogPos{}, written[1]}) {
    const Records records = ReadNow(log(), {{kShard, pos}});
    EXPECT_THAT(records, StatusIs(absl::StatusCode::kOutOfRange, _));
    EXPECT_EQ(ReasonOf(records.status()), "TRIMMED");
  }
}

TEST_P(ChangeLogContract, ReadsOnFromTheLastRecordTrimmed) {
  const std::vector<LogPos> written = Fill(log(), kShard, 5);
  ASSERT_THAT(log().Trim(kShard, 4), IsOk());
  EXPECT_THAT(SeqsOf(ReadNow(log(), {{kShard, written[2]}}), kShard), ElementsAre(4, 5));
  EXPECT_EQ(ReasonOf(ReadNow(log(), {{kShard, {3, RecordId(1)}}}).status()), "HISTORY_CHANGED");
}

TEST_P(ChangeLogContract, GoesOnAfterTheWholeShardIsTrimmed) {
  const LogPos head = Fill(log(), kShard, 3).back();
  ASSERT_THAT(log().Trim(kShard, 99), IsOk());
  EXPECT_THAT(AppendOne(log(), Request("r", {Put(kAda, kAnyVersion, "z")}))->seq, 4);
  EXPECT_THAT(SeqsOf(ReadNow(log(), {{kShard, head}}), kShard), ElementsAre(4));
}

TEST_P(ChangeLogContract, KeepsEntitiesWhenTheirRecordsAreTrimmed) {
  AppendOne(log(), Request("r", {Put(kAda, 0, "a")})).value();
  ASSERT_THAT(log().Trim(kShard, 2), IsOk());
  EXPECT_THAT(BaseOf(log(), kShard), IsOkAndHolds(ElementsAre(BaseEntity{kAda, 1, "a"})));
}

TEST_P(ChangeLogContract, ForgetsRequestIdsWithTheirRecords) {
  const AppendRequest request = Request("r", {Put(kAda, kAnyVersion, "a")});
  AppendOne(log(), request).value();
  ASSERT_THAT(log().Trim(kShard, 2), IsOk());
  EXPECT_EQ(AppendOne(log(), request)->seq, 2);
}

TEST_P(ChangeLogContract, TrimsNothingTwice) {
  const LogPos head = Fill(log(), kShard, 3).back();
  ASSERT_THAT(log().Trim(kShard, 3), IsOk());
  EXPECT_THAT(log().Trim(kShard, 0), IsOk());
  EXPECT_THAT(log().Trim(kShard, 3), IsOk());
  EXPECT_EQ(*log().Head(kShard), head);
}

TEST_P(ChangeLogContract, ScansTheEntitiesOfAShardInOrder) {
  AppendOne(log(), Request("r1", {Put(kBen, 0, "b")})).value();
  AppendOne(log(), Request("r2", {Put(kAda, 0, "a")})).value();
  AppendOne(log(), Request("r3", {Put(ProfileOn(kOther), 0, "c")})).value();
  EXPECT_THAT(BaseOf(log(), kShard),
              IsOkAndHolds(ElementsAre(BaseEntity{kAda, 2, "a"}, BaseEntity{kBen, 1, "b"})));
}

TEST_P(ChangeLogContract, ScansAsOfOnePosition) {
  const LogPos before = AppendOne(log(), Request("r1", {Put(kAda, 0, "a")})).value();
  const std::unique_ptr<BaseScan> scan = log().OpenBase(kShard).value();
  AppendOne(log(), Request("r2", {Put(kAda, 1, "b"), Put(kBen, 0, "b")})).value();
  EXPECT_EQ(scan->position(), before);
  EXPECT_THAT(scan->Next(), IsOkAndHolds(Optional(BaseEntity{kAda, 1, "a"})));
  EXPECT_THAT(scan->Next(), IsOkAndHolds(std::nullopt));
}

TEST_P(ChangeLogContract, ScansAllShardsAndTellsWhereToReadOn) {
  Fill(log(), kShard, 3);
  Fill(log(), ShardId{255}, 1);
  std::vector<BaseEntity> entities;
  const auto cursors = ScanBase(log(), [&](BaseEntity entity) {
    entities.push_back(std::move(entity));
    return absl::OkStatus();
  });
  EXPECT_THAT(entities, ElementsAre(BaseEntity{kAda, 3, "c"},
                                    BaseEntity{ProfileOn(ShardId{255}), 1, "a"}));
  EXPECT_THAT(ReadNow(log(), cursors.value()), IsOkAndHolds(IsEmpty()));
}

}  // namespace
}  // namespace troupe::testing
