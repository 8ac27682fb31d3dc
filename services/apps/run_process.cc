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
#include "absl/flags/usage_config.h"
#include "absl/strings/match.h"
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
#include "services/rpc/tls_server_keys.h"

ABSL_DECLARE_FLAG(std::string, listen);
ABSL_FLAG(std::string, data_dir, "", "the folder that keeps the data; created if absent");
ABSL_FLAG(std::string, backup_dir, "", "the folder that backups go to; none: no backups");
ABSL_FLAG(bool, verify, false,
          "check that what is in --data_dir is whole, changing nothing, and end");
ABSL_FLAG(bool, reanchor, false,
          "take the log as it is, whatever its commit anchor says or if it is missing, and end");
ABSL_FLAG(std::string, profiles_address, "127.0.0.1:7101",
          "HOST:PORT of troupe-profiles, for the processes that follow it");
ABSL_FLAG(std::string, projects_address, "127.0.0.1:7102",
          "HOST:PORT of troupe-projects, for the process that follows it, and for troupe-profiles, "
          "which asks it for seats");
ABSL_FLAG(std::string, matching_address, "127.0.0.1:7103",
          "HOST:PORT of troupe-matching, for troupe-profiles, which asks it for replacements");

namespace troupe {
namespace {

// A server that went away is looked for this often at least.
constexpr int kMostReconnectMillis = 1000;
// One that is silent meanwhile, in a call, is asked for a sign of life.
constexpr absl::Duration kPeerKeepaliveTime = absl::Seconds(30);
static_assert(kPeerKeepaliveTime > kLeastPingInterval);

// To the process `name` ("profiles"), which is at `address`.
absl::StatusOr<std::shared_ptr<grpc::Channel>> ChannelTo(absl::string_view name,
                                                         const std::string& address) {
  if (address.empty()) {
    return InvalidField(absl::StrCat("--", name, "_address"), "is not set",
                        absl::StrCat("give the HOST:PORT of troupe-", name));
  }
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kMostReconnectMillis);
  // So that calls without a deadline end when the other machine is gone.
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);  // As many as it takes.
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS,
                   static_cast<int>(absl::ToInt64Milliseconds(kPeerKeepaliveTime)));
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS,
                   static_cast<int>(absl::ToInt64Milliseconds(kKeepaliveTimeout)));
  TROUPE_ASSIGN_OR_RETURN(const auto credentials,
                          ReloadingChannelCredentials(ClientTlsFromFlags()));
  return grpc::CreateCustomChannel(address, credentials, arguments);
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> ChannelToProjects() {
  return ChannelTo("projects", absl::GetFlag(FLAGS_projects_address));
}

absl::StatusOr<TroupeProcess::Options> OptionsFromFlags(const ProcessRole& role) {
  TroupeProcess::Options options{.data_directory = absl::GetFlag(FLAGS_data_dir),
                                 .backup_directory = absl::GetFlag(FLAGS_backup_dir),
                                 .operator_organization = OperatorOrganizationFromFlags(),
                                 .stream_patience = StreamPatienceFromFlags(),
                                 .followed = {},
                                 .rpc = RpcOptionsFromFlags()};
  // Before the same files are read for the calls to others, which may need fewer.
  if (!options.rpc.tls.IsEmpty()) {
    TROUPE_RETURN_IF_ERROR(TlsServerKeys::CheckNamed(options.rpc.tls));
  }
  for (LogName log : role.follows) {
    TROUPE_ASSIGN_OR_RETURN(auto channel,
                            log == LogName::kProjects
                                ? ChannelToProjects()
                                : ChannelTo("profiles", absl::GetFlag(FLAGS_profiles_address)));
    options.followed.push_back({log, std::move(channel)});
  }
  if (role.KeepsProfiles() && !role.KeepsProjects()) {
    TROUPE_ASSIGN_OR_RETURN(options.projects, ChannelToProjects());
    TROUPE_ASSIGN_OR_RETURN(options.matches,
                            ChannelTo("matching", absl::GetFlag(FLAGS_matching_address)));
  }
  return options;
}

absl::Status ReanchorLog(const ProcessRole& role) {
  TROUPE_RETURN_IF_ERROR(Reanchor(absl::GetFlag(FLAGS_data_dir) + "/log"));
  std::cerr << role.name << ": the log has a new anchor\n";
  return absl::OkStatus();
}

absl::Status VerifyDataDirectory(const ProcessRole& role) {
  const std::string directory = absl::GetFlag(FLAGS_data_dir);
  if (ReportOnDataDirectory(directory, role.owns, std::cout)) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat(directory, " is not whole"));
}

absl::Status Serve(const ProcessRole& role, StopSignals& stop, ProtocolSteps* steps,
                   const Clock& clock) {
  TROUPE_RETURN_IF_ERROR(LogToStderr(LogLevelFromFlags()));
  if (absl::GetFlag(FLAGS_verify)) return VerifyDataDirectory(role);
  if (absl::GetFlag(FLAGS_reanchor)) return ReanchorLog(role);
  TROUPE_ASSIGN_OR_RETURN(TroupeProcess::Options options, OptionsFromFlags(role));
  options.steps = steps;
  TROUPE_ASSIGN_OR_RETURN(const auto process, TroupeProcess::Start(role, options, &clock));
  std::cerr << role.name << ": serving on port " << process->port() << "\n";
  stop.Wait();
  std::cerr << role.name << ": draining\n";
  process->Drain();
  return absl::OkStatus();
}

// What --help lists: our flags, not those of the libraries.
constexpr absl::string_view kOurs = "services/apps/";
bool IsOurs(absl::string_view file) { return absl::StrContains(file, kOurs); }

// And what it calls their file, wherever that was compiled.
std::string InTheSource(absl::string_view file) {
  return std::string(file.substr(IsOurs(file) ? file.find(kOurs) : 0));
}

}  // namespace

int RunProcess(int argc, char** argv, const ProcessRole& role, const char* usage,
               const char* default_listen, ProtocolSteps* steps, const Clock* clock) {
  StopSignals stop;  // Before any thread.
  absl::SetProgramUsageMessage(usage);
  absl::SetFlagsUsageConfig({.contains_help_flags = IsOurs, .normalize_filename = InTheSource});
  absl::SetFlag(&FLAGS_listen, default_listen);
  absl::ParseCommandLine(argc, argv);
  const RealClock real_clock;
  const absl::Status served = Serve(role, stop, steps, clock != nullptr ? *clock : real_clock);
  if (served.ok()) return EXIT_SUCCESS;
  std::cerr << role.name << ": " << served.message() << "\n";
  return EXIT_FAILURE;
}

}  // namespace troupe
