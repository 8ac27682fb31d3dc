#ifndef TROUPE_SERVICES_APPS_RUN_PROCESS_H_
#define TROUPE_SERVICES_APPS_RUN_PROCESS_H_

#include "services/apps/troupe_process.h"

namespace troupe {

// The main() of every server process: reads its flags, serves as `role` on
// `default_listen` unless they say otherwise, and drains at SIGTERM or SIGINT.
// Returns the exit code.
// `steps` and `clock` are for servers of tests; null: none, and the machine's.
int RunProcess(int argc, char** argv, const ProcessRole& role, const char* usage,
               const char* default_listen, ProtocolSteps* steps = nullptr,
               const Clock* clock = nullptr);

}  // namespace troupe

#endif  // TROUPE_SERVICES_APPS_RUN_PROCESS_H_
