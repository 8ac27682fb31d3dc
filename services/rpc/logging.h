#ifndef TROUPE_SERVICES_RPC_LOGGING_H_
#define TROUPE_SERVICES_RPC_LOGGING_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace troupe {

// Sends the log of this process, gRPC's and protobuf's included, to stderr from
// `level` on: "debug", "info", "warning" or "error". INVALID_ARGUMENT: another
// level. Call once, before any server. Nothing that we log is personal data;
// calls are logged at "debug", by number, method, code and duration.
absl::Status LogToStderr(absl::string_view level);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_LOGGING_H_
