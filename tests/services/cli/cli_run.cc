#include "tests/services/cli/cli_run.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>

#include "gtest/gtest.h"
#include "services/cli/run_troupe.h"
#include "tests/testing/fake_clock.h"

namespace troupe::testing {

CliResult RunCli(FakeTroupe& server, std::vector<std::string> arguments, const std::string& in,
                 int width) {
  arguments.insert(arguments.begin(), "troupe");
  std::vector<const char*> argv;
  for (const std::string& argument : arguments) argv.push_back(argument.c_str());
  std::istringstream input(in);
  std::ostringstream out;
  std::ostringstream err;
  const FakeClock clock;
  CliResult result;
  const Host host = {.streams = {.in = input, .out = out, .err = err, .width = width},
                     .clock = clock,
                     .open_channel = [&](const auto&, const auto&) { return server.NewChannel(); },
                     .on_interrupt =
                         [&](std::function<void()> stop) {
                           server.on_interrupt = std::move(stop);
                           return !server.interrupted;
                         },
                     .pause = [&](absl::Duration) { ++result.pauses; }};
  result.exit_code = RunTroupe(static_cast<int>(argv.size()), argv.data(), host);
  result.out = out.str();
  result.err = err.str();
  return result;
}

std::string TestPath(const std::string& name) {
  const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
  const std::filesystem::path folder = std::filesystem::path(::testing::TempDir()) /
                                       (std::string(test->test_suite_name()) + "." + test->name());
  std::filesystem::create_directories(folder);
  return folder / name;
}

std::string WriteTestFile(const std::string& name, const std::string& text) {
  const std::string path = TestPath(name);
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

std::string ReadTestFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace troupe::testing
