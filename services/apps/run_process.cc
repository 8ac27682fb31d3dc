#include "services/apps/run_process.h"

#include <grpcpp/create_channel.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>

#include "absl/flags/declare.h"
#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/apps/server_flags.h"
#include "services/log/anchored_store.h"
#include "services/log/data_directory_report.h"
#include "services/rpc/channel_credentials.h"
#include "services/rpc/limits.h"
#include "services/rpc/logging.h"
#include "services/rpc/real_clock.h"
#include "services/rpc/stop_signals.h"

ABSL_DECLARE_FLAG(std::string, listen);
ABSL_FLAG(std::string, data_dir, "", "the folder that keeps the data; created if absent");
ABSL_FLAG(std::string, backup_dir, "", "the folder that backups go to; none: no backups");
ABSL_FLAG(bool, verify, false,
          "check that what is in --data_dir is whole, changing nothing, and end");
ABSL_FLAG(bool, reanchor, false,
          "take the log as it is, whatever its commit anchor says or is missing, and end");
ABSL_FLAG(std::string, profiles_address, "127.0.0.1:7101",
          "HOST:PORT of troupe-profiles, for the processes that follow it");
ABSL_FLAG(std::string, projects_address, "127.0.0.1:7102",
          "HOST:PORT of troupe-projects, for the process that follows it");

namespace troupe {
namespace {

// A server that went away is looked for this often at least.
constexpr int kMostReconnectMillis = 1000;

absl::StatusOr<TroupeProcess::Followed> FollowedAt(LogName log) {
  const bool is_profiles = log == LogName::kProfiles;
  const std::string address =
      absl::GetFlag(is_profiles ? FLAGS_profiles_address : FLAGS_projects_address);
  if (address.empty()) {
    return InvalidField(is_profiles ? "--profiles_address" : "--projects_address", "is not set",
                        absl::StrCat("give the HOST:PORT of troupe-", NameOf(log)));
  }
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kMostReconnectMillis);
  TROUPE_ASSIGN_OR_RETURN(const auto credentials,
                          ReloadingChannelCredentials(ClientTlsFromFlags()));
  return TroupeProcess::Followed{log,
                                 grpc::CreateCustomChannel(address, credentials, arguments)};
}

absl::StatusOr<TroupeProcess::Options> OptionsFromFlags(const ProcessRole& role) {
  TroupeProcess::Options options{.data_directory = absl::GetFlag(FLAGS_data_dir),
                                 .backup_directory = absl::GetFlag(FLAGS_backup_dir),
                                 .operator_organization = OperatorOrganizationFromFlags(),
                                 .stream_patience = StreamPatienceFromFlags(),
                                 .followed = {},
                                 .rpc = RpcOptionsFromFlags()};
  for (LogName log : role.follows) {
    TROUPE_ASSIGN_OR_RETURN(auto followed, FollowedAt(log));
    options.followed.push_back(std::move(followed));
  }
  return options;
}

// Flags that are about a log make no sense to a process without one.
absl::Status CheckNoLogFlags(const ProcessRole& role) {
  const auto refuse = [&](absl::string_view flag) {
    return InvalidField(flag, absl::StrCat("is set, but ", role.name, " keeps no log"),
                        "give it to the processes that do, and leave it out here");
  };
  if (absl::GetFlag(FLAGS_verify)) return refuse("--verify");
  if (absl::GetFlag(FLAGS_reanchor)) return refuse("--reanchor");
  if (!absl::GetFlag(FLAGS_backup_dir).empty()) return refuse("--backup_dir");
  return absl::OkStatus();
}

absl::Status ReanchorLog(const ProcessRole& role) {
  TROUPE_RETURN_IF_ERROR(Reanchor(absl::GetFlag(FLAGS_data_dir) + "/log"));
  std::cerr << role.name << ": the log has a new anchor\n";
  return absl::OkStatus();
}

absl::Status VerifyDataDirectory(const ProcessRole& role) {
  const std::string directory = absl::GetFlag(FLAGS_data_dir);
  if (ReportOnDataDirectory(directory, *role.owns, std::cout)) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat(directory, " is not whole"));
}

absl::Status Serve(const ProcessRole& role, StopSignals& stop) {
  TROUPE_RETURN_IF_ERROR(LogToStderr(LogLevelFromFlags()));
  if (!role.owns.has_value()) TROUPE_RETURN_IF_ERROR(CheckNoLogFlags(role));
  if (absl::GetFlag(FLAGS_verify)) return VerifyDataDirectory(role);
  if (absl::GetFlag(FLAGS_reanchor)) return ReanchorLog(role);
  TROUPE_ASSIGN_OR_RETURN(const TroupeProcess::Options options, OptionsFromFlags(role));
  const RealClock clock;
  TROUPE_ASSIGN_OR_RETURN(const auto process, TroupeProcess::Start(role, options, &clock));
  std::cerr << role.name << ": serving on port " << process->port() << "\n";
  stop.Wait();
  std::cerr << role.name << ": draining\n";
  process->Drain();
  return absl::OkStatus();
}

}  // namespace

int RunProcess(int argc, char** argv, const ProcessRole& role, const char* usage,
               const char* default_listen) {
  StopSignals stop;  // Before any thread.
  absl::SetProgramUsageMessage(usage);
  absl::SetFlag(&FLAGS_listen, default_listen);
  absl::ParseCommandLine(argc, argv);
  const absl::Status served = Serve(role, stop);
  if (served.ok()) return EXIT_SUCCESS;
  std::cerr << role.name << ": " << served.message() << "\n";
  return EXIT_FAILURE;
}

}  // namespace troupe
