#ifndef TROUPE_TESTS_INTEGRATION_TROUPE_COMMAND_H_
#define TROUPE_TESTS_INTEGRATION_TROUPE_COMMAND_H_

#include <string>
#include <utility>
#include <vector>

#include "tests/testing/temp_directory.h"

namespace troupe::testing {

// The `troupe` of this build, run in a folder of its own. Thread-compatible.
class TroupeCommand {
 public:
  struct Result {
    int exit_code = 0;
    std::string out;
    std::string err;
  };

  // It asks the server at `address`.
  explicit TroupeCommand(std::string address) : address_(std::move(address)) {}

  Result operator()(const std::vector<std::string>& arguments);

  // What it writes to standard output with --json. Fails the test if it fails.
  std::string Json(const std::vector<std::string>& arguments);

  // Where it runs.
  const TempDirectory& folder() const { return folder_; }

 private:
  const std::string address_;
  TempDirectory folder_;
  TempDirectory streams_;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_INTEGRATION_TROUPE_COMMAND_H_
