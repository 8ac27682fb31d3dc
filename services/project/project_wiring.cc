#include "services/project/project_wiring.h"

#include "troupe/v1/project_service.grpc.pb.h"

namespace troupe {

std::unique_ptr<WiredService> WireProjectService(ProjectService* projects, Admission* admission) {
  auto wired =
      std::make_unique<WiredService>(v1::ProjectService::service_full_name(), admission);
  wired->Unary("GetProject", projects, &ProjectService::GetProject);
  wired->Unary("ListProjects", projects, &ProjectService::ListProjects);
  wired->Unary("CreateProject", projects, &ProjectService::CreateProject);
  wired->Unary("UpdateProject", projects, &ProjectService::UpdateProject);
  // People may hold days for it: their process's log says so.
  wired->Unary("DeleteProject", projects, &ProjectService::DeleteProject,
               {.fully_consistent = true});
  wired->Unary("BatchGetProjects", projects, &ProjectService::BatchGetProjects);
  // While one message waits for the disk, the next is read and validated.
  wired->Stream("ImportProjects", projects, &ProjectService::ImportProjects, {.in_flight = 2});
  wired->ServerStream("WatchProjects", projects, &ProjectService::WatchProjects);
  return wired;
}

}  // namespace troupe
