#ifndef TROUPE_SERVICES_OUTCOME_OUTCOME_SWEEP_H_
#define TROUPE_SERVICES_OUTCOME_OUTCOME_SWEEP_H_

#include <cstddef>
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
// to date with all logs; of at most kSweepsAtOnce openings. `time`: that of the
// writing. FAILED_PRECONDITION, reason TOO_MANY_GONE: most people of whom something
// is recorded are not there, which looks like profiles that were lost rather than
// deleted: nothing else has what would be forgotten. Leaves out what is unreadable:
// whoever asks for it hears. Blocks on disk.
absl::StatusOr<std::vector<AppendRequest>> SweepsOf(const ViewSnapshot& now, absl::Time time);
inline constexpr size_t kSweepsAtOnce = 500;

// The thread that forgets what was recorded of people whose profiles were deleted:
// deleted means gone, and whoever deletes a profile does not know who recorded
// something of it. Looks each hour, and each second while there is something to
// forget.
class OutcomeSweep {
 public:
  // `log`, `view` and `clock` outlive it. `caught_up` says whether the view shows
  // what there is: one that is still being made lacks people.
  OutcomeSweep(ChangeLog* log, View* view, const Clock* clock,
               std::function<absl::Status()> caught_up);
  ~OutcomeSweep();

 private:
  void Run();
  // False if there is, or may be, more to forget.
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
