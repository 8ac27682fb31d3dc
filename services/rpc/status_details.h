#ifndef TROUPE_SERVICES_RPC_STATUS_DETAILS_H_
#define TROUPE_SERVICES_RPC_STATUS_DETAILS_H_

#include <grpcpp/support/status.h>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace troupe {

// Who defines the reasons of our errors.
inline constexpr char kErrorDomain[] = "troupe.dev";

// `status` as it goes over the wire: with a google.rpc.Status in its details
// that holds an ErrorInfo with the reason (the code's own name, if `status` has
// none) and a BadRequest with the violations, each "problem: fix"; or, for
// FAILED_PRECONDITION, a PreconditionFailure with the same. Cut to what
// clients accept; the message then ends in "..." and the list says how many
// violations more there are.
grpc::Status ToGrpcStatus(const absl::Status& status);

// The reverse, for clients: code, message, reason and violations. A status
// without our details keeps its code and message.
absl::Status FromGrpcStatus(const grpc::Status& status);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_STATUS_DETAILS_H_
