#include "tests/integration/troupe_command.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/integration/child_process.h"

namespace troupe::testing {

TroupeCommand::Result TroupeCommand::operator()(const std::vector<std::string>& arguments) {
  std::vector<std::string> command = {TROUPE_BINARY, absl::StrCat("--server=", address_)};
  command.insert(command.end(), arguments.begin(), arguments.end());
  ChildProcess process(command, {.directory = folder_.path(),
                                 .out = streams_.Join("out"),
                                 .err = streams_.Join("err")});
  const int exit_code = process.Wait();
  return {exit_code, Contents(streams_.Join("out")), Contents(streams_.Join("err"))};
}

std::string TroupeCommand::Json(const std::vector<std::string>& arguments) {
  std::vector<std::string> all = {"--json"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  const Result result = (*this)(all);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  return result.out;
}

}  // namespace troupe::testing
