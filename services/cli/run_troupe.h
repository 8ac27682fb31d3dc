#ifndef TROUPE_SERVICES_CLI_RUN_TROUPE_H_
#define TROUPE_SERVICES_CLI_RUN_TROUPE_H_

#include "services/cli/host.h"

namespace troupe {

// The command-line client: does what the arguments (those of main) ask for, in
// the surroundings that `host` is. Returns the exit code: 0 done, 1 failed, 2
// bad usage.
int RunTroupe(int argc, const char* const* argv, const Host& host);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_RUN_TROUPE_H_
