#include "services/project/project_service.h"

#include <utility>

#include "services/project/project_kind.h"
#include "services/rpc/create_resource.h"
#include "services/rpc/delete_resource.h"
#include "services/rpc/read_resources.h"
#include "services/rpc/resource_import.h"
#include "services/rpc/update_resource.h"
#include "services/rpc/watch_resources.h"

namespace troupe {

void ProjectService::GetProject(std::shared_ptr<const Call> call,
                                const v1::GetProjectRequest& request, Done<v1::Project> done) {
  GetResource<ProjectKind>(tools_, std::move(call), request.name(), std::move(done));
}

void ProjectService::ListProjects(std::shared_ptr<const Call> call,
                                  const v1::ListProjectsRequest& request,
                                  Done<v1::ListProjectsResponse> done) {
  ListResources<ProjectKind>(tools_, std::move(call), request,
                             &v1::ListProjectsResponse::mutable_projects, std::move(done));
}

void ProjectService::BatchGetProjects(std::shared_ptr<const Call> call,
                                      const v1::BatchGetProjectsRequest& request,
                                      Done<v1::BatchGetProjectsResponse> done) {
  BatchGetResources<ProjectKind>(tools_, std::move(call), request.names(),
                                 &v1::BatchGetProjectsResponse::mutable_projects,
                                 std::move(done));
}

void ProjectService::CreateProject(std::shared_ptr<const Call> call,
                                   const v1::CreateProjectRequest& request,
                                   Done<v1::Project> done) {
  CreateResource<ProjectKind>(tools_, std::move(call), request, request.project(),
                              std::move(done));
}

void ProjectService::UpdateProject(std::shared_ptr<const Call> call,
                                   const v1::UpdateProjectRequest& request,
                                   Done<v1::Project> done) {
  UpdateResource<ProjectKind>(tools_, std::move(call), request, request.project(),
                              std::move(done));
}

void ProjectService::DeleteProject(std::shared_ptr<const Call> call,
                                   const v1::DeleteProjectRequest& request,
                                   Done<google::protobuf::Empty> done) {
  DeleteResource<ProjectKind>(tools_, std::move(call), request, std::move(done));
}

std::unique_ptr<ProjectService::ImportHandler> ProjectService::ImportProjects(
    std::shared_ptr<const Call> call) {
  return std::make_unique<ResourceImport<ProjectKind>>(tools_, std::move(call));
}

void ProjectService::WatchProjects(std::shared_ptr<const Call> call,
                                   const v1::WatchProjectsRequest& request,
                                   std::shared_ptr<ResponseSink<v1::WatchProjectsResponse>> sink) {
  WatchResources<ProjectKind>(tools_, *call, request, std::move(sink));
}

}  // namespace troupe
