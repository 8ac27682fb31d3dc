#ifndef TROUPE_TESTS_STORM_DEPLOYMENT_H_
#define TROUPE_TESTS_STORM_DEPLOYMENT_H_

#include <grpcpp/channel.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/cli/connection.h"
#include "tests/integration/server_process.h"
#include "tests/testing/dice.h"

namespace troupe::testing {

// The services of a deployment, asked on behalf of one organization, each over
// a connection of its own. Thread-safe.
struct Services {
  Connection profiles;
  Connection projects;
  Connection matches;
  std::vector<std::shared_ptr<grpc::Channel>> channels;  // In this order.

  // Returns once all are connected, or after a few seconds.
  void AwaitConnected() const;
};

// Processes that make up Troupe. Their addresses stay the same over restarts,
// so that clients come back by themselves. Thread-compatible; Open is
// thread-safe.
class Deployment {
 public:
  virtual ~Deployment() = default;

  // In an order in which they can start.
  virtual std::vector<ServerProcess*> Processes() = 0;

  virtual Services Open(const std::string& organization) const = 0;

  // The one that answers matches, and one that takes profiles: it may be both.
  virtual ServerProcess* Matching() = 0;
  virtual ServerProcess* Profiles() = 0;

  // Starts all, and returns once they serve.
  absl::Status Start();
};

// Starts `process`, and kills it within `most` while it starts; often not at all,
// sometimes several times. How often.
int KillWhileItStarts(ServerProcess& process, absl::Duration most, Dice& dice);

// troupe-server, with its data in `folder`, which exists.
std::unique_ptr<Deployment> OneProcess(const std::string& folder);

// troupe-profiles, troupe-projects and troupe-matching, likewise.
std::unique_ptr<Deployment> ThreeProcesses(const std::string& folder);

// The same with servers of tests that all go by the SteppedClock of a file.
std::unique_ptr<Deployment> OneClockedProcess(const std::string& folder,
                                              const std::string& clock_file);
std::unique_ptr<Deployment> ThreeClockedProcesses(const std::string& folder,
                                                  const std::string& clock_file);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_STORM_DEPLOYMENT_H_
