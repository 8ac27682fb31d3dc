#ifndef TROUPE_TESTS_INTEGRATION_ASKING_H_
#define TROUPE_TESTS_INTEGRATION_ASKING_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/cli/connection.h"
#include "troupe/v1/match_service.pb.h"
#include "troupe/v1/profile.pb.h"
#include "troupe/v1/project.pb.h"

// Calls of a server, as short as tests want them. Errors are the server's.
namespace troupe::testing {

absl::StatusOr<v1::Profile> CreateProfile(const Connection& by, const v1::Profile& profile,
                                          const std::string& request_id = "");
absl::StatusOr<v1::Profile> GetProfile(const Connection& by, const std::string& name);
// Replaces all that can be written of the profile with this name.
absl::StatusOr<v1::Profile> UpdateProfile(const Connection& by, const v1::Profile& profile,
                                          const std::string& request_id = "");
absl::Status DeleteProfile(const Connection& by, const std::string& name,
                           const std::string& request_id = "");
// In their order.
absl::StatusOr<std::vector<v1::Profile>> BatchGetProfiles(const Connection& by,
                                                          const std::vector<std::string>& names);
// All of them, page by page.
absl::StatusOr<std::vector<v1::Profile>> ListProfiles(const Connection& by);

absl::StatusOr<v1::Project> CreateProject(const Connection& by, const v1::Project& project,
                                          const std::string& request_id = "");
absl::StatusOr<v1::Project> GetProject(const Connection& by, const std::string& name);
absl::StatusOr<v1::Project> UpdateProject(const Connection& by, const v1::Project& project,
                                          const std::string& request_id = "");
absl::Status DeleteProject(const Connection& by, const std::string& name,
                           const std::string& request_id = "");
absl::StatusOr<std::vector<v1::Project>> BatchGetProjects(const Connection& by,
                                                          const std::vector<std::string>& names);
absl::StatusOr<std::vector<v1::Project>> ListProjects(const Connection& by);

// With the total; at most 1,000.
absl::StatusOr<v1::FindProfilesResponse> FindProfiles(const Connection& by,
                                                      const std::string& opening);
absl::StatusOr<v1::FindOpeningsResponse> FindOpenings(const Connection& by,
                                                      const std::string& profile);

// `by` the operator.
absl::StatusOr<v1::PoolStatistics> Statistics(const Connection& by);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_INTEGRATION_ASKING_H_
