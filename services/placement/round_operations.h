#ifndef TROUPE_SERVICES_PLACEMENT_ROUND_OPERATIONS_H_
#define TROUPE_SERVICES_PLACEMENT_ROUND_OPERATIONS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "matcher/placement/round.h"
#include "services/log/entity.h"
#include "services/log/view.h"
#include "services/rpc/call.h"
#include "services/rpc/done.h"
#include "services/rpc/live_operations.h"
#include "services/rpc/resource_tools.h"
#include "services/rpc/write_identity.h"
#include "troupe/v1/operation.pb.h"

namespace troupe {

// An operation on a round that was begun: the round as it was then, and its number.
struct BegunOperation {
  Round round;
  uint64_t round_version = kNoVersion;
  uint32_t number = 0;
  std::shared_ptr<LiveOperation> live;
};

// What a client asked to be begun.
struct OperationRequest {
  std::string name;  // rounds/{round}
  std::string etag;
  std::string request_id;
  uint64_t body_hash = 0;

  template <typename Request>
  static OperationRequest Of(const Request& request) {
    return {request.name(), request.etag(), request.request_id(), BodyHashOf(request)};
  }
};

// Begins and ends operations on rounds: one at a time each, in the log before the client
// hears of it. Thread-safe.
class RoundOperations {
 public:
  // Both outlive it.
  RoundOperations(const ResourceTools& tools, LiveOperations* live) : tools_(tools), live_(live) {}

  // Checks and changes the round that an operation begins on.
  using Prepare =
      std::function<absl::Status(const ViewSnapshot& now, uint32_t number, Round& round)>;
  using Begun = std::function<void(BegunOperation)>;

  // Begins `method` on the round of `request`, if `prepare` lets it, and calls `begun` with
  // it before `done` with the same operation. A retry is answered with what was begun then.
  // Errors: NOT_FOUND; STALE_ETAG; ROUND_BUSY; ROUND_PUBLISHED; what `prepare` says.
  void Begin(std::shared_ptr<const Call> call, OperationRequest request, std::string method,
             Prepare prepare, Begun begun, Done<v1::Operation> done);

  // What goes with the end of an operation: changes the round as it is now, and may add
  // more mutations of its shard. An error makes it one that failed.
  using Conclude = absl::FunctionRef<absl::Status(const ViewSnapshot& now, uint64_t version,
                                                  Round& round, std::vector<Mutation>& more)>;

  // Writes the end of the operation: `outcome` and what `conclude` says, in one record.
  // Waits for the log, however long, unless
  // the process stops: then nothing is written, and the next start sees that it broke off.
  // Blocks; not on the executor.
  void End(const BegunOperation& begun, const absl::Status& outcome, Conclude conclude);

  // Writes a change of the round while the operation goes on. Blocks likewise.
  absl::Status Change(const BegunOperation& begun, absl::FunctionRef<void(Round& round)> change);

  // Operations that ran when the process stopped: of all rounds. Blocks on disk.
  absl::StatusOr<std::vector<BegunOperation>> BrokenOff(std::vector<std::string>& methods);

  const ResourceTools& tools() const { return tools_; }

 private:
  absl::Status Write(const std::function<absl::StatusOr<AppendRequest>(const ViewSnapshot&)>& plan,
                     const LiveOperation& live);

  const ResourceTools tools_;
  LiveOperations* const live_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_PLACEMENT_ROUND_OPERATIONS_H_
