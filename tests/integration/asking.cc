#include "tests/integration/asking.h"

#include <algorithm>

#include "google/protobuf/empty.pb.h"
#include "google/protobuf/repeated_field.h"
#include "matcher/base/status_macros.h"
#include "troupe/v1/match_service.grpc.pb.h"
#include "troupe/v1/profile_service.grpc.pb.h"
#include "troupe/v1/project_service.grpc.pb.h"

namespace troupe::testing {
namespace {

using Profiles = v1::ProfileService::Stub;
using Projects = v1::ProjectService::Stub;
using Matches = v1::MatchService::Stub;
using google::protobuf::RepeatedPtrField;

constexpr int kMost = 1000;

template <typename Record>
void AddAll(const RepeatedPtrField<Record>& some, std::vector<Record>& all) {
  all.insert(all.end(), some.begin(), some.end());
}

// In batches of as many as one request may name.
template <typename Request, typename Response, typename Stub, typename Record>
absl::StatusOr<std::vector<Record>> BatchGet(
    const Connection& by,
    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
    const RepeatedPtrField<Record>& (Response::*records)() const,
    const std::vector<std::string>& names) {
  std::vector<Record> all;
  for (size_t first = 0; first < names.size(); first += kMost) {
    Request request;
    for (size_t i = first; i < std::min(names.size(), first + kMost); ++i) {
      request.add_names(names[i]);
    }
    TROUPE_ASSIGN_OR_RETURN(const Response some, by.Ask(method, request));
    AddAll((some.*records)(), all);
  }
  return all;
}

// Page by page.
template <typename Request, typename Response, typename Stub, typename Record>
absl::StatusOr<std::vector<Record>> List(
    const Connection& by,
    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
    const RepeatedPtrField<Record>& (Response::*records)() const) {
  std::vector<Record> all;
  Request request;
  request.set_page_size(kMost);
  do {
    TROUPE_ASSIGN_OR_RETURN(const Response page, by.Ask(method, request));
    AddAll((page.*records)(), all);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return all;
}

}  // namespace

absl::StatusOr<v1::Profile> CreateProfile(const Connection& by, const v1::Profile& profile,
                                          const std::string& request_id) {
  v1::CreateProfileRequest request;
  *request.mutable_profile() = profile;
  request.set_request_id(request_id);
  return by.Ask(&Profiles::CreateProfile, request);
}

absl::StatusOr<v1::Profile> GetProfile(const Connection& by, const std::string& name) {
  v1::GetProfileRequest request;
  request.set_name(name);
  return by.Ask(&Profiles::GetProfile, request);
}

absl::StatusOr<v1::Profile> UpdateProfile(const Connection& by, const v1::Profile& profile,
                                          const std::string& request_id) {
  v1::UpdateProfileRequest request;
  *request.mutable_profile() = profile;
  request.mutable_update_mask()->add_paths(std::string(1, '*'));
  request.set_request_id(request_id);
  return by.Ask(&Profiles::UpdateProfile, request);
}

absl::Status DeleteProfile(const Connection& by, const std::string& name,
                           const std::string& request_id) {
  v1::DeleteProfileRequest request;
  request.set_name(name);
  request.set_request_id(request_id);
  return by.Ask(&Profiles::DeleteProfile, request).status();
}

absl::StatusOr<std::vector<v1::Profile>> BatchGetProfiles(const Connection& by,
                                                          const std::vector<std::string>& names) {
  return BatchGet(by, &Profiles::BatchGetProfiles,
                  &v1::BatchGetProfilesResponse::profiles, names);
}

absl::StatusOr<std::vector<v1::Profile>> ListProfiles(const Connection& by) {
  return List(by, &Profiles::ListProfiles, &v1::ListProfilesResponse::profiles);
}

absl::StatusOr<v1::Project> CreateProject(const Connection& by, const v1::Project& project,
                                          const std::string& request_id) {
  v1::CreateProjectRequest request;
  *request.mutable_project() = project;
  request.set_request_id(request_id);
  return by.Ask(&Projects::CreateProject, request);
}

absl::StatusOr<v1::Project> GetProject(const Connection& by, const std::string& name) {
  v1::GetProjectRequest request;
  request.set_name(name);
  return by.Ask(&Projects::GetProject, request);
}

absl::StatusOr<v1::Project> UpdateProject(const Connection& by, const v1::Project& project,
                                          const std::string& request_id) {
  v1::UpdateProjectRequest request;
  *request.mutable_project() = project;
  request.mutable_update_mask()->add_paths(std::string(1, '*'));
  request.set_request_id(request_id);
  return by.Ask(&Projects::UpdateProject, request);
}

absl::Status DeleteProject(const Connection& by, const std::string& name,
                           const std::string& request_id) {
  v1::DeleteProjectRequest request;
  request.set_name(name);
  request.set_request_id(request_id);
  return by.Ask(&Projects::DeleteProject, request).status();
}

absl::StatusOr<std::vector<v1::Project>> BatchGetProjects(const Connection& by,
                                                          const std::vector<std::string>& names) {
  return BatchGet(by, &Projects::BatchGetProjects,
                  &v1::BatchGetProjectsResponse::projects, names);
}

absl::StatusOr<std::vector<v1::Project>> ListProjects(const Connection& by) {
  return List(by, &Projects::ListProjects, &v1::ListProjectsResponse::projects);
}

absl::StatusOr<v1::FindProfilesResponse> FindProfiles(const Connection& by,
                                                      const std::string& opening) {
  v1::FindProfilesRequest request;
  request.set_opening(opening);
  request.set_page_size(kMost);
  request.set_want_total(true);
  return by.Ask(&Matches::FindProfiles, request);
}

absl::StatusOr<v1::FindOpeningsResponse> FindOpenings(const Connection& by,
                                                      const std::string& profile) {
  v1::FindOpeningsRequest request;
  request.set_profile(profile);
  request.set_page_size(kMost);
  request.set_want_total(true);
  return by.Ask(&Matches::FindOpenings, request);
}

absl::StatusOr<v1::PoolStatistics> Statistics(const Connection& by) {
  return by.Ask(&Matches::GetPoolStatistics, v1::GetPoolStatisticsRequest());
}

}  // namespace troupe::testing
