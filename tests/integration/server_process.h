#ifndef TROUPE_TESTS_INTEGRATION_SERVER_PROCESS_H_
#define TROUPE_TESTS_INTEGRATION_SERVER_PROCESS_H_

#include <grpcpp/channel.h>

#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "services/cli/connection.h"
#include "tests/integration/child_process.h"
#include "tests/testing/temp_directory.h"

namespace troupe::testing {

// The troupe-server of this build, on a free port of 127.0.0.1. Killed at
// destruction. Thread-compatible.
//
//   ServerProcess server(folder.Join("data"));
//   ASSERT_THAT(server.Start(), IsOk());
//   const Connection crew = server.As("crew");
class ServerProcess {
 public:
  // It will keep its data in `data_directory`, whose parent exists.
  explicit ServerProcess(std::string data_directory);

  // Returns once it serves. FAILED_PRECONDITION: it ended instead, with this
  // exit code and message. Not while it runs.
  absl::Status Start();

  // Asks it to end, with SIGTERM, and waits. Its exit code.
  int Terminate();

  // Ends it as a power cut would, with SIGKILL, and waits.
  void Kill();

  const std::string& data_directory() const { return data_directory_; }
  bool HasPortFile() const;

  // Of the last start:
  const std::string& address() const { return address_; }
  std::shared_ptr<grpc::Channel> channel() const;
  // Calls on behalf of this organization.
  Connection As(const std::string& organization) const;

 private:
  absl::Status AwaitPortFile();

  const std::string data_directory_;
  TempDirectory own_;  // What else it writes.
  const std::string port_file_;
  std::string address_;
  std::optional<ChildProcess> process_;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_INTEGRATION_SERVER_PROCESS_H_
