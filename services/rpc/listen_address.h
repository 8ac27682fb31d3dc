#ifndef TROUPE_SERVICES_RPC_LISTEN_ADDRESS_H_
#define TROUPE_SERVICES_RPC_LISTEN_ADDRESS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace troupe {

// OK if a server without TLS may listen on `address`: HOST:PORT, where HOST is
// "localhost" or a loopback address ("127.0.0.1", "[::1]"), or "unix:PATH".
// INVALID_ARGUMENT: it is neither. FAILED_PRECONDITION, reason TLS_REQUIRED:
// other machines could reach it.
absl::Status CheckListenAddress(absl::string_view address);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_LISTEN_ADDRESS_H_
