#include "services/matching/match_wiring.h"

#include "troupe/v1/match_service.grpc.pb.h"

namespace troupe {

std::unique_ptr<WiredService> WireMatchService(MatchService* matches, Admission* admission) {
  auto wired =
      std::make_unique<WiredService>(v1::MatchService::service_full_name(), admission);
  wired->Unary("FindProfiles", matches, &MatchService::FindProfiles);
  wired->Unary("FindOpenings", matches, &MatchService::FindOpenings);
  wired->Unary("ExplainMatch", matches, &MatchService::ExplainMatch);
  wired->Unary("FindFreeWindows", matches, &MatchService::FindFreeWindows);
  wired->Unary("ListRoleSteps", matches, &MatchService::ListRoleSteps);
  wired->Unary("GetPoolStatistics", matches, &MatchService::GetPoolStatistics);
  return wired;
}

}  // namespace troupe
