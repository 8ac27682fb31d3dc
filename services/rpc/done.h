#ifndef TROUPE_SERVICES_RPC_DONE_H_
#define TROUPE_SERVICES_RPC_DONE_H_

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "matcher/base/violation.h"

namespace troupe {

// Takes the answer to a call. Whoever holds it calls it once, from any thread,
// also when the call was cancelled: a call lives until it is answered.
template <typename Response>
using Done = std::function<void(absl::StatusOr<Response>)>;

// Wraps `done` so that it is called exactly once: later calls are ignored, and
// if the last copy is dropped unanswered, it gets INTERNAL, reason UNANSWERED.
template <typename Response>
Done<Response> ExactlyOnce(Done<Response> done) {
  class Guard {
   public:
    explicit Guard(Done<Response> done) : done_(std::move(done)) {}
    ~Guard() {
      Answer(ErrorWithReason(absl::StatusCode::kInternal, "UNANSWERED",
                             "the handler dropped the call without an answer"));
    }
    void Answer(absl::StatusOr<Response> response) {
      if (!answered_.exchange(true)) done_(std::move(response));
    }

   private:
    Done<Response> done_;
    std::atomic<bool> answered_ = false;
  };
  return [guard = std::make_shared<Guard>(std::move(done))](
             absl::StatusOr<Response> response) { guard->Answer(std::move(response)); };
}

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_DONE_H_
