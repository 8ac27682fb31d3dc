#include "services/cli/interrupt.h"

#include <signal.h>
#include <unistd.h>

#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace troupe {
namespace {

int wake_pipe[2];  // All that a signal handler may touch.

extern "C" void WakeUp(int) {
  const char byte = 0;
  [[maybe_unused]] const ssize_t written = write(wake_pipe[1], &byte, 1);
}

// Who is to be told, by a thread that sleeps until a signal wakes it.
class Interruption {
 public:
  Interruption() {
    if (pipe(wake_pipe) != 0) return;  // The signals end the program, then.
    std::thread([this] { Await(); }).detach();
    struct sigaction action = {};
    action.sa_handler = WakeUp;
    action.sa_flags = SA_RESTART;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
  }

  bool Tell(std::function<void()> stop) {
    absl::MutexLock lock(&mutex_);
    if (happened_) return false;
    stop_ = std::move(stop);
    return true;
  }

 private:
  void Await() {
    char byte = 0;
    while (read(wake_pipe[0], &byte, 1) != 1) {
    }
    signal(SIGINT, SIG_DFL);  // A second one does not wait for a clean end.
    std::function<void()> stop;
    {
      absl::MutexLock lock(&mutex_);
      happened_ = true;
      stop.swap(stop_);
    }
    if (stop != nullptr) stop();
  }

  absl::Mutex mutex_;
  bool happened_ ABSL_GUARDED_BY(mutex_) = false;
  std::function<void()> stop_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

bool OnInterrupt(std::function<void()> stop) {
  static Interruption& interruption = *new Interruption();
  return interruption.Tell(std::move(stop));
}

}  // namespace troupe
