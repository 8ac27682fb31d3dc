#ifndef TROUPE_SERVICES_BOOKING_HOLD_TIMER_H_
#define TROUPE_SERVICES_BOOKING_HOLD_TIMER_H_

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "matcher/base/clock.h"
#include "matcher/base/executor.h"
#include "matcher/base/ids.h"
#include "matcher/hold/agenda.h"
#include "services/booking/agenda_writer.h"
#include "services/log/change_log.h"
#include "services/log/view.h"

namespace troupe {

// The thread that lets time act on holds: it follows the agendas of the log, has
// what is due done (Advance) when it falls due, and undecided confirmations
// settled once their deadlines have passed. It keeps nothing on disk: it begins
// with all agendas of the view. What it writes it writes over the agenda that it
// has seen, so that it takes effect once, whoever else comes to the same.
class HoldTimer {
 public:
  // Brings what is undecided about a profile to an end. Called when a deadline
  // has passed, when the timer starts for all there is, and every few seconds
  // while it stays so. On the timer's thread: must not block.
  using Settle = std::function<void(ProfileId)>;

  // All of them outlive it, `log` open or not. `settle` may be empty.
  HoldTimer(ChangeLog* log, View* view, Executor* executor, const Clock* clock, Settle settle);
  // Waits for what it has begun to write.
  ~HoldTimer();

 private:
  // When something of a profile's agenda falls due, and which agenda said so.
  struct Due {
    absl::Time advance = absl::InfiniteFuture();
    absl::Time settle = absl::InfiniteFuture();
    uint64_t version = kNoVersion;

    absl::Time First() const { return std::min(advance, settle); }
  };

  // What other threads leave for the timer's. Outlives it if it is still waited
  // for: the log may hold a reading for a while.
  struct Inbox {
    absl::Mutex mutex;
    bool stopping ABSL_GUARDED_BY(mutex) = false;
    bool is_reading ABSL_GUARDED_BY(mutex) = false;
    std::optional<absl::StatusOr<std::vector<ReadRecord>>> read ABSL_GUARDED_BY(mutex);
    std::vector<std::pair<ProfileId, Due>> failed ABSL_GUARDED_BY(mutex);
    int under_way ABSL_GUARDED_BY(mutex) = 0;  // Writes not answered yet.
  };

  void Run();
  // Waits a moment for something to do; false once it is to stop.
  bool Await(std::optional<absl::StatusOr<std::vector<ReadRecord>>>& read);
  // Begins with the agendas as they stand.
  absl::Status TakeUpAll();
  void ReadOn();
  absl::Status Take(const std::vector<ReadRecord>& records);
  static Due DueOf(const Agenda& agenda, uint64_t version, absl::Time now);
  void Schedule(ProfileId profile, const Due& due);
  void Forget(ProfileId profile);
  void DoWhatIsDue(absl::Time now);
  void AdvanceAgenda(ProfileId profile, const Due& due);

  ChangeLog* const log_;
  View* const view_;
  const Clock* const clock_;
  const Settle settle_;
  AgendaWriter agendas_;
  const std::shared_ptr<Inbox> inbox_ = std::make_shared<Inbox>();

  // Of the thread.
  std::vector<Cursor> cursors_;  // Empty: nothing is taken up yet.
  absl::Time retry_at_ = absl::InfinitePast();  // When what failed is tried again.
  absl::flat_hash_map<ProfileId, Due> due_;
  std::set<std::pair<absl::Time, ProfileId>> queue_;
  std::thread thread_;  // Started last.
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_BOOKING_HOLD_TIMER_H_
