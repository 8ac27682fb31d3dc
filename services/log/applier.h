#ifndef TROUPE_SERVICES_LOG_APPLIER_H_
#define TROUPE_SERVICES_LOG_APPLIER_H_

#include <memory>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "matcher/base/clock.h"
#include "services/log/change_log.h"
#include "services/log/view.h"

namespace troupe {

// Opens the view in `directory` so that it can be brought up to date from
// `log`: as it is if it fits, else deleted and made again from the log's base
// (made for another gazetteer, format or contents, or behind what the log
// keeps). DATA_LOSS, reason LOG_LOST_RECORDS: the view has records that the log
// lacks. Else errors as View::Open's and the log's.
absl::StatusOr<std::unique_ptr<View>> OpenViewOf(ChangeLog& log, const std::string& directory,
                                                 const ViewContents& contents = {});

// The thread that brings a view up to date with one of its logs. Once a day it
// lets the process's own log forget records older than a week.
//
// The own log cannot be away, nor hold what the view does not fit: when the
// applier cannot go on, the view fails. Another process's log may be away for a
// while, be trimmed beyond the view, or have been restored from a backup: the
// applier tries again, or makes its part of the view again from the log's base.
// Thread-safe.
class Applier {
 public:
  // Of the process's own log. `log`, `view` and `clock` outlive it.
  Applier(ChangeLog* log, View* view, const Clock* clock);
  // Of a log that another process owns.
  static std::unique_ptr<Applier> OfOther(LogReader* log, View* view, const Clock* clock);
  ~Applier();  // Stops; the view stays as it is.

  // OK while the view is at most kMostLag behind the log, as far as is known.
  // UNAVAILABLE, reason NOT_CAUGHT_UP: it is not, or not yet; it says why.
  absl::Status CheckCaughtUp() const;

  static constexpr absl::Duration kMostLag = absl::Seconds(10);

 private:
  Applier(LogReader* log, ChangeLog* own, View* view, const Clock* clock);
  void Run();
  absl::Status ApplyNext();
  absl::Status EndDay();
  // Waits before the next try, or gives up: false.
  bool Recover(const absl::Status& failure);
  void NoteCaughtUp(absl::Time as_of);
  void NoteFailure(const absl::Status& failure);

  LogReader* const log_;
  ChangeLog* const own_;  // Null: another process's.
  View* const view_;
  const Clock* const clock_;
  Day marked_day_;  // Day(): none since the start.

  mutable absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Time caught_up_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  absl::Status last_failure_ ABSL_GUARDED_BY(mutex_);  // Since then.
  std::thread thread_;                                 // Last: it uses the rest.
};

// Applies what the log holds now to the view, before an Applier takes over.
absl::Status CatchUp(LogReader& log, View& view, const Clock& clock);

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_APPLIER_H_
