#ifndef TROUPE_SERVICES_LOG_APPLIER_H_
#define TROUPE_SERVICES_LOG_APPLIER_H_

#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "matcher/base/clock.h"
#include "services/log/change_log.h"
#include "services/log/view.h"

namespace troupe {

// Opens the view in `directory` so that it can be brought up to date from
// `log`: as it is if it fits, else deleted and made again from the log's base
// (made for another gazetteer or format, or behind what the log keeps). DATA_LOSS,
// reason LOG_LOST_RECORDS: the view has records that the log lacks. Else errors
// as View::Open's and the log's.
absl::StatusOr<std::unique_ptr<View>> OpenViewOf(ChangeLog& log, const std::string& directory);

// The thread that brings a view up to date with its log, from OpenViewOf's
// return on. When it cannot go on, the view fails. Once a day it lets the log
// forget records older than a week.
class Applier {
 public:
  // `log`, `view` and `clock` outlive it.
  Applier(ChangeLog* log, View* view, const Clock* clock);
  ~Applier();  // Stops; the view stays as it is.

 private:
  void Run();
  absl::Status ApplyNext();
  absl::Status EndDay();

  ChangeLog* const log_;
  View* const view_;
  const Clock* const clock_;
  std::atomic<bool> stopping_ = false;
  Day marked_day_;  // Day(): none since the start.
  std::thread thread_;
};

// Applies what the log holds now to the view, before an Applier takes over.
absl::Status CatchUp(ChangeLog& log, View& view, const Clock& clock);

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_APPLIER_H_
