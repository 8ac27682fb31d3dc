#include "services/log/day_ticker.h"

#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/records/day_record.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/log_calls.h"
#include "tests/testing/memory_log.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/values.h"

namespace troupe::testing {
namespace {

using ::testing::SizeIs;

absl::Time AtUtc(int hour, int minute) {
  return absl::FromCivil(absl::CivilMinute(2026, 12, 1, hour, minute), absl::UTCTimeZone());
}

TEST(DayTickerTest, BeginsTheDayAtMidnightInChina) {
  EXPECT_EQ(ChinaDay(AtUtc(15, 59)), D("2026-12-01"));
  EXPECT_EQ(ChinaDay(AtUtc(16, 0)), D("2026-12-02"));
}

TEST(DayTickerTest, WritesTheSameDayOnce) {
  FakeClock clock;
  MemoryLog log(clock);
  const AppendRequest request = TodayRequest(D("2026-12-01"));
  ASSERT_THAT(AppendOne(log, request), IsOk());
  ASSERT_THAT(AppendOne(log, request), IsOk());
  EXPECT_THAT(ReadNow(log, {{request.shard, {}}}).value(), SizeIs(1));
}

// The first record of the day after `after`, once there is one.
ReadRecord NextRecord(MemoryLog& log, const LogPos& after) {
  absl::Notification read;
  std::vector<ReadRecord> records;
  log.Read({{ShardOf(kTodayEntity.id), after}}, {}, absl::InfiniteFuture(), [&](auto result) {
    records = std::move(result).value();
    read.Notify();
  });
  read.WaitForNotification();
  return records[0];
}

Day DayOf(const ReadRecord& record) { return ParseDay(*record.changes[0].value).value(); }

TEST(DayTickerTest, WritesTheDayAndTheNextOnceItBegins) {
  FakeClock clock(AtUtc(15, 59));
  MemoryLog log(clock);
  const DayTicker ticker(&log, &clock);
  const ReadRecord first = NextRecord(log, {});
  EXPECT_EQ(DayOf(first), D("2026-12-01"));
  clock.Advance(absl::Minutes(1));
  EXPECT_EQ(DayOf(NextRecord(log, first.pos)), D("2026-12-02"));
}

TEST(DayTickerTest, WritesADayAgainThatTheLogRefused) {
  FakeClock clock(AtUtc(16, 0));
  MemoryLog log(clock);
  log.FailNextAppend(absl::ResourceExhaustedError("too much waits"));
  const DayTicker ticker(&log, &clock);
  EXPECT_EQ(DayOf(NextRecord(log, {})), D("2026-12-02"));
}

}  // namespace
}  // namespace troupe::testing
