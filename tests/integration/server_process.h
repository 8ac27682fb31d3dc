#ifndef TROUPE_TESTS_INTEGRATION_SERVER_PROCESS_H_
#define TROUPE_TESTS_INTEGRATION_SERVER_PROCESS_H_

#include <grpcpp/channel.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/cli/connection.h"
#include "tests/integration/child_process.h"
#include "tests/testing/temp_directory.h"

namespace troupe::testing {

// A server of this build, by itself troupe-server on a free port of 127.0.0.1.
// Killed at destruction. Thread-compatible.
//
//   ServerProcess server(folder.Join("data"));
//   ASSERT_THAT(server.Start(), IsOk());
//   const Connection crew = server.As("crew");
class ServerProcess {
 public:
  struct Program {
    std::string name = "troupe-server";
    std::string listen = "127.0.0.1:0";
    std::vector<std::string> flags;  // Beside those that every server has.
  };

  // It will keep its data in `data_directory`, whose parent exists.
  explicit ServerProcess(std::string data_directory);
  ServerProcess(std::string data_directory, Program program);

  // Returns once it serves. FAILED_PRECONDITION: it ended instead, with this
  // exit code and message. Not while it runs.
  absl::Status Start();

  // The same in two steps: the second returns once it serves.
  void Launch();
  absl::Status AwaitReady();

  // Asks it to end, with SIGTERM, and waits. Its exit code.
  int Terminate();

  // Ends it as a power cut would, with SIGKILL, and waits.
  void Kill();

  const std::string& data_directory() const { return data_directory_; }
  bool HasPortFile() const;

  // Of the last start, while it was not waited for:
  int pid() const { return process_->pid(); }
  bool HasEnded() { return process_->ExitCode().has_value(); }

  // Of the last start:
  const std::string& address() const { return address_; }
  std::shared_ptr<grpc::Channel> channel() const;
  // Calls on behalf of this organization.
  Connection As(const std::string& organization) const;

 private:
  absl::Status AwaitPortFile();

  const std::string data_directory_;
  const Program program_;
  TempDirectory own_;  // What else it writes.
  const std::string port_file_;
  std::string address_;
  std::optional<ChildProcess> process_;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_INTEGRATION_SERVER_PROCESS_H_
