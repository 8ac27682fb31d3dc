#ifndef TROUPE_SERVICES_RPC_OPERATION_WRITES_H_
#define TROUPE_SERVICES_RPC_OPERATION_WRITES_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "services/log/change_log.h"
#include "services/log/view.h"
#include "services/records/record_head.h"
#include "services/rpc/live_operations.h"
#include "services/rpc/resource_tools.h"
#include "services/rpc/stored_operations.h"

// What resource_operations.h writes that is the same for every kind of resource.
namespace troupe {

// Those of a resource as stored, or none yet.
Operations NextOperations(const std::optional<StoredOperations>& stored, RecordHead head);

// A write to the shard of the resource `id`. Its tries state other times and versions; they
// are one request.
AppendRequest NewOperationWrite(uint64_t id, std::string log_request_id);

// Adds the end of operation `number`. ALREADY_EXISTS if it has ended, by a try of ours.
absl::Status AddEnd(const StoredOperations& stored, uint32_t number, const absl::Status& outcome,
                    absl::Time now, AppendRequest& append);

absl::Status ResourceGone(absl::string_view noun);

// False if `closing` came first. Blocks.
bool WaitUntilCaughtUp(const std::function<absl::Status()>& caught_up,
                       const absl::Notification& closing);

// Tries until the log has what `plan` makes, or `live` is closing. Blocks.
absl::Status WriteUntilKept(
    const ResourceTools& tools,
    absl::FunctionRef<absl::StatusOr<AppendRequest>(const ViewSnapshot&)> plan,
    const LiveOperation& live);

// What became of writing an end.
void LogUnlessEnded(const absl::Status& written);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_OPERATION_WRITES_H_
