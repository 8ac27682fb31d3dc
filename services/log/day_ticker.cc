#include "services/log/day_ticker.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/records/day_record.h"

namespace troupe {
namespace {

constexpr absl::Duration kLookEvery = absl::Seconds(1);

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
  Day written = ChinaDay(clock_->Now());
  absl::MutexLock lock(&mutex_);
  while (!mutex_.AwaitWithTimeout(absl::Condition(&stopping_), kLookEvery)) {
    const Day today = ChinaDay(clock_->Now());
    if (today == written) continue;
    written = today;
    // A log that refuses it refuses everything else, and says so there.
    log_->Append({TodayRequest(today)}, absl::InfiniteFuture(), [](auto) {});
  }
}

}  // namespace troupe
