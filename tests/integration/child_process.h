#ifndef TROUPE_TESTS_INTEGRATION_CHILD_PROCESS_H_
#define TROUPE_TESTS_INTEGRATION_CHILD_PROCESS_H_

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace troupe::testing {

// Another program that runs beside the test. If it still runs at destruction,
// it is killed, and waited for. Ends the test program if it cannot be started.
// Thread-compatible.
class ChildProcess {
 public:
  // Where it runs, and the files that are its standard streams.
  struct Surroundings {
    std::string directory = "/";
    std::string in = "/dev/null";
    std::string out = "/dev/null";
    std::string err = "/dev/null";
  };

  // Starts command[0], a path, with the rest as arguments. It gets this
  // program's environment without the variables that begin with TROUPE_.
  ChildProcess(const std::vector<std::string>& command, const Surroundings& surroundings);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  pid_t pid() const { return pid_; }

  // Nothing, if it has ended.
  void Signal(int number);

  // Waits until it ends. Its exit code; minus the number of the signal that
  // ended it.
  int Wait();

  // As Wait, if it has ended.
  std::optional<int> ExitCode();

 private:
  std::optional<int> Reap(int options);

  pid_t pid_ = 0;
  std::optional<int> exit_code_;
};

// All that the file `path` holds; empty if there is none.
std::string Contents(const std::string& path);
void WriteFile(const std::string& path, const std::string& contents);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_INTEGRATION_CHILD_PROCESS_H_
