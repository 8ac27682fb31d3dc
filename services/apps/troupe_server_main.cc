#include <cstdlib>
#include <iostream>
#include <string>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "services/apps/embedded_server.h"
#include "services/apps/server_flags.h"
#include "services/log/anchored_store.h"
#include "services/rpc/logging.h"
#include "services/rpc/real_clock.h"
#include "services/rpc/stop_signals.h"

ABSL_FLAG(std::string, data_dir, "", "the folder that keeps the data; created if absent");
ABSL_FLAG(bool, reanchor, false,
          "take the log as it is, whatever its commit anchor says or is missing, and end");

namespace {

int Fail(const absl::Status& status) {
  std::cerr << "troupe-server: " << status.message() << "\n";
  return EXIT_FAILURE;
}

}  // namespace

int main(int argc, char** argv) {
  troupe::StopSignals stop;  // Before any thread.
  absl::SetProgramUsageMessage("serves profiles, projects and matches from one folder");
  absl::ParseCommandLine(argc, argv);
  if (absl::Status set = troupe::LogToStderr(troupe::LogLevelFromFlags()); !set.ok()) {
    return Fail(set);
  }
  if (absl::GetFlag(FLAGS_reanchor)) {
    const absl::Status done = troupe::Reanchor(absl::GetFlag(FLAGS_data_dir) + "/log");
    if (done.ok()) std::cerr << "troupe-server: the log has a new anchor\n";
    return done.ok() ? EXIT_SUCCESS : Fail(done);
  }
  const troupe::RealClock clock;
  auto server = troupe::EmbeddedServer::Start(
      {.data_directory = absl::GetFlag(FLAGS_data_dir),
       .operator_organization = troupe::OperatorOrganizationFromFlags(),
       .rpc = troupe::RpcOptionsFromFlags()},
      &clock);
  if (!server.ok()) return Fail(server.status());
  std::cerr << "troupe-server: serving on port " << (*server)->port() << "\n";
  stop.Wait();
  std::cerr << "troupe-server: draining\n";
  (*server)->Drain();
  return EXIT_SUCCESS;
}
