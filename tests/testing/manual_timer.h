#ifndef TROUPE_TESTS_TESTING_MANUAL_TIMER_H_
#define TROUPE_TESTS_TESTING_MANUAL_TIMER_H_

#include <functional>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/rpc/retry_timer.h"

namespace troupe::testing {

// A timer that goes off when a test says so, whatever the pause. Thread-safe.
class ManualTimer final : public RetryTimer {
 public:
  void After(absl::Duration, std::function<void()> again) override {
    absl::MutexLock lock(&mutex_);
    waiting_.push_back(std::move(again));
  }
  void Close() override {
    absl::MutexLock lock(&mutex_);
    waiting_.clear();
  }

  // Calls everything that waits.
  void GoOff() {
    std::vector<std::function<void()>> due;
    {
      absl::MutexLock lock(&mutex_);
      due.swap(waiting_);
    }
    for (const std::function<void()>& again : due) again();
  }

  size_t waiting() const {
    absl::MutexLock lock(&mutex_);
    return waiting_.size();
  }

 private:
  mutable absl::Mutex mutex_;
  std::vector<std::function<void()>> waiting_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_MANUAL_TIMER_H_
