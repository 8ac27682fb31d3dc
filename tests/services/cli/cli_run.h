#ifndef TROUPE_TESTS_SERVICES_CLI_CLI_RUN_H_
#define TROUPE_TESTS_SERVICES_CLI_CLI_RUN_H_

#include <string>
#include <vector>

#include "services/cli/streams.h"
#include "tests/services/cli/fake_troupe.h"

namespace troupe::testing {

// What a run of the client came to.
struct CliResult {
  int exit_code = 0;
  std::string out;
  std::string err;
  int pauses = 0;  // How often it waited for a lost server.
};

// Runs "troupe ARGUMENTS" against `server`, at noon of 2026-03-01, in a terminal
// `width` columns wide that reads `in`.
CliResult RunCli(FakeTroupe& server, std::vector<std::string> arguments,
                 const std::string& in = "", int width = Streams::kNoWidth);

// Where a test may write `name`: in a folder of its own.
std::string TestPath(const std::string& name);

// Writes a file of the test and returns its path.
std::string WriteTestFile(const std::string& name, const std::string& text);

std::string ReadTestFile(const std::string& path);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_SERVICES_CLI_CLI_RUN_H_
