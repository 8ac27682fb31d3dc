#include "services/log/day_ticker.h"

#include <atomic>
#include <limits>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/records/day_record.h"

namespace troupe {
namespace {

constexpr absl::Duration kLookEvery = absl::Seconds(1);
constexpr int32_t kNoDay = std::numeric_limits<int32_t>::min();

}  // namespace

Day ChinaDay(absl::Time time) {
  return Day(absl::ToCivilDay(time, absl::FixedTimeZone(8 * 60 * 60)));
}

AppendRequest TodayRequest(Day today) {
  return {.shard = ShardOf(kTodayEntity.id),
          .request_id = absl::StrCat("today/", today.ToString()),
          .mutations = {{.entity = kTodayEntity,
                         .expected_version = kAnyVersion,
                         .value = SerializeDay(today)}}};
}

DayTicker::DayTicker(ChangeLog* log, const Clock* clock) : log_(log), clock_(clock) {
  thread_ = std::thread([this] { Run(); });
}

DayTicker::~DayTicker() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  thread_.join();
}

void DayTicker::Run() {
  // The day that the log has. Answers may come after the ticker's end.
  const auto written = std::make_shared<std::atomic<int32_t>>(kNoDay);
  absl::MutexLock lock(&mutex_);
  while (!mutex_.AwaitWithTimeout(absl::Condition(&stopping_), kLookEvery)) {
    const Day today = ChinaDay(clock_->Now());
    if (written->load() == today.since_epoch()) continue;
    // Once a second until the log takes it: the same day twice is one record.
    log_->Append({TodayRequest(today)}, absl::InfiniteFuture(), [written, today](auto answers) {
      if (answers[0].ok()) written->store(today.since_epoch());
    });
  }
}

}  // namespace troupe
