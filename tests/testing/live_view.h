#ifndef TROUPE_TESTS_TESTING_LIVE_VIEW_H_
#define TROUPE_TESTS_TESTING_LIVE_VIEW_H_

#include <memory>
#include <optional>

#include "services/log/applier.h"
#include "services/log/view.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/memory_log.h"
#include "tests/testing/temp_directory.h"

namespace troupe::testing {

// A log in memory, a view of it on disk, and the thread that keeps it up to
// date, all going by one clock.
class LiveView {
 public:
  LiveView() : view_(*OpenViewOf(log_, directory_.Join("view"))) {
    applier_.emplace(&log_, view_.get(), &clock_);
  }
  ~LiveView() { log_.Close(); }  // The applier waits for the log, whose clock stands still.

  FakeClock& clock() { return clock_; }
  MemoryLog& log() { return log_; }
  View& view() { return *view_; }

 private:
  FakeClock clock_;
  TempDirectory directory_;
  MemoryLog log_{clock_};
  std::unique_ptr<View> view_;
  std::optional<Applier> applier_;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_LIVE_VIEW_H_
