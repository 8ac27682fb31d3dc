#include "services/log/applier.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "matcher/index/column_bytes.h"
#include "services/log/day_ticker.h"
#include "services/log/rocks_log.h"
#include "services/log/stored_format.h"
#include "services/records/profile_record.h"
#include "services/rpc/real_clock.h"
#include "tests/testing/builders.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/live_view.h"
#include "tests/testing/log_calls.h"
#include "tests/testing/status_matchers.h"

namespace troupe::testing {
namespace {

constexpr EntityKey kProfile{EntityKind::kProfile, 7};

AppendRequest Write(const std::string& request_id) {
  return Request(request_id, {Put(kProfile, kAnyVersion,
                                  SerializeProfile(ProfileBuilder().Id(7).Build()))});
}

// Waits until `view` shows `pos` of `shard`, or has failed.
absl::Status Await(View& view, ShardId shard, const LogPos& pos) {
  absl::Status result;
  absl::Notification shown;
  view.WhenApplied(LogName::kTroupe, shard, pos.seq, [&](absl::Status status) {
    result = std::move(status);
    shown.Notify();
  });
  shown.WaitForNotification();
  return result;
}

// Writes the profile, and waits until the view shows it.
absl::Status WriteAndAwait(LiveView& live, const std::string& request_id) {
  const AppendRequest request = Write(request_id);
  return Await(live.view(), request.shard, AppendOne(live.log(), request).value());
}

absl::Status BeginDay(LiveView& live, Day day) {
  const AppendRequest request = TodayRequest(day);
  return Await(live.view(), request.shard, AppendOne(live.log(), request).value());
}

TEST(ApplierTest, ShowsWhatIsAppended) {
  LiveView live;
  ASSERT_THAT(WriteAndAwait(live, "a"), IsOk());
  EXPECT_TRUE(live.view().Now()->Get(kProfile).value().has_value());
}

TEST(ApplierTest, FailsTheViewWhenTheLogHasARecordThatIsNone) {
  LiveView live;
  const AppendRequest request = Request("a", {Put(kProfile, kNoVersion, "no profile")});
  const LogPos pos = AppendOne(live.log(), request).value();
  EXPECT_EQ(ReasonOf(Await(live.view(), request.shard, pos)), "VIEW_FAILED");
}

TEST(ApplierTest, FailsTheViewWhenTheLogCloses) {
  LiveView live;
  live.log().Close();
  EXPECT_EQ(ReasonOf(Await(live.view(), {0}, {1, RecordId(1)})), "VIEW_FAILED");
}

TEST(ApplierTest, LetsTheLogForgetWhatIsAWeekOld) {
  LiveView live;
  ASSERT_THAT(WriteAndAwait(live, "old"), IsOk());
  ASSERT_THAT(WriteAndAwait(live, "older than a week"), IsOk());
  for (int day = 0; day <= 8; ++day) ASSERT_THAT(BeginDay(live, D("2026-12-01") + day), IsOk());
  ASSERT_THAT(WriteAndAwait(live, "after the day was marked"), IsOk());
  EXPECT_THAT(ReadNow(live.log(), {{ShardOf(kProfile.id), {}}}),
              StatusIs(absl::StatusCode::kOutOfRange, ::testing::_));
}

TEST(ApplierTest, KeepsWhatIsYoungerThanAWeek) {
  LiveView live;
  ASSERT_THAT(BeginDay(live, D("2026-12-01")), IsOk());
  ASSERT_THAT(WriteAndAwait(live, "a"), IsOk());
  for (int day = 1; day <= 7; ++day) ASSERT_THAT(BeginDay(live, D("2026-12-01") + day), IsOk());
  EXPECT_THAT(ReadNow(live.log(), {{ShardOf(kProfile.id), {}}}), IsOk());
}

// As on a machine that is on from nine to five.
TEST(ApplierTest, LetsTheLogForgetThoughItNeverRunsAtMidnight) {
  const RealClock clock;
  const TempDirectory directory;
  const auto log = *OpenRocksLog(clock, {.directory = directory.Join("log"), .sync = false});
  for (int day : {0, 0, 8}) {
    ASSERT_THAT(AppendOne(*log, Write(absl::StrCat("before ", day))), IsOk());
    ASSERT_THAT(AppendOne(*log, TodayRequest(D("2026-12-01") + day)), IsOk());
    const auto view = *OpenViewOf(*log, directory.Join("view"));
    ASSERT_THAT(CatchUp(*log, *view, clock), IsOk());
    const Applier applier(log.get(), view.get(), &clock);
    // What is applied after a first record finds the day marked.
    ASSERT_THAT(Await(*view, ShardOf(kProfile.id), *AppendOne(*log, Write(absl::StrCat("a", day)))), IsOk());
    ASSERT_THAT(Await(*view, ShardOf(kProfile.id), *AppendOne(*log, Write(absl::StrCat("b", day)))), IsOk());
  }
  EXPECT_THAT(ReadNow(*log, {{ShardOf(kProfile.id), {}}}),
              StatusIs(absl::StatusCode::kOutOfRange, ::testing::_));
}

class OpenViewOfTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<View>> Open() { return OpenViewOf(log_, directory_.Join("v")); }

  FakeClock clock_;
  TempDirectory directory_;
  MemoryLog log_{clock_};
};

TEST_F(OpenViewOfTest, KeepsAViewThatFits) {
  ASSERT_THAT(AppendOne(log_, Write("a")), IsOk());
  {
    const auto view = Open();
    ASSERT_THAT(CatchUp(log_, **view, clock_), IsOk());
  }
  const auto view = Open();
  EXPECT_TRUE((*view)->Now()->Get(kProfile).value().has_value());
}

TEST_F(OpenViewOfTest, MakesAViewAgainThatIsBehindWhatTheLogKeeps) {
  { ASSERT_THAT(Open(), IsOk()); }
  ASSERT_THAT(AppendOne(log_, Write("a")), IsOk());
  ASSERT_THAT(log_.Trim(ShardOf(kProfile.id), ~uint64_t{0}), IsOk());
  const auto view = Open();
  ASSERT_THAT(view, IsOk());
  EXPECT_TRUE((*view)->Now()->Get(kProfile).value().has_value());
}

TEST_F(OpenViewOfTest, MakesAViewOfAnOlderFormatAgain) {
  ASSERT_THAT(AppendOne(log_, Write("a")), IsOk());
  { ASSERT_THAT(CatchUp(log_, **Open(), clock_), IsOk()); }
  {
    const auto store = RocksStore::Open(kViewLayout, directory_.Join("v"), nullptr, false);
    rocksdb::WriteBatch batch;
    batch.Put((*store)->family(ViewFamily::kMeta), stored::kFormatKey, stored::EncodeFormat(1));
    ASSERT_THAT((*store)->Write(batch), IsOk());
  }
  const auto view = Open();
  ASSERT_THAT(view, IsOk());
  EXPECT_TRUE((*view)->Now()->Get(kProfile).value().has_value());
}

TEST_F(OpenViewOfTest, RefusesALogThatLostWhatTheViewShows) {
  MemoryLog before(clock_);
  ASSERT_THAT(AppendOne(before, Write("acknowledged")), IsOk());
  {
    const auto view = OpenViewOf(before, directory_.Join("v"));
    ASSERT_THAT(CatchUp(before, **view, clock_), IsOk());
  }
  const auto view = Open();  // Of a log without that record.
  EXPECT_EQ(view.status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(ReasonOf(view.status()), "LOG_LOST_RECORDS");
}

TEST_F(OpenViewOfTest, MakesAViewAgainWhosePoolIsOutdated) {
  ASSERT_THAT(AppendOne(log_, Write("a")), IsOk());
  {
    const auto view = Open();
    ASSERT_THAT(CatchUp(log_, **view, clock_), IsOk());
  }
  {
    const auto store = RocksStore::Open(kViewLayout, directory_.Join("v"), nullptr, false);
    ColumnWriter manifest;
    manifest(uint32_t{99});  // The format of a later release.
    manifest(uint64_t{0});
    rocksdb::WriteBatch batch;
    batch.Put((*store)->family(ViewFamily::kPool), "manifest",
              WithHash(std::move(manifest).Take()));
    ASSERT_THAT((*store)->Write(batch), IsOk());
  }
  const auto view = Open();
  ASSERT_THAT(view, IsOk());
  EXPECT_TRUE((*view)->Now()->Get(kProfile).value().has_value());
}

}  // namespace
}  // namespace troupe::testing
