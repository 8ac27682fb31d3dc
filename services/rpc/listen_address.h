#ifndef TROUPE_SERVICES_RPC_LISTEN_ADDRESS_H_
#define TROUPE_SERVICES_RPC_LISTEN_ADDRESS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace troupe {

// OK if a server may listen on `address`: "unix:PATH", or HOST:PORT, where HOST
// is "localhost" or a loopback address ("127.0.0.1", "[::1]"), or any with
// `tls`. INVALID_ARGUMENT: it is neither. FAILED_PRECONDITION, reason
// TLS_REQUIRED: other machines could reach it.
absl::Status CheckListenAddress(absl::string_view address, bool tls);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_LISTEN_ADDRESS_H_
