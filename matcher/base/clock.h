#ifndef TROUPE_MATCHER_BASE_CLOCK_H_
#define TROUPE_MATCHER_BASE_CLOCK_H_

#include "absl/time/time.h"

namespace troupe {

// Tells the time. Nothing but an implementation of this reads a real clock,
// and none lives under matcher/: services/rpc/real_clock.h is the product's,
// tests/testing/fake_clock.h the tests'. Implementations are thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_BASE_CLOCK_H_
