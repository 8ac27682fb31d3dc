#ifndef TROUPE_SERVICES_CLI_OPERATION_LIST_H_
#define TROUPE_SERVICES_CLI_OPERATION_LIST_H_

#include <string>

#include "absl/status/status.h"
#include "google/protobuf/timestamp.pb.h"
#include "services/cli/session.h"

namespace troupe {

// Prints what was done to the resource `parent`, the newest first; `none` if nothing was.
absl::Status ListOperations(const std::string& parent, const std::string& none, Session& session);

// Asks an operation to stop, and says what became of that.
absl::Status CancelOperation(const std::string& name, Session& session);

// "2026-11-23 18:05", where the machine stands; empty for a time that is unset.
std::string TimeText(const google::protobuf::Timestamp& time);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_OPERATION_LIST_H_
