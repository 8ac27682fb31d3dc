#include "services/placement/placement_wiring.h"

#include "troupe/v1/placement_service.grpc.pb.h"

namespace troupe {

std::unique_ptr<WiredService> WirePlacementService(PlacementService* placements,
                                                   Admission* admission) {
  auto wired = std::make_unique<WiredService>(v1::PlacementService::service_full_name(), admission);
  wired->Unary("CreateCohort", placements, &PlacementService::CreateCohort);
  wired->Unary("GetCohort", placements, &PlacementService::GetCohort);
  wired->Unary("ListCohorts", placements, &PlacementService::ListCohorts);
  wired->Unary("UpdateCohort", placements, &PlacementService::UpdateCohort);
  wired->Unary("DeleteCohort", placements, &PlacementService::DeleteCohort);
  wired->Unary("CreateProgram", placements, &PlacementService::CreateProgram);
  wired->Unary("GetProgram", placements, &PlacementService::GetProgram);
  wired->Unary("ListPrograms", placements, &PlacementService::ListPrograms);
  wired->Unary("UpdateProgram", placements, &PlacementService::UpdateProgram);
  wired->Unary("DeleteProgram", placements, &PlacementService::DeleteProgram);
  wired->Stream("ImportPrograms", placements, &PlacementService::ImportPrograms);
  wired->Unary("CreateRound", placements, &PlacementService::CreateRound);
  wired->Unary("GetRound", placements, &PlacementService::GetRound);
  wired->Unary("ListRounds", placements, &PlacementService::ListRounds);
  wired->Unary("UpdateRound", placements, &PlacementService::UpdateRound);
  wired->Unary("DeleteRound", placements, &PlacementService::DeleteRound);
  wired->Unary("RunRound", placements, &PlacementService::RunRound);
  wired->Unary("ListPlacements", placements, &PlacementService::ListPlacements);
  wired->Unary("VerifyRound", placements, &PlacementService::VerifyRound);
  wired->Unary("ExplainPlacement", placements, &PlacementService::ExplainPlacement);
  wired->Unary("ReportRound", placements, &PlacementService::ReportRound);
  wired->Unary("PublishRound", placements, &PlacementService::PublishRound);
  wired->ServerStream("DownloadCertificate", placements, &PlacementService::DownloadCertificate);
  return wired;
}

}  // namespace troupe
