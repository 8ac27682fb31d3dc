#include <cstdlib>
#include <iostream>
#include <string>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "services/apps/embedded_server.h"
#include "services/log/anchored_store.h"
#include "services/rpc/logging.h"
#include "services/rpc/real_clock.h"
#include "services/rpc/stop_signals.h"

ABSL_FLAG(std::string, data_dir, "", "the folder that keeps the data; created if absent");
ABSL_FLAG(std::string, listen, "127.0.0.1:7100", "HOST:PORT; port 0 takes any that is free");
ABSL_FLAG(std::string, port_file, "", "a file that holds the port while the server is ready");
ABSL_FLAG(std::string, operator_organization, "operator", "who may ask for statistics");
ABSL_FLAG(bool, reanchor, false,
          "take the log as it is, whatever its commit anchor says or is missing, and end");
ABSL_FLAG(std::string, log_level, "info", "debug, info, warning or error");

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
  if (absl::Status set = troupe::LogToStderr(absl::GetFlag(FLAGS_log_level)); !set.ok()) {
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
       .operator_organization = absl::GetFlag(FLAGS_operator_organization),
       .rpc = {.listen = absl::GetFlag(FLAGS_listen),
               .port_file = absl::GetFlag(FLAGS_port_file)}},
      &clock);
  if (!server.ok()) return Fail(server.status());
  std::cerr << "troupe-server: serving on port " << (*server)->port() << "\n";
  stop.Wait();
  std::cerr << "troupe-server: draining\n";
  (*server)->Drain();
  return EXIT_SUCCESS;
}
