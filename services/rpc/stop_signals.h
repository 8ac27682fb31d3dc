#ifndef TROUPE_SERVICES_RPC_STOP_SIGNALS_H_
#define TROUPE_SERVICES_RPC_STOP_SIGNALS_H_

#include <csignal>

namespace troupe {

// The signals that ask a process to end, SIGTERM and SIGINT. Make it first in
// main(): threads made before it would still die of them.
class StopSignals {
 public:
  StopSignals();  // Holds them back from this thread and those made after.

  // Waits for one and returns which.
  int Wait();

 private:
  sigset_t signals_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_STOP_SIGNALS_H_
