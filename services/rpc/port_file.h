#ifndef TROUPE_SERVICES_RPC_PORT_FILE_H_
#define TROUPE_SERVICES_RPC_PORT_FILE_H_

#include <string>

#include "absl/status/status.h"

namespace troupe {

// Writes `port` and a newline to `path`. Who reads the file finds all of it or
// none. UNAVAILABLE: it cannot be written, with the system's reason.
absl::Status WritePortFile(const std::string& path, int port);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_PORT_FILE_H_
