#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/blocking_counter.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "services/log/rocks_log.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/faulty_file_system.h"
#include "tests/testing/log_calls.h"
#include "tests/testing/power_cut.h"
#include "tests/testing/read_faults.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace troupe {
namespace {

using ::testing::_;
using ::testing::Each;
using ::testing::SizeIs;
using namespace ::troupe::testing;  // NOLINT: builders of this test.

constexpr ShardId kShard{7};
const EntityKey kAda = ProfileOn(kShard, 0);

// A log on a disk that fails or hangs when told to.
class RocksLogFaultsTest : public ::testing::Test {
 protected:
  ~RocksLogFaultsTest() override { faults_.ReleaseSyncs(); }

  std::unique_ptr<ChangeLog> Open(int64_t max_waiting_bytes = 1 << 20) {
    return OpenRocksLog(clock_, {.directory = directory_.Join("log"),
                                 .max_waiting_bytes = max_waiting_bytes,
                                 .env = env_.get()})
        .value();
  }
  static AppendRequest Numbered(int i) {
    return Request(absl::StrCat("r", i), {Put(ProfileOn({static_cast<uint16_t>(i % 256)}),
                                              kAnyVersion, "v")});
  }

  FakeClock clock_;
  TempDirectory directory_;
  WalFaults faults_;
  const std::unique_ptr<rocksdb::Env> env_ = FaultyEnv(faults_);
};

TEST_F(RocksLogFaultsTest, TurnsReadOnlyWhenAWriteFails) {
  const auto log = Open();
  AppendOne(*log, Request("r1", {Put(kAda, 0, "a")})).value();
  faults_.FailWrites();
  const auto failed = AppendOne(*log, Request("r2", {Put(kAda, 1, "b")}));
  EXPECT_THAT(failed, StatusIs(absl::StatusCode::kUnavailable, _));
  EXPECT_EQ(ReasonOf(failed.status()), "LOG_WRITE_FAILED");
  EXPECT_EQ(ReasonOf(AppendOne(*log, Request("r3", {Put(kAda, 1, "c")})).status()),
            "LOG_WRITE_FAILED");
  EXPECT_EQ(ReasonOf(log->Trim(kShard, 2)), "LOG_WRITE_FAILED");
  EXPECT_THAT(ReadNow(*log, {{kShard, {}}}), IsOkAndHolds(SizeIs(1)));
}

TEST_F(RocksLogFaultsTest, FailsAllRequestsOfTheGroupThatFailed) {
  const auto log = Open();
  faults_.FailWrites();
  EXPECT_THAT(AppendAll(*log, {Numbered(1), Numbered(2), Numbered(1)}),
              Each(StatusIs(absl::StatusCode::kUnavailable, _)));
}

TEST_F(RocksLogFaultsTest, TakesTheRetryOnceReopenedAfterAFailedWrite) {
  {
    const auto log = Open();
    faults_.FailWrites();
    ASSERT_FALSE(AppendOne(*log, Request("r", {Put(kAda, 0, "a")})).ok());
  }
  const auto log = OpenRocksLog(clock_, {.directory = directory_.Join("log")}).value();
  EXPECT_THAT(AppendOne(*log, Request("r", {Put(kAda, 0, "a")})), IsOk());
}

TEST_F(RocksLogFaultsTest, WritesAllThatWaitsInOneSync) {
  constexpr int kWaiting = 64;
  const auto log = Open();
  absl::BlockingCounter unanswered(kWaiting + 1);
  const auto count = [&](const auto&) { unanswered.DecrementCount(); };
  const int syncs_before = faults_.Syncs();
  faults_.HoldSyncs();
  log->Append({Numbered(0)}, absl::InfiniteFuture(), count);
  faults_.AwaitHeldSync();
  for (int i = 1; i <= kWaiting; ++i) log->Append({Numbered(i)}, absl::InfiniteFuture(), count);
  faults_.ReleaseSyncs();
  unanswered.Wait();
  EXPECT_EQ(faults_.Syncs() - syncs_before, 2);
}

TEST_F(RocksLogFaultsTest, AcknowledgesNothingBeforeTheSync) {
  const auto log = Open();
  absl::BlockingCounter unanswered(1);
  bool answered = false;
  faults_.HoldSyncs();
  log->Append({Numbered(7)}, absl::InfiniteFuture(), [&](const auto&) {
    answered = true;
    unanswered.DecrementCount();
  });
  faults_.AwaitHeldSync();
  EXPECT_FALSE(answered);
  EXPECT_EQ(log->Head(kShard)->seq, 0);
  faults_.ReleaseSyncs();
  unanswered.Wait();
  EXPECT_EQ(log->Head(kShard)->seq, 1);
}

TEST_F(RocksLogFaultsTest, ReadsWhileACommitHangs) {
  const auto log = Open();
  AppendOne(*log, Request("r1", {Put(kAda, 0, "a")})).value();
  faults_.HoldSyncs();
  log->Append({Request("r2", {Put(kAda, 1, "b")})}, absl::InfiniteFuture(), [](const auto&) {});
  faults_.AwaitHeldSync();
  EXPECT_THAT(ReadNow(*log, {{kShard, {}}}), IsOkAndHolds(SizeIs(1)));
  faults_.ReleaseSyncs();
}

TEST_F(RocksLogFaultsTest, RefusesMoreThanMayWait) {
  const auto log = Open(/*max_waiting_bytes=*/100);
  faults_.HoldSyncs();
  log->Append({Numbered(0)}, absl::InfiniteFuture(), [](const auto&) {});
  faults_.AwaitHeldSync();
  const auto refused =
      AppendOne(*log, Request("r", {Put(kAda, 0, std::string(100, 'x'))}));
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kResourceExhausted, _));
  EXPECT_EQ(ReasonOf(refused.status()), "LOG_OVERLOADED");
  faults_.ReleaseSyncs();
}

TEST_F(RocksLogFaultsTest, RefusesWhatWaitedPastItsDeadline) {
  const auto log = Open();
  faults_.HoldSyncs();
  log->Append({Numbered(0)}, absl::InfiniteFuture(), [](const auto&) {});
  faults_.AwaitHeldSync();
  absl::BlockingCounter unanswered(1);
  absl::StatusCode code = absl::StatusCode::kOk;
  log->Append({Numbered(1)}, clock_.Now() + absl::Seconds(1), [&](const auto& answers) {
    code = answers.front().status().code();
    unanswered.DecrementCount();
  });
  clock_.Advance(absl::Seconds(2));
  faults_.ReleaseSyncs();
  unanswered.Wait();
  EXPECT_EQ(code, absl::StatusCode::kDeadlineExceeded);
}

TEST_F(RocksLogFaultsTest, KeepsWhatItAcknowledgedWhenThePowerIsCut) {
  PowerCut power(/*seed=*/1, PowerCut::Unsynced::kLost);
  const auto env = PowerCutEnv(power);
  const RocksLogOptions options = {.directory = directory_.Join("log"), .env = env.get()};
  auto log = OpenRocksLog(clock_, options);
  const LogPos acknowledged = AppendOne(**log, Request("r", {Put(kAda, 0, "a")})).value();
  power.Cut();
  log = absl::UnknownError("its process is gone");
  power.Restore();
  log = OpenRocksLog(clock_, options);
  ASSERT_THAT(log, IsOk());
  EXPECT_THAT((*log)->Head(kShard), IsOkAndHolds(acknowledged));
}

// How many entities of kShard the log tells of, in its base and in its records,
// each if it does not say that it cannot.
std::vector<size_t> Told(ChangeLog& log) {
  std::vector<size_t> told;
  if (const auto base = BaseOf(log, kShard); base.ok()) told.push_back(base->size());
  const auto records = ReadNow(log, {{kShard, {}}}, {.max_records = 1000, .max_bytes = 1 << 30});
  if (records.ok()) told.push_back(records->size());
  return told;
}

TEST_F(RocksLogFaultsTest, NeverTellsOfLessWhenAReadFails) {
  constexpr int kEntities = 8;
  {
    const auto log = Open();
    for (int n = 0; n < kEntities; ++n) {
      AppendOne(*log, Request(absl::StrCat("r", n),
                              {Put(ProfileOn(kShard, n), 0, std::string(5000, 'x'))})).value();
    }
  }
  ReadFaults faults;
  const auto env = ReadFaultyEnv(faults);
  for (int after = 0, has_failed = 1; has_failed; ++after) {
    const auto log =
        OpenRocksLog(clock_, {.directory = directory_.Join("log"), .env = env.get()}).value();
    faults.FailReads(after);
    EXPECT_THAT(Told(*log), Each(kEntities)) << "after read " << after << " failed";
    has_failed = faults.Mend();
  }
}

}  // namespace
}  // namespace troupe
