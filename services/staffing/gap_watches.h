#ifndef TROUPE_SERVICES_STAFFING_GAP_WATCHES_H_
#define TROUPE_SERVICES_STAFFING_GAP_WATCHES_H_

#include <cstddef>
#include <memory>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "matcher/base/clock.h"
#include "matcher/base/executor.h"
#include "services/log/view.h"
#include "services/rpc/call.h"
#include "services/rpc/response_sink.h"
#include "services/rpc/retry_timer.h"
#include "troupe/v1/staffing_service.pb.h"

namespace troupe {

// The open streams of WatchGaps. Looks once a second whether the view has changed for those
// whose interval is over, and analyses for one of them at a time: the others wait, and no
// thread does. A watch keeps what it has told, and at most two answers that its client has
// not taken. Thread-safe.
class GapWatches : public std::enable_shared_from_this<GapWatches> {
 public:
  static constexpr size_t kMost = 16;
  using Sink = ResponseSink<v1::WatchGapsResponse>;

  // All of them outlive the watches that it opens. Made as a shared_ptr, because the timer
  // may call when all is over.
  GapWatches(const View* view, Executor* executor, const Clock* clock, RetryTimer* timer)
      : view_(view), executor_(executor), clock_(clock), timer_(timer) {}

  // Answers `request` into `sink`, as staffing_service.proto says.
  void Open(std::shared_ptr<const Call> call, const v1::WatchGapsRequest& request,
            std::shared_ptr<Sink> sink);

 private:
  struct Watch;

  // Begins the analysis that is due first, unless one is under way, and sees to it that
  // somebody looks again.
  void Proceed();
  // The watch that is due first, if any.
  std::shared_ptr<Watch> NextDue() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void LookLater();
  void Analyze(const std::shared_ptr<Watch>& watch);
  absl::StatusOr<v1::AnalyzeGapsResponse> Answer(const Watch& watch, const ViewSnapshot& now) const;
  void Tell(const std::shared_ptr<Watch>& watch, v1::AnalyzeGapsResponse answer);
  void Write(const std::shared_ptr<Watch>& watch, v1::WatchGapsResponse response);
  void OnWritten(const std::shared_ptr<Watch>& watch, const absl::Status& written);
  void End(const std::shared_ptr<Watch>& watch, absl::Status status);

  const View* const view_;
  Executor* const executor_;
  const Clock* const clock_;
  RetryTimer* const timer_;

  absl::Mutex mutex_;
  std::vector<std::shared_ptr<Watch>> open_ ABSL_GUARDED_BY(mutex_);
  bool is_analysing_ ABSL_GUARDED_BY(mutex_) = false;
  bool will_look_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_STAFFING_GAP_WATCHES_H_
