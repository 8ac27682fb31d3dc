#ifndef TROUPE_SERVICES_PROJECT_PROJECT_KIND_H_
#define TROUPE_SERVICES_PROJECT_PROJECT_KIND_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_field.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/domain/project.h"
#include "matcher/domain/validate_project.h"
#include "services/convert/opening_numbers.h"
#include "services/convert/project_conversion.h"
#include "services/convert/resource_names.h"
#include "services/log/entity.h"
#include "services/log/view.h"
#include "services/project/project_rules.h"
#include "services/records/project_record.h"
#include "troupe/v1/project_service.pb.h"

namespace troupe {

// What the standard methods need to know of projects; see stored_resource.h.
struct ProjectKind {
  using Record = Project;
  using Wire = v1::Project;
  using Id = ProjectId;
  using ImportRequest = v1::ImportProjectsRequest;
  using ImportResponse = v1::ImportProjectsResponse;
  using WatchRequest = v1::WatchProjectsRequest;
  using WatchResponse = v1::WatchProjectsResponse;
  using Change = v1::ProjectChange;

  static constexpr EntityKind kEntity = EntityKind::kProject;
  static constexpr char kNoun[] = "project";
  static constexpr char kPlural[] = "projects";

  static absl::StatusOr<ProjectId> ParseName(absl::string_view name, absl::string_view field) {
    return ParseProjectName(name, field);
  }
  static std::string Serialize(const Project& project) { return SerializeProject(project); }
  static absl::StatusOr<Project> Parse(absl::string_view bytes) { return ParseProject(bytes); }
  static const google::protobuf::RepeatedPtrField<v1::Project>& RecordsOf(
      const v1::ImportProjectsRequest& request) {
    return request.projects();
  }

  static v1::Project* ChangedIn(v1::ProjectChange& change) { return change.mutable_project(); }

  static Violations Validate(const Project& project) { return ValidateProject(project); }
  static absl::Status CheckChange(const Project& stored, const Project& next,
                                  const ViewSnapshot& now, Violations& found) {
    CheckOpeningNumbers(stored, next, found);
    CheckOpeningsOnce(next, found);
    return CheckNewPeople(stored, next, now, found);
  }
  static absl::Status CheckKept(const Project& stored, const Project& next) {
    return CheckBookedSeats(stored, next);
  }
  static absl::Status CheckDelete(const Project& stored, const ViewSnapshot& now) {
    TROUPE_RETURN_IF_ERROR(CheckBookedSeats(stored, Project()));
    return CheckNothingHeld(stored, now);
  }
  static absl::Status AddToDelete(const Project&, const ViewSnapshot&, std::vector<Mutation>&) {
    return absl::OkStatus();
  }
  static void Number(Project& project) { AssignOpeningNumbers(project); }
  static void KeepNumbers(const Project& stored, Project& import) {
    KeepOpeningNumbers(stored, import);
  }
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_PROJECT_PROJECT_KIND_H_
