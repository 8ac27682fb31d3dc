#ifndef TROUPE_SERVICES_RPC_RETRY_TIMER_H_
#define TROUPE_SERVICES_RPC_RETRY_TIMER_H_

#include <functional>
#include <memory>

#include "absl/time/time.h"

namespace troupe {

// Lets what failed be tried again after a while, without a thread that waits.
// Thread-safe.
class RetryTimer {
 public:
  virtual ~RetryTimer() = default;

  // Calls `again` after `pause`, on a thread of its own; keep it short. Drops it
  // uncalled once the timer is closed.
  virtual void After(absl::Duration pause, std::function<void()> again) = 0;

  // Returns when nothing is to be called any more. Not from a callback.
  virtual void Close() = 0;
};

// By the machine's clock.
std::unique_ptr<RetryTimer> OpenRetryTimer();

// How long to wait before the try after `failures` of them in a row.
absl::Duration PauseAfter(int failures);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_RETRY_TIMER_H_
