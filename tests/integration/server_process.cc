#include "tests/integration/server_process.h"

#include <signal.h>

#include <filesystem>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace troupe::testing {
namespace {

constexpr absl::Duration kPause = absl::Milliseconds(5);
constexpr int kMostPauses = 24'000;  // Two minutes: under a sanitizer, on a busy machine.

}  // namespace

ServerProcess::ServerProcess(std::string data_directory)
    : ServerProcess(std::move(data_directory), Program()) {}

ServerProcess::ServerProcess(std::string data_directory, Program program)
    : data_directory_(std::move(data_directory)),
      program_(std::move(program)),
      port_file_(own_.Join("port")) {}

absl::Status ServerProcess::Start() {
  Launch();
  return AwaitReady();
}

void ServerProcess::Launch() {
  std::filesystem::remove(port_file_);  // It outlives a kill.
  std::vector<std::string> command{
      absl::StrCat(TROUPE_BINARIES "/", program_.name),
      absl::StrCat("--data_dir=", data_directory_), absl::StrCat("--listen=", program_.listen),
      absl::StrCat("--port_file=", port_file_), "--log_level=warning"};
  command.insert(command.end(), program_.flags.begin(), program_.flags.end());
  process_.emplace(command, ChildProcess::Surroundings{.err = own_.Join("err")});
}

absl::Status ServerProcess::AwaitReady() {
  absl::Status ready = AwaitPortFile();
  if (!ready.ok()) return ready;
  address_ = absl::StartsWith(program_.listen, "unix:")
                 ? program_.listen
                 : absl::StrCat("127.0.0.1:", absl::StripAsciiWhitespace(Contents(port_file_)));
  return absl::OkStatus();
}

absl::Status ServerProcess::AwaitPortFile() {
  for (int pauses = 0; pauses < kMostPauses; ++pauses) {
    if (HasPortFile()) return absl::OkStatus();
    if (const std::optional<int> code = process_->ExitCode(); code.has_value()) {
      return absl::FailedPreconditionError(
          absl::StrCat("ended with ", *code, ": ", Contents(own_.Join("err"))));
    }
    absl::SleepFor(kPause);
  }
  return absl::DeadlineExceededError(
      absl::StrCat("is not ready yet: ", Contents(own_.Join("err"))));
}

int ServerProcess::Terminate() {
  process_->Signal(SIGTERM);
  return process_->Wait();
}

void ServerProcess::Kill() {
  process_->Signal(SIGKILL);
  process_->Wait();
}

bool ServerProcess::HasPortFile() const { return std::filesystem::exists(port_file_); }

std::shared_ptr<grpc::Channel> ServerProcess::channel() const { return OpenChannel(address_); }

Connection ServerProcess::As(const std::string& organization) const {
  return Connection(channel(), address_, organization);
}

}  // namespace troupe::testing
