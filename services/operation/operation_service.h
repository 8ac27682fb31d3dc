#ifndef TROUPE_SERVICES_OPERATION_OPERATION_SERVICE_H_
#define TROUPE_SERVICES_OPERATION_OPERATION_SERVICE_H_

#include <memory>

#include "matcher/base/clock.h"
#include "matcher/base/executor.h"
#include "services/log/view.h"
#include "services/rpc/call.h"
#include "services/rpc/done.h"
#include "services/rpc/live_operations.h"
#include "services/rpc/resource_tools.h"
#include "services/rpc/retry_timer.h"
#include "troupe/v1/operation_service.pb.h"

namespace troupe {

// Tells of operations, as operation_service.proto says: from the view what they came to,
// from `live` how far they are. Writes nothing. Thread-safe.
class OperationService {
 public:
  // All of them outlive it, and it outlives its calls.
  OperationService(View* view, Executor* executor, const Clock* clock, LiveOperations* live,
                   RetryTimer* timer)
      : tools_{nullptr, view, executor, clock, nullptr, nullptr}, live_(live), timer_(timer) {}

  void GetOperation(std::shared_ptr<const Call> call, const v1::GetOperationRequest& request,
                    Done<v1::Operation> done);
  void ListOperations(std::shared_ptr<const Call> call, const v1::ListOperationsRequest& request,
                      Done<v1::ListOperationsResponse> done);
  void CancelOperation(std::shared_ptr<const Call> call, const v1::CancelOperationRequest& request,
                       Done<v1::Operation> done);
  void WaitOperation(std::shared_ptr<const Call> call, const v1::WaitOperationRequest& request,
                     Done<v1::Operation> done);

 private:
  const ResourceTools tools_;
  LiveOperations* const live_;
  RetryTimer* const timer_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_OPERATION_OPERATION_SERVICE_H_
