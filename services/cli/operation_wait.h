#ifndef TROUPE_SERVICES_CLI_OPERATION_WAIT_H_
#define TROUPE_SERVICES_CLI_OPERATION_WAIT_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/cli/session.h"
#include "troupe/v1/operation.pb.h"

namespace troupe {

// Waits until `begun` has ended, and shows how far it is where the user sees it. When
// the user interrupts the program, asks the server to cancel it, and waits for its end
// still. A server that is away for a while is asked again. OK if it succeeded; CANCELLED,
// reason OPERATION_CANCELLED; or the error with which it failed, as ErrorOf has it.
absl::Status AwaitOperation(const v1::Operation& begun, Session& session);

// The error of an operation that failed, with each problem; else OK.
absl::Status ErrorOf(const v1::Operation& operation);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_OPERATION_WAIT_H_
