#ifndef TROUPE_SERVICES_LOG_ARRIVALS_H_
#define TROUPE_SERVICES_LOG_ARRIVALS_H_

#include <cstddef>
#include <functional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"

namespace troupe {

// Calls `done` once, after so many arrivals, with the first error among them.
// Thread-safe; `done` runs on the thread that arrives last.
class Arrivals {
 public:
  Arrivals(size_t awaited, std::function<void(absl::Status)> done)
      : awaited_(awaited), done_(std::move(done)) {}

  // Awaits `more` than before. By somebody who has not arrived.
  void Expect(size_t more) {
    absl::MutexLock lock(&mutex_);
    awaited_ += more;
  }

  void Arrive(const absl::Status& status) {
    absl::Status result;
    {
      absl::MutexLock lock(&mutex_);
      if (!status.ok() && status_.ok()) status_ = status;
      if (--awaited_ > 0) return;
      result = status_;
    }
    done_(std::move(result));
  }

 private:
  absl::Mutex mutex_;
  size_t awaited_ ABSL_GUARDED_BY(mutex_);
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
  const std::function<void(absl::Status)> done_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_ARRIVALS_H_
