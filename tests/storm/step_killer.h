#ifndef TROUPE_TESTS_STORM_STEP_KILLER_H_
#define TROUPE_TESTS_STORM_STEP_KILLER_H_

#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "services/rpc/protocol_steps.h"

namespace troupe::testing {

// What to do at a step, as a test writes it into a file that a server reads at
// each of its steps. Constant.
struct StepOrder {
  int step = 0;      // Of those from now on, counted from 1. 0: list all of them.
  int victim = 0;    // The process that is killed then; 0: the one whose step it is.
  int number = 0;    // Sets it apart from the orders before.

  std::string ToString() const;
};

// Kills a process, as kill -9 does, at the step that the file `path` orders. The
// order is gone then, and `path`.hit names the step. Thread-safe.
class StepKiller final : public ProtocolSteps {
 public:
  explicit StepKiller(std::string path) : path_(std::move(path)) {}

  void Reached(absl::string_view step) override;

 private:
  const std::string path_;
  absl::Mutex mutex_;
  std::string order_ ABSL_GUARDED_BY(mutex_);
  int steps_ ABSL_GUARDED_BY(mutex_) = 0;  // Since there is this order.
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_STORM_STEP_KILLER_H_
