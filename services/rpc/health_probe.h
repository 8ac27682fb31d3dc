#ifndef TROUPE_SERVICES_RPC_HEALTH_PROBE_H_
#define TROUPE_SERVICES_RPC_HEALTH_PROBE_H_

#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/rpc/rpc_server.h"

namespace troupe {

// The thread that shows by health whether services can do their work.
class HealthProbe {
 public:
  struct Check {
    std::string service;  // "troupe.v1.MatchService"
    // Why it cannot, or OK. Called on the thread; must not block.
    std::function<absl::Status()> status;
  };

  // Checks now, and then every `interval`. `server`, and what the checks use,
  // outlive it. A service that several checks name serves while all are OK.
  HealthProbe(RpcServer* server, std::vector<Check> checks,
              absl::Duration interval = absl::Seconds(1));
  ~HealthProbe();

 private:
  void Run();
  void CheckAll();

  RpcServer* const server_;
  const std::vector<Check> checks_;
  const absl::Duration interval_;
  absl::Mutex mutex_;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;  // Last: it uses the others.
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_HEALTH_PROBE_H_
