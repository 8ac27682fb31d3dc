#ifndef TROUPE_SERVICES_RPC_FRESHNESS_GATE_H_
#define TROUPE_SERVICES_RPC_FRESHNESS_GATE_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace troupe {

// The metadata by which a caller says how new the state must be that answers
// it, and by which the answer says how new it was.
inline constexpr char kConsistencyMetadata[] = "troupe-consistency";
inline constexpr char kMinimizeLatency[] = "minimize-latency";  // Its values.
inline constexpr char kFullyConsistent[] = "fully-consistent";
inline constexpr char kAtLeastAsFreshMetadata[] = "troupe-at-least-as-fresh";
inline constexpr char kTokenMetadata[] = "troupe-consistency-token";

// How new the state must be. As it is, if nothing is set.
struct Freshness {
  bool fully_consistent = false;     // All that was acknowledged before the call.
  std::vector<std::string> tokens;   // At least what each of them stands for.

  bool IsAny() const { return !fully_consistent && tokens.empty(); }
};

// Where the calls of a service wait until it can answer them. Thread-safe.
class FreshnessGate {
 public:
  virtual ~FreshnessGate() = default;

  // OK if calls can be answered. UNAVAILABLE: the state is too old, or lost.
  virtual absl::Status Check() const = 0;

  // Calls `open` once the state is as new as wanted: at once, or on a thread
  // that may block. Check's errors; INVALID_ARGUMENT: what is no token;
  // DEADLINE_EXCEEDED some time after `deadline`.
  virtual void When(const Freshness& wanted, absl::Time deadline,
                    std::function<void(absl::Status)> open) = 0;

  // What stands for the state now, and so for every answer given before.
  virtual std::string Token() const = 0;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_FRESHNESS_GATE_H_
