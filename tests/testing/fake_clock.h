#ifndef TROUPE_TESTS_TESTING_FAKE_CLOCK_H_
#define TROUPE_TESTS_TESTING_FAKE_CLOCK_H_

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "matcher/base/clock.h"

namespace troupe::testing {

// A clock that stands still until a test moves it. Starts at noon UTC of
// 2026-03-01. Thread-safe.
class FakeClock final : public Clock {
 public:
  FakeClock() = default;
  explicit FakeClock(absl::Time now) : now_(now) {}

  absl::Time Now() const override {
    absl::MutexLock lock(&mutex_);
    return now_;
  }
  void Advance(absl::Duration by) {
    absl::MutexLock lock(&mutex_);
    now_ += by;
  }

 private:
  mutable absl::Mutex mutex_;
  absl::Time now_ ABSL_GUARDED_BY(mutex_) =
      absl::FromCivil(absl::CivilHour(2026, 3, 1, 12), absl::UTCTimeZone());
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_FAKE_CLOCK_H_
