#ifndef TROUPE_TESTS_SERVICES_APPS_UNIX_DEPLOYMENT_H_
#define TROUPE_TESTS_SERVICES_APPS_UNIX_DEPLOYMENT_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "services/apps/troupe_process.h"
#include "services/cli/connection.h"
#include "services/rpc/real_clock.h"
#include "tests/testing/temp_directory.h"

namespace troupe::testing {

// Where the processes of a deployment run within a test: "profiles", "projects" and
// "matching" are the folder of each, and beside it is its socket. Outlives them.
class UnixDeployment {
 public:
  std::string FolderOf(const std::string& process) const { return directory_.Join(process); }
  std::string AddressOf(const std::string& process) const {
    return "unix:" + directory_.Join(process + ".sock");
  }

  std::unique_ptr<TroupeProcess> Start(const ProcessRole& role, const std::string& process,
                                       std::vector<TroupeProcess::Followed> followed) const {
    return TroupeProcess::Start(role,
                                {.data_directory = FolderOf(process),
                                 .operator_organization = "operator",
                                 .followed = std::move(followed),
                                 .projects = OpenChannel(AddressOf("projects")),
                                 .matches = OpenChannel(AddressOf("matching")),
                                 .rpc = {.listen = AddressOf(process)}},
                                &clock_)
        .value();
  }

 private:
  const RealClock clock_;
  const TempDirectory directory_;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_SERVICES_APPS_UNIX_DEPLOYMENT_H_
