#include "services/outcome/outcome_wiring.h"

#include "troupe/v1/outcome_service.grpc.pb.h"

namespace troupe {

std::unique_ptr<WiredService> WireOutcomeService(OutcomeService* outcomes, Admission* admission) {
  auto wired = std::make_unique<WiredService>(v1::OutcomeService::service_full_name(), admission);
  wired->Unary("RecordOutcome", outcomes, &OutcomeService::RecordOutcome);
  wired->Unary("ListOutcomes", outcomes, &OutcomeService::ListOutcomes);
  wired->Unary("DeleteOutcomes", outcomes, &OutcomeService::DeleteOutcomes);
  wired->Unary("ReportFairness", outcomes, &OutcomeService::ReportFairness);
  return wired;
}

}  // namespace troupe
