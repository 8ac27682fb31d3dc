#ifndef TROUPE_SERVICES_OUTCOME_OUTCOME_SWEEP_H_
#define TROUPE_SERVICES_OUTCOME_OUTCOME_SWEEP_H_

#include <functional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "matcher/base/clock.h"
#include "services/log/change_log.h"
#include "services/log/view.h"

namespace troupe {

// What forgets the outcomes of people who are not in the pool of `now`, which is up
// to date with all logs. `time`: that of the writing. Blocks on disk.
absl::StatusOr<std::vector<AppendRequest>> SweepsOf(const ViewSnapshot& now, absl::Time time);

// The thread that forgets what was recorded of people whose profiles were deleted,
// each day anew: deleted means gone, and whoever deletes a profile does not know who
// recorded something of it.
class OutcomeSweep {
 public:
  // `log`, `view` and `clock` outlive it. `caught_up` says whether the view shows
  // what there is: one that is still being made lacks people.
  OutcomeSweep(ChangeLog* log, View* view, const Clock* clock,
               std::function<absl::Status()> caught_up);
  ~OutcomeSweep();

 private:
  void Run();
  // False if it is to be tried again.
  bool Sweep();

  ChangeLog* const log_;
  View* const view_;
  const Clock* const clock_;
  const std::function<absl::Status()> caught_up_;
  absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_OUTCOME_OUTCOME_SWEEP_H_
