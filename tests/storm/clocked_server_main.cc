// A server of any role whose clock a storm steps, so that deadlines of days pass
// in seconds. Only for tests.
#include <iostream>
#include <optional>
#include <string>

#include "absl/flags/flag.h"
#include "absl/strings/strip.h"
#include "services/apps/run_process.h"
#include "tests/storm/stepped_clock.h"

ABSL_FLAG(std::string, role, "server", "server, profiles, projects or matching");
ABSL_FLAG(std::string, clock_file, "", "the file of the clock, which a storm steps");

namespace {

// RunProcess parses all flags; these are needed before.
std::string Early(int argc, char** argv, absl::string_view prefix) {
  for (int i = 1; i < argc; ++i) {
    absl::string_view argument = argv[i];
    if (absl::ConsumePrefix(&argument, prefix)) return std::string(argument);
  }
  return "";
}

const troupe::ProcessRole& RoleOf(const std::string& name) {
  if (name == "profiles") return troupe::ProfilesRole();
  if (name == "projects") return troupe::ProjectsRole();
  if (name == "matching") return troupe::MatchingRole();
  return troupe::ServerRole();
}

}  // namespace

int main(int argc, char** argv) {
  const std::string file = Early(argc, argv, "--clock_file=");
  if (file.empty()) {
    std::cerr << "--clock_file=FILE is required: this server is for tests\n";
    return 2;
  }
  const troupe::testing::SteppedClock clock(file);
  return troupe::RunProcess(argc, argv, RoleOf(Early(argc, argv, "--role=")),
                            "serves with a clock that tests step", "127.0.0.1:0", nullptr, &clock);
}
