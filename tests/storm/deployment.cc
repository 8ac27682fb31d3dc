#include "tests/storm/deployment.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "matcher/base/status_macros.h"
#include "services/rpc/limits.h"
#include "tests/storm/free_port.h"
#include "tests/storm/own_channel.h"

namespace troupe::testing {
namespace {

constexpr std::chrono::seconds kPatience(10);

std::string FreeAddress() { return absl::StrCat("127.0.0.1:", FreePort()); }

std::vector<std::string> BackupFlags(const std::string& folder, const std::string& log) {
  return {absl::StrCat("--backup_dir=", folder, "/backups-of-", log)};
}

// troupe-server or "troupe-" and another role; with `clock_file`, the server of
// tests in that role.
ServerProcess::Program ProgramOf(const std::string& role, const std::string& address,
                                 std::vector<std::string> flags, const std::string& clock_file) {
  ServerProcess::Program program{.name = absl::StrCat("troupe-", role), .listen = address};
  if (!clock_file.empty()) {
    program.name = "troupe-clocked-server";
    flags.push_back(absl::StrCat("--role=", role));
    flags.push_back(absl::StrCat("--clock_file=", clock_file));
  }
  program.flags = std::move(flags);
  return program;
}

// Each service at its address.
Services OpenServices(const std::string& organization, const std::string& profiles,
                      const std::string& projects, const std::string& matches) {
  const std::vector<std::shared_ptr<grpc::Channel>> channels = {
      OwnChannel(profiles), OwnChannel(projects), OwnChannel(matches)};
  return {{channels[0], profiles, organization},
          {channels[1], projects, organization},
          {channels[2], matches, organization},
          channels};
}

class OneProcessDeployment final : public Deployment {
 public:
  OneProcessDeployment(const std::string& folder, const std::string& clock_file)
      : address_(FreeAddress()),
        server_(folder + "/data",
                ProgramOf("server", address_, BackupFlags(folder, "data"), clock_file)) {}

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
  ThreeProcessDeployment(const std::string& folder, const std::string& clock_file)
      : profiles_(folder + "/profiles",
                  ProgramOf("profiles", profiles_address_,
                            {BackupFlags(folder, "profiles")[0],
                             "--projects_address=" + projects_address_,
                             "--matching_address=" + matching_address_},
                            clock_file)),
        projects_(folder + "/projects",
                  ProgramOf("projects", projects_address_,
                            {BackupFlags(folder, "projects")[0],
                             "--profiles_address=" + profiles_address_},
                            clock_file)),
        matching_(folder + "/matching",
                  ProgramOf("matching", matching_address_,
                            {"--profiles_address=" + profiles_address_,
                             "--projects_address=" + projects_address_},
                            clock_file)) {}

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

int KillWhileItStarts(ServerProcess& process, absl::Duration most, Dice& dice) {
  int kills = 0;
  while (dice.OneIn(4)) {
    process.Launch();
    absl::SleepFor(most * (static_cast<double>(dice.Between(0, 100)) / 100));
    process.Kill();
    ++kills;
  }
  return kills;
}

std::unique_ptr<Deployment> OneProcess(const std::string& folder) {
  return std::make_unique<OneProcessDeployment>(folder, "");
}

std::unique_ptr<Deployment> ThreeProcesses(const std::string& folder) {
  return std::make_unique<ThreeProcessDeployment>(folder, "");
}

std::unique_ptr<Deployment> OneClockedProcess(const std::string& folder,
                                              const std::string& clock_file) {
  return std::make_unique<OneProcessDeployment>(folder, clock_file);
}

std::unique_ptr<Deployment> ThreeClockedProcesses(const std::string& folder,
                                                  const std::string& clock_file) {
  return std::make_unique<ThreeProcessDeployment>(folder, clock_file);
}

}  // namespace troupe::testing
