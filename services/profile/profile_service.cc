#include "services/profile/profile_service.h"

#include <utility>

#include "services/profile/profile_kind.h"
#include "services/rpc/create_resource.h"
#include "services/rpc/delete_resource.h"
#include "services/rpc/read_resources.h"
#include "services/rpc/resource_import.h"
#include "services/rpc/update_resource.h"
#include "services/rpc/watch_resources.h"

namespace troupe {

void ProfileService::GetProfile(std::shared_ptr<const Call> call,
                                const v1::GetProfileRequest& request, Done<v1::Profile> done) {
  GetResource<ProfileKind>(tools_, std::move(call), request.name(), std::move(done));
}

void ProfileService::ListProfiles(std::shared_ptr<const Call> call,
                                  const v1::ListProfilesRequest& request,
                                  Done<v1::ListProfilesResponse> done) {
  ListResources<ProfileKind>(tools_, std::move(call), request,
                             &v1::ListProfilesResponse::mutable_profiles, std::move(done));
}

void ProfileService::BatchGetProfiles(std::shared_ptr<const Call> call,
                                      const v1::BatchGetProfilesRequest& request,
                                      Done<v1::BatchGetProfilesResponse> done) {
  BatchGetResources<ProfileKind>(tools_, std::move(call), request.names(),
                                 &v1::BatchGetProfilesResponse::mutable_profiles,
                                 std::move(done));
}

void ProfileService::CreateProfile(std::shared_ptr<const Call> call,
                                   const v1::CreateProfileRequest& request,
                                   Done<v1::Profile> done) {
  CreateResource<ProfileKind>(tools_, std::move(call), request, request.profile(),
                              std::move(done));
}

void ProfileService::UpdateProfile(std::shared_ptr<const Call> call,
                                   const v1::UpdateProfileRequest& request,
                                   Done<v1::Profile> done) {
  UpdateResource<ProfileKind>(tools_, std::move(call), request, request.profile(),
                              std::move(done));
}

void ProfileService::DeleteProfile(std::shared_ptr<const Call> call,
                                   const v1::DeleteProfileRequest& request,
                                   Done<google::protobuf::Empty> done) {
  DeleteResource<ProfileKind>(tools_, std::move(call), request, std::move(done));
}

std::unique_ptr<ProfileService::ImportHandler> ProfileService::ImportProfiles(
    std::shared_ptr<const Call> call) {
  return std::make_unique<ResourceImport<ProfileKind>>(tools_, std::move(call));
}

void ProfileService::WatchProfiles(std::shared_ptr<const Call> call,
                                   const v1::WatchProfilesRequest& request,
                                   std::shared_ptr<ResponseSink<v1::WatchProfilesResponse>> sink) {
  WatchResources<ProfileKind>(tools_, *call, request, std::move(sink));
}

}  // namespace troupe
