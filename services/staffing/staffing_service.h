#ifndef TROUPE_SERVICES_STAFFING_STAFFING_SERVICE_H_
#define TROUPE_SERVICES_STAFFING_STAFFING_SERVICE_H_

#include <atomic>
#include <memory>

#include "matcher/base/clock.h"
#include "services/log/view.h"
#include "services/rpc/call.h"
#include "services/rpc/done.h"
#include "services/rpc/response_sink.h"
#include "services/rpc/retry_timer.h"
#include "services/rpc/thread_pool.h"
#include "services/staffing/gap_watches.h"
#include "troupe/v1/staffing_service.pb.h"

namespace troupe {

// Says where people are missing, and who of a crew can learn beside whom, as
// staffing_service.proto says. Reads from the view, on threads of its own: that may take
// long. Thread-safe.
class StaffingService {
 public:
  static constexpr int kMostAtOnce = 2;

  // All of them outlive it, and it outlives its calls.
  StaffingService(const View* view, const Clock* clock, RetryTimer* timer)
      : view_(view), watches_(std::make_shared<GapWatches>(view, &threads_, clock, timer)) {}

  void AnalyzeGaps(std::shared_ptr<const Call> call, const v1::AnalyzeGapsRequest& request,
                   Done<v1::AnalyzeGapsResponse> done);
  void WatchGaps(std::shared_ptr<const Call> call, const v1::WatchGapsRequest& request,
                 std::shared_ptr<ResponseSink<v1::WatchGapsResponse>> sink);
  void SuggestShadowing(std::shared_ptr<const Call> call,
                        const v1::SuggestShadowingRequest& request,
                        Done<v1::SuggestShadowingResponse> done);

 private:
  const View* const view_;
  std::atomic<int> under_way_ = 0;
  const std::shared_ptr<GapWatches> watches_;
  ThreadPool crew_threads_{1};         // Crews do not wait for analyses.
  ThreadPool threads_{kMostAtOnce};  // Last: what they run uses the rest.
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_STAFFING_STAFFING_SERVICE_H_
