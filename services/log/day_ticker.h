#ifndef TROUPE_SERVICES_LOG_DAY_TICKER_H_
#define TROUPE_SERVICES_LOG_DAY_TICKER_H_

#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "matcher/base/clock.h"
#include "matcher/base/day.h"
#include "services/log/change_log.h"

namespace troupe {

// The aggregate that says which day today is.
inline constexpr EntityKey kTodayEntity = {EntityKind::kDay, 1};

// The civil day at `time` in China, whose clocks have been 8 hours ahead of UTC
// all year since 1991.
Day ChinaDay(absl::Time time);

// The request that makes `today` the log's day; the same day twice is one
// record.
AppendRequest TodayRequest(Day today);

// The thread that writes the day record at each midnight in China, so that
// everybody who reads the log agrees on what today means.
class DayTicker {
 public:
  // `log` and `clock` outlive it. Who needs the day at once writes it before.
  DayTicker(ChangeLog* log, const Clock* clock);
  ~DayTicker();

 private:
  void Run();

  ChangeLog* const log_;
  const Clock* const clock_;
  absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_DAY_TICKER_H_
