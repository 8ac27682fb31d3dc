#ifndef TROUPE_TESTS_INTEGRATION_TALLY_H_
#define TROUPE_TESTS_INTEGRATION_TALLY_H_

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace troupe::testing {

// How much has been done, by many threads, so that one can wait for it.
// Thread-safe.
class Tally {
 public:
  void Add() {
    absl::MutexLock lock(&mutex_);
    ++count_;
  }

  // Nothing more will come: nobody needs to wait.
  void Close() {
    absl::MutexLock lock(&mutex_);
    is_closed_ = true;
  }

  // Returns once `more` have been added from now on.
  void Await(int more) {
    absl::MutexLock lock(&mutex_);
    const int goal = count_ + more;
    const auto reached = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
      return count_ >= goal || is_closed_;
    };
    mutex_.Await(absl::Condition(&reached));
  }

 private:
  absl::Mutex mutex_;
  int count_ ABSL_GUARDED_BY(mutex_) = 0;
  bool is_closed_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_INTEGRATION_TALLY_H_
