#ifndef TROUPE_MATCHER_BASE_EXECUTOR_H_
#define TROUPE_MATCHER_BASE_EXECUTOR_H_

#include <functional>

namespace troupe {

// Runs work somewhere else, or at once. Implementations are thread-safe.
class Executor {
 public:
  virtual ~Executor() = default;

  // Runs `work` once, in any order with other work.
  virtual void Run(std::function<void()> work) = 0;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_BASE_EXECUTOR_H_
