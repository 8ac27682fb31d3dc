#include "services/staffing/staffing_wiring.h"

#include "troupe/v1/staffing_service.grpc.pb.h"

namespace troupe {

std::unique_ptr<WiredService> WireStaffingService(StaffingService* staffing,
                                                  Admission* admission) {
  auto wired = std::make_unique<WiredService>(v1::StaffingService::service_full_name(), admission);
  wired->Unary("AnalyzeGaps", staffing, &StaffingService::AnalyzeGaps);
  wired->ServerStream("WatchGaps", staffing, &StaffingService::WatchGaps);
  wired->Unary("CreateTrainingPlan", staffing, &StaffingService::CreateTrainingPlan);
  wired->Unary("GetTrainingPlan", staffing, &StaffingService::GetTrainingPlan);
  wired->Unary("ListTrainingPlans", staffing, &StaffingService::ListTrainingPlans);
  wired->Unary("UpdateTrainingPlan", staffing, &StaffingService::UpdateTrainingPlan);
  wired->Unary("DeleteTrainingPlan", staffing, &StaffingService::DeleteTrainingPlan);
  wired->Unary("PlanTraining", staffing, &StaffingService::PlanTraining);
  wired->Unary("SimulateTraining", staffing, &StaffingService::SimulateTraining);
  wired->Unary("SuggestShadowing", staffing, &StaffingService::SuggestShadowing);
  return wired;
}

}  // namespace troupe
