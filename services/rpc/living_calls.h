#ifndef TROUPE_SERVICES_RPC_LIVING_CALLS_H_
#define TROUPE_SERVICES_RPC_LIVING_CALLS_H_

#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "services/rpc/limits.h"

namespace troupe {

// RESOURCE_EXHAUSTED, reason OVERLOADED: later perhaps.
absl::Status OverloadedError(absl::string_view problem);

// How many calls a process may work on at a time.
struct CallLimits {
  int calls = kMaxCalls;
  int streams = kMaxStreams;  // Among them. The rest is left to short calls.
  // Of one connection from a socket, so that one client cannot take all.
  int per_connection = kMaxCallsPerConnection;
};

// The calls that a process works on, counted. Thread-safe.
class LivingCalls {
 public:
  explicit LivingCalls(CallLimits limits) : limits_(limits) {}

  // Counts a call from `peer`, as gRPC writes it. RESOURCE_EXHAUSTED, reason
  // OVERLOADED: it would be one too many; then it is not counted.
  absl::Status Begin(const std::string& peer, bool streams);
  void End(const std::string& peer, bool streams);

 private:
  const CallLimits limits_;
  absl::Mutex mutex_;
  int calls_ ABSL_GUARDED_BY(mutex_) = 0;
  int streams_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::flat_hash_map<std::string, int> of_connection_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_LIVING_CALLS_H_
