#ifndef TROUPE_SERVICES_RPC_REAL_CLOCK_H_
#define TROUPE_SERVICES_RPC_REAL_CLOCK_H_

#include "absl/time/clock.h"
#include "matcher/base/clock.h"

namespace troupe {

// The machine's clock. Thread-safe.
class RealClock final : public Clock {
 public:
  absl::Time Now() const override { return absl::Now(); }
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_REAL_CLOCK_H_
