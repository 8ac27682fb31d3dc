#include "tests/integration/child_process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

#include "absl/strings/match.h"

namespace troupe::testing {
namespace {

std::vector<char*> Pointers(const std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

// The server and the organization come from the test, not from its caller.
std::vector<char*> Environment() {
  std::vector<char*> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    if (!absl::StartsWith(*variable, "TROUPE_")) variables.push_back(*variable);
  }
  variables.push_back(nullptr);
  return variables;
}

// What happens in the new process before the program begins.
class Preparations {
 public:
  explicit Preparations(const ChildProcess::Surroundings& surroundings) {
    constexpr int kWrite = O_WRONLY | O_CREAT | O_TRUNC;
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addchdir_np(&actions_, surroundings.directory.c_str());
    Open(STDIN_FILENO, surroundings.in, O_RDONLY);
    Open(STDOUT_FILENO, surroundings.out, kWrite);
    Open(STDERR_FILENO, surroundings.err, kWrite);
  }
  ~Preparations() { posix_spawn_file_actions_destroy(&actions_); }
  Preparations(const Preparations&) = delete;
  Preparations& operator=(const Preparations&) = delete;

  const posix_spawn_file_actions_t* actions() const { return &actions_; }

 private:
  void Open(int descriptor, const std::string& path, int flags) {
    posix_spawn_file_actions_addopen(&actions_, descriptor, path.c_str(), flags, 0600);
  }

  posix_spawn_file_actions_t actions_;
};

}  // namespace

// Not fork: the threads of gRPC do not live on in a copy of the test.
ChildProcess::ChildProcess(const std::vector<std::string>& command,
                           const Surroundings& surroundings) {
  const Preparations preparations(surroundings);
  const int error = posix_spawn(&pid_, command[0].c_str(), preparations.actions(), nullptr,
                                Pointers(command).data(), Environment().data());
  if (error == 0) return;
  std::cerr << "cannot start " << command[0] << ": " << std::strerror(error) << "\n";
  abort();
}

ChildProcess::~ChildProcess() {
  if (ExitCode().has_value()) return;
  Signal(SIGKILL);
  Wait();
}

void ChildProcess::Signal(int number) {
  if (!exit_code_.has_value()) kill(pid_, number);
}

int ChildProcess::Wait() { return Reap(0).value(); }

std::optional<int> ChildProcess::ExitCode() { return Reap(WNOHANG); }

std::optional<int> ChildProcess::Reap(int options) {
  if (exit_code_.has_value()) return exit_code_;
  int status = 0;
  pid_t ended;
  do {
    ended = waitpid(pid_, &status, options);
  } while (ended < 0 && errno == EINTR);
  if (ended == pid_) exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  return exit_code_;
}

std::string Contents(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

void WriteFile(const std::string& path, const std::string& contents) {
  std::ofstream(path, std::ios::binary) << contents;
}

}  // namespace troupe::testing
