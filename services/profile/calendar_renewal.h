#ifndef TROUPE_SERVICES_PROFILE_CALENDAR_RENEWAL_H_
#define TROUPE_SERVICES_PROFILE_CALENDAR_RENEWAL_H_

#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "matcher/base/clock.h"
#include "matcher/domain/calendar_rule.h"
#include "services/log/change_log.h"

namespace troupe {

// A profile's rules are worked out kRuleDaysAhead days from when it was written
// (SpansOf): it is written anew, as it is, once so many of them have passed, a
// hundred days before the calendar's horizon would meet their end.
inline constexpr int32_t kRenewAfterDays = kRuleDaysAhead - kCalendarHorizonDays - 100;

// What writes anew the profiles of `shard` whose rules need it at `now`. Blocks
// on disk.
absl::StatusOr<std::vector<AppendRequest>> RenewalsOf(LogReader& log, ShardId shard,
                                                      absl::Time now);

// The thread that renews calendars, in the process that owns the profiles: each
// day it goes through all shards, one a second, so that nobody waits for it.
class CalendarRenewal {
 public:
  // `log` and `clock` outlive it.
  CalendarRenewal(ChangeLog* log, const Clock* clock);
  ~CalendarRenewal();

 private:
  void Run();
  // False if the shard is to be tried again.
  bool Renew(ShardId shard);

  ChangeLog* const log_;
  const Clock* const clock_;
  absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_PROFILE_CALENDAR_RENEWAL_H_
