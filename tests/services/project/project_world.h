#ifndef TROUPE_TESTS_SERVICES_PROJECT_PROJECT_WORLD_H_
#define TROUPE_TESTS_SERVICES_PROJECT_PROJECT_WORLD_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/convert/resource_names.h"
#include "services/log/record_writer.h"
#include "services/project/project_service.h"
#include "services/records/profile_record.h"
#include "services/rpc/thread_pool.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/testing/live_view.h"
#include "tests/testing/log_calls.h"
#include "tests/testing/profile_builder.h"
#include "tests/testing/service_calls.h"

namespace troupe::testing {

// A findable project titled "Tea", and what else `text` says.
inline v1::Project Tea(const std::string& text = "") {
  return FromText<v1::Project>(
      absl::StrCat("title: 'Tea' findability: FINDABILITY_FINDABLE ", text));
}

// An open opening for one `role`, and what else `text` says.
inline std::string For(const std::string& role, const std::string& text = "") {
  return absl::StrCat("openings { role: '", role, "' headcount: 1 state: STATE_OPEN ", text, " } ");
}

// A ProjectService over a log in memory. Who does not say otherwise is "crew".
class ProjectWorld {
 public:
  LiveView& live() { return live_; }
  ProjectService& service() { return service_; }

  // Lets the pool have `profile`, and returns its name.
  std::string Have(const ProfileBuilder& profile) {
    const Profile person = profile.Build();
    const EntityKey entity{EntityKind::kProfile, person.id.value()};
    RecordWriter writer(&live_.log(), &live_.view(), &threads_);
    absl::Notification shown;
    writer.Append({Request(absl::StrCat("have ", person.id.value(), "/", ++requests_),
                           {{entity, kAnyVersion, SerializeProfile(person)}})},
                  absl::InfiniteFuture(), [&shown](auto) { shown.Notify(); });
    shown.WaitForNotification();
    return FormatName(person.id);
  }

  absl::StatusOr<v1::Project> Create(v1::Project project, const std::string& organization = "crew",
                                     const std::string& request_id = "") {
    v1::CreateProjectRequest request;
    *request.mutable_project() = std::move(project);
    request.set_request_id(request_id);
    return Ask(service_, &ProjectService::CreateProject, request, organization);
  }
  absl::StatusOr<v1::Project> Get(const std::string& name,
                                  const std::string& organization = "crew") {
    v1::GetProjectRequest request;
    request.set_name(name);
    return Ask(service_, &ProjectService::GetProject, request, organization);
  }
  absl::StatusOr<v1::Project> Update(v1::Project project, const std::vector<std::string>& paths) {
    v1::UpdateProjectRequest request;
    *request.mutable_project() = std::move(project);
    for (const std::string& path : paths) request.mutable_update_mask()->add_paths(path);
    return Ask(service_, &ProjectService::UpdateProject, request, "crew");
  }
  absl::Status Delete(const std::string& name, const std::string& organization = "crew") {
    v1::DeleteProjectRequest request;
    request.set_name(name);
    return Ask(service_, &ProjectService::DeleteProject, request, organization).status();
  }
  absl::StatusOr<v1::BatchGetProjectsResponse> BatchGet(const std::vector<std::string>& names,
                                                        const std::string& organization = "crew") {
    v1::BatchGetProjectsRequest request;
    request.mutable_names()->Assign(names.begin(), names.end());
    return Ask(service_, &ProjectService::BatchGetProjects, request, organization);
  }
  absl::StatusOr<v1::ListProjectsResponse> List(const std::string& text = "",
                                                const std::string& organization = "crew") {
    return Ask(service_, &ProjectService::ListProjects, FromText<v1::ListProjectsRequest>(text),
               organization);
  }
  // The only result of an import of `project`.
  v1::ImportResult Import(const v1::Project& project, const std::string& request_id) {
    v1::ImportProjectsRequest request;
    request.set_request_id(request_id);
    *request.add_projects() = project;
    return Send(*service_.ImportProjects(CallBy("crew")), request).value().results(0);
  }

 private:
  LiveView live_;
  ThreadPool threads_{4};
  RandomIds ids_{1};
  int requests_ = 0;
  ProjectService service_{&live_.log(), &live_.view(), &threads_, &live_.clock(), &ids_};
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_SERVICES_PROJECT_PROJECT_WORLD_H_
