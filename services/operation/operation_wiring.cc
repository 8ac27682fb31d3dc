#include "services/operation/operation_wiring.h"

#include "troupe/v1/operation_service.grpc.pb.h"

namespace troupe {

std::unique_ptr<WiredService> WireOperationService(OperationService* operations,
                                                   Admission* admission) {
  auto wired = std::make_unique<WiredService>(v1::OperationService::service_full_name(), admission);
  wired->Unary("GetOperation", operations, &OperationService::GetOperation);
  wired->Unary("ListOperations", operations, &OperationService::ListOperations);
  wired->Unary("CancelOperation", operations, &OperationService::CancelOperation);
  wired->Unary("WaitOperation", operations, &OperationService::WaitOperation);
  return wired;
}

}  // namespace troupe
