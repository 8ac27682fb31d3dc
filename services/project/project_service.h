#ifndef TROUPE_SERVICES_PROJECT_PROJECT_SERVICE_H_
#define TROUPE_SERVICES_PROJECT_PROJECT_SERVICE_H_

#include <memory>

#include "google/protobuf/empty.pb.h"
#include "matcher/base/clock.h"
#include "matcher/base/executor.h"
#include "services/log/change_log.h"
#include "services/log/record_writer.h"
#include "services/log/view.h"
#include "services/rpc/call.h"
#include "services/rpc/done.h"
#include "services/rpc/random_ids.h"
#include "services/rpc/resource_tools.h"
#include "services/rpc/response_sink.h"
#include "services/rpc/stream_handler.h"
#include "troupe/v1/project_service.pb.h"

namespace troupe {

// Keeps projects, as project_service.proto says: reads from the view, writes to
// the log, and answers a write once the view shows it. Works on the executor's
// threads and waits on none. Thread-safe.
class ProjectService {
 public:
  // All of them outlive it, and it outlives its calls.
  ProjectService(ChangeLog* log, View* view, Executor* executor, const Clock* clock,
                 RandomIds* ids)
      : writer_(log, view, executor), tools_{&writer_, view, executor, clock, ids, log} {}

  void GetProject(std::shared_ptr<const Call> call, const v1::GetProjectRequest& request,
                  Done<v1::Project> done);
  void ListProjects(std::shared_ptr<const Call> call, const v1::ListProjectsRequest& request,
                    Done<v1::ListProjectsResponse> done);
  void BatchGetProjects(std::shared_ptr<const Call> call,
                        const v1::BatchGetProjectsRequest& request,
                        Done<v1::BatchGetProjectsResponse> done);
  void CreateProject(std::shared_ptr<const Call> call, const v1::CreateProjectRequest& request,
                     Done<v1::Project> done);
  void UpdateProject(std::shared_ptr<const Call> call, const v1::UpdateProjectRequest& request,
                     Done<v1::Project> done);
  void DeleteProject(std::shared_ptr<const Call> call, const v1::DeleteProjectRequest& request,
                     Done<google::protobuf::Empty> done);

  using ImportHandler = StreamHandler<v1::ImportProjectsRequest, v1::ImportProjectsResponse>;
  std::unique_ptr<ImportHandler> ImportProjects(std::shared_ptr<const Call> call);

  void WatchProjects(std::shared_ptr<const Call> call, const v1::WatchProjectsRequest& request,
                     std::shared_ptr<ResponseSink<v1::WatchProjectsResponse>> sink);

 private:
  RecordWriter writer_;
  const ResourceTools tools_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_PROJECT_PROJECT_SERVICE_H_
