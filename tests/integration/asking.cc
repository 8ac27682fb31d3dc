#include "tests/integration/asking.h"

#include <algorithm>

#include "google/protobuf/empty.pb.h"
#include "matcher/base/status_macros.h"

namespace troupe::testing {

using Profiles = v1::ProfileService::Stub;
using Projects = v1::ProjectService::Stub;
using Matches = v1::MatchService::Stub;

absl::StatusOr<v1::Profile> CreateProfile(const Connection& by, const v1::Profile& profile,
                                          const std::string& request_id) {
  v1::CreateProfileRequest request;
  *request.mutable_profile() = profile;
  request.set_request_id(request_id);
  return by.Ask(by.profiles(), &Profiles::CreateProfile, request);
}

absl::StatusOr<v1::Profile> GetProfile(const Connection& by, const std::string& name) {
  v1::GetProfileRequest request;
  request.set_name(name);
  return by.Ask(by.profiles(), &Profiles::GetProfile, request);
}

absl::StatusOr<v1::Profile> UpdateProfile(const Connection& by, const v1::Profile& profile) {
  v1::UpdateProfileRequest request;
  *request.mutable_profile() = profile;
  request.mutable_update_mask()->add_paths(std::string(1, '*'));
  return by.Ask(by.profiles(), &Profiles::UpdateProfile, request);
}

absl::Status DeleteProfile(const Connection& by, const std::string& name) {
  v1::DeleteProfileRequest request;
  request.set_name(name);
  return by.Ask(by.profiles(), &Profiles::DeleteProfile, request).status();
}

absl::StatusOr<std::vector<v1::Profile>> BatchGetProfiles(const Connection& by,
                                                          const std::vector<std::string>& names) {
  constexpr size_t kMost = 1000;
  std::vector<v1::Profile> profiles;
  for (size_t first = 0; first < names.size(); first += kMost) {
    v1::BatchGetProfilesRequest request;
    for (size_t i = first; i < std::min(names.size(), first + kMost); ++i) {
      request.add_names(names[i]);
    }
    TROUPE_ASSIGN_OR_RETURN(const v1::BatchGetProfilesResponse some,
                            by.Ask(by.profiles(), &Profiles::BatchGetProfiles, request));
    profiles.insert(profiles.end(), some.profiles().begin(), some.profiles().end());
  }
  return profiles;
}

absl::StatusOr<std::vector<v1::Profile>> ListProfiles(const Connection& by) {
  std::vector<v1::Profile> profiles;
  v1::ListProfilesRequest request;
  request.set_page_size(1000);
  do {
    TROUPE_ASSIGN_OR_RETURN(const v1::ListProfilesResponse page,
                            by.Ask(by.profiles(), &Profiles::ListProfiles, request));
    profiles.insert(profiles.end(), page.profiles().begin(), page.profiles().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return profiles;
}

absl::StatusOr<v1::Project> CreateProject(const Connection& by, const v1::Project& project) {
  v1::CreateProjectRequest request;
  *request.mutable_project() = project;
  return by.Ask(by.projects(), &Projects::CreateProject, request);
}

absl::StatusOr<v1::Project> GetProject(const Connection& by, const std::string& name) {
  v1::GetProjectRequest request;
  request.set_name(name);
  return by.Ask(by.projects(), &Projects::GetProject, request);
}

absl::StatusOr<v1::FindProfilesResponse> FindProfiles(const Connection& by,
                                                      const std::string& opening) {
  v1::FindProfilesRequest request;
  request.set_opening(opening);
  request.set_page_size(1000);
  request.set_want_total(true);
  return by.Ask(by.matches(), &Matches::FindProfiles, request);
}

absl::StatusOr<v1::PoolStatistics> Statistics(const Connection& by) {
  return by.Ask(by.matches(), &Matches::GetPoolStatistics, v1::GetPoolStatisticsRequest());
}

}  // namespace troupe::testing
