#include "tests/storm/deployment.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <chrono>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "services/rpc/limits.h"
#include "tests/storm/free_port.h"

namespace troupe::testing {
namespace {

constexpr std::chrono::seconds kPatience(10);

std::string FreeAddress() { return absl::StrCat("127.0.0.1:", FreePort()); }

// Each has its own socket, and looks again soon after the server is gone.
std::shared_ptr<grpc::Channel> Connect(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 10);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 50);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

std::vector<std::string> BackupFlags(const std::string& folder, const std::string& log) {
  return {absl::StrCat("--backup_dir=", folder, "/backups-of-", log)};
}

// Each service at its address.
Services OpenServices(const std::string& organization, const std::string& profiles,
                      const std::string& projects, const std::string& matches) {
  const std::vector<std::shared_ptr<grpc::Channel>> channels = {
      Connect(profiles), Connect(projects), Connect(matches)};
  return {{channels[0], profiles, organization},
          {channels[1], projects, organization},
          {channels[2], matches, organization},
          channels};
}

class OneProcessDeployment final : public Deployment {
 public:
  explicit OneProcessDeployment(const std::string& folder)
      : address_(FreeAddress()),
        server_(folder + "/data", {.listen = address_, .flags = BackupFlags(folder, "data")}) {}

  std::vector<ServerProcess*> Processes() override { return {&server_}; }
  ServerProcess* Matching() override { return &server_; }
  ServerProcess* Profiles() override { return &server_; }

  Services Open(const std::string& organization) const override {
    return OpenServices(organization, address_, address_, address_);
  }

 private:
  const std::string address_;
  ServerProcess server_;
};

class ThreeProcessDeployment final : public Deployment {
 public:
  explicit ThreeProcessDeployment(const std::string& folder)
      : profiles_(folder + "/profiles",
                  {.name = "troupe-profiles",
                   .listen = profiles_address_,
                   .flags = BackupFlags(folder, "profiles")}),
        projects_(folder + "/projects",
                  {.name = "troupe-projects",
                   .listen = projects_address_,
                   .flags = {BackupFlags(folder, "projects")[0],
                             "--profiles_address=" + profiles_address_}}),
        matching_(folder + "/matching",
                  {.name = "troupe-matching",
                   .listen = matching_address_,
                   .flags = {"--profiles_address=" + profiles_address_,
                             "--projects_address=" + projects_address_}}) {}

  std::vector<ServerProcess*> Processes() override {
    return {&profiles_, &projects_, &matching_};
  }
  ServerProcess* Matching() override { return &matching_; }
  ServerProcess* Profiles() override { return &profiles_; }

  Services Open(const std::string& organization) const override {
    return OpenServices(organization, profiles_address_, projects_address_, matching_address_);
  }

 private:
  const std::string profiles_address_ = FreeAddress();
  const std::string projects_address_ = FreeAddress();
  const std::string matching_address_ = FreeAddress();
  ServerProcess profiles_;
  ServerProcess projects_;
  ServerProcess matching_;
};

}  // namespace

void Services::AwaitConnected() const {
  const auto deadline = std::chrono::system_clock::now() + kPatience;
  for (const auto& channel : channels) channel->WaitForConnected(deadline);
}

absl::Status Deployment::Start() {
  for (ServerProcess* process : Processes()) process->Launch();
  for (ServerProcess* process : Processes()) TROUPE_RETURN_IF_ERROR(process->AwaitReady());
  return absl::OkStatus();
}

std::unique_ptr<Deployment> OneProcess(const std::string& folder) {
  return std::make_unique<OneProcessDeployment>(folder);
}

std::unique_ptr<Deployment> ThreeProcesses(const std::string& folder) {
  return std::make_unique<ThreeProcessDeployment>(folder);
}

}  // namespace troupe::testing
