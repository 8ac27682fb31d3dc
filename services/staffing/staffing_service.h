#ifndef TROUPE_SERVICES_STAFFING_STAFFING_SERVICE_H_
#define TROUPE_SERVICES_STAFFING_STAFFING_SERVICE_H_

#include <atomic>
#include <memory>

#include "services/log/view.h"
#include "services/rpc/call.h"
#include "services/rpc/done.h"
#include "services/rpc/thread_pool.h"
#include "troupe/v1/staffing_service.pb.h"

namespace troupe {

// Says where people are missing, as staffing_service.proto says. Reads from the view, on
// threads of its own: that may take long. Thread-safe.
class StaffingService {
 public:
  static constexpr int kMostAtOnce = 2;

  // `view` outlives it, and it outlives its calls.
  explicit StaffingService(const View* view) : view_(view) {}

  void AnalyzeGaps(std::shared_ptr<const Call> call, const v1::AnalyzeGapsRequest& request,
                   Done<v1::AnalyzeGapsResponse> done);

 private:
  const View* const view_;
  std::atomic<int> under_way_ = 0;
  ThreadPool threads_{kMostAtOnce};  // Last: what they run uses the rest.
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_STAFFING_STAFFING_SERVICE_H_
