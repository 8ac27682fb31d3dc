#ifndef TROUPE_SERVICES_RPC_THREAD_POOL_H_
#define TROUPE_SERVICES_RPC_THREAD_POOL_H_

#include <functional>
#include <memory>

#include "matcher/base/executor.h"

namespace troupe {

// A fixed number of threads that run work in the order it came. The queue has
// no bound of its own: Admission bounds the calls, and each call queues little.
// Thread-safe.
class ThreadPool final : public Executor {
 public:
  // As many threads as the machine has processors, at least 4.
  static int DefaultThreads();

  explicit ThreadPool(int threads = DefaultThreads());
  ~ThreadPool() override;  // Runs what is queued, then returns.

  void Run(std::function<void()> work) override;

 private:
  class Threads;
  std::unique_ptr<Threads> threads_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_THREAD_POOL_H_
