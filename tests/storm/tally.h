#ifndef TROUPE_TESTS_STORM_TALLY_H_
#define TROUPE_TESTS_STORM_TALLY_H_

#include <cstdint>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace troupe::testing {

// How much has been done, by many threads, so that one can wait for it, and
// tell them when it is enough. Thread-safe.
class Tally {
 public:
  void Add() {
    absl::MutexLock lock(&mutex_);
    ++count_;
  }

  int64_t Count() const {
    absl::MutexLock lock(&mutex_);
    return count_;
  }

  // It is enough: nobody needs to wait any more.
  void Close() {
    absl::MutexLock lock(&mutex_);
    is_closed_ = true;
  }

  bool IsClosed() const {
    absl::MutexLock lock(&mutex_);
    return is_closed_;
  }

  // Returns once `more` have been added from now on, or it was closed, or after
  // `patience`.
  void Await(int64_t more, absl::Duration patience) {
    absl::MutexLock lock(&mutex_);
    const int64_t goal = count_ + more;
    const auto reached = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
      return count_ >= goal || is_closed_;
    };
    mutex_.AwaitWithTimeout(absl::Condition(&reached), patience);
  }

 private:
  mutable absl::Mutex mutex_;
  int64_t count_ ABSL_GUARDED_BY(mutex_) = 0;
  bool is_closed_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_STORM_TALLY_H_
