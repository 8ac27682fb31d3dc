#include "services/profile/profile_wiring.h"

#include "troupe/v1/profile_service.grpc.pb.h"

namespace troupe {

std::unique_ptr<WiredService> WireProfileService(ProfileService* profiles, Admission* admission) {
  auto wired =
      std::make_unique<WiredService>(v1::ProfileService::service_full_name(), admission);
  wired->Unary("GetProfile", profiles, &ProfileService::GetProfile);
  wired->Unary("ListProfiles", profiles, &ProfileService::ListProfiles);
  wired->Unary("CreateProfile", profiles, &ProfileService::CreateProfile);
  wired->Unary("UpdateProfile", profiles, &ProfileService::UpdateProfile);
  wired->Unary("DeleteProfile", profiles, &ProfileService::DeleteProfile);
  wired->Unary("BatchGetProfiles", profiles, &ProfileService::BatchGetProfiles);
  // While one message waits for the disk, the next is read and validated.
  wired->Stream("ImportProfiles", profiles, &ProfileService::ImportProfiles, {.in_flight = 2});
  wired->ServerStream("WatchProfiles", profiles, &ProfileService::WatchProfiles);
  wired->Unary("ImportCalendar", profiles, &ProfileService::ImportCalendar);
  wired->Unary("ExportCalendar", profiles, &ProfileService::ExportCalendar);
  return wired;
}

}  // namespace troupe
