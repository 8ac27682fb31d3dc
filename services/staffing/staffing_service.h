#ifndef TROUPE_SERVICES_STAFFING_STAFFING_SERVICE_H_
#define TROUPE_SERVICES_STAFFING_STAFFING_SERVICE_H_

#include <atomic>
#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "absl/synchronization/notification.h"
#include "google/protobuf/empty.pb.h"
#include "matcher/base/clock.h"
#include "matcher/base/executor.h"
#include "services/log/change_log.h"
#include "services/log/record_writer.h"
#include "services/log/view.h"
#include "services/rpc/call.h"
#include "services/rpc/done.h"
#include "services/rpc/live_operations.h"
#include "services/rpc/random_ids.h"
#include "services/rpc/resource_tools.h"
#include "services/rpc/response_sink.h"
#include "services/rpc/retry_timer.h"
#include "services/rpc/thread_pool.h"
#include "services/staffing/gap_watches.h"
#include "services/staffing/staffing_kinds.h"
#include "troupe/v1/staffing_service.pb.h"

namespace troupe {

// Says where people are missing, whom to train and who learns beside whom, as
// staffing_service.proto says: keeps
// training plans in the log, reads from the view, and analyses and plans on threads of its
// own: that may take long. Thread-safe.
class StaffingService {
 public:
  static constexpr int kMostAtOnce = 2;

  // All of them outlive it, and it outlives its calls. `caught_up`: whether the view shows
  // what there is; what the last process broke off is ended once it does.
  StaffingService(ChangeLog* log, View* view, Executor* executor, const Clock* clock,
                  RandomIds* ids, LiveOperations* live, RetryTimer* timer,
                  std::function<absl::Status()> caught_up);
  ~StaffingService();

  // Has operations end soon: those that run are broken off.
  void Close();

  void AnalyzeGaps(std::shared_ptr<const Call> call, const v1::AnalyzeGapsRequest& request,
                   Done<v1::AnalyzeGapsResponse> done);
  void WatchGaps(std::shared_ptr<const Call> call, const v1::WatchGapsRequest& request,
                 std::shared_ptr<ResponseSink<v1::WatchGapsResponse>> sink);

  void CreateTrainingPlan(std::shared_ptr<const Call> call,
                          const v1::CreateTrainingPlanRequest& request,
                          Done<v1::TrainingPlan> done);
  void GetTrainingPlan(std::shared_ptr<const Call> call,
                       const v1::GetTrainingPlanRequest& request, Done<v1::TrainingPlan> done);
  void ListTrainingPlans(std::shared_ptr<const Call> call,
                         const v1::ListTrainingPlansRequest& request,
                         Done<v1::ListTrainingPlansResponse> done);
  void UpdateTrainingPlan(std::shared_ptr<const Call> call,
                          const v1::UpdateTrainingPlanRequest& request,
                          Done<v1::TrainingPlan> done);
  void DeleteTrainingPlan(std::shared_ptr<const Call> call,
                          const v1::DeleteTrainingPlanRequest& request,
                          Done<google::protobuf::Empty> done);

  void PlanTraining(std::shared_ptr<const Call> call, const v1::PlanTrainingRequest& request,
                    Done<v1::Operation> done);
  void SimulateTraining(std::shared_ptr<const Call> call,
                        const v1::SimulateTrainingRequest& request, Done<v1::Operation> done);

  void SuggestShadowing(std::shared_ptr<const Call> call,
                        const v1::SuggestShadowingRequest& request,
                        Done<v1::SuggestShadowingResponse> done);

 private:
  // Ends what the last process broke off.
  void EndBrokenOff(const std::function<absl::Status()>& caught_up);

  View* const view_;
  RecordWriter writer_;
  const ResourceTools tools_;
  LiveOperations* const live_;
  PlanOperations operations_;
  absl::Notification closing_;
  std::atomic<int> under_way_ = 0;
  const std::shared_ptr<GapWatches> watches_;
  // Last: what they run uses the rest. Analyses; crews, which do not wait for them; draws of
  // demand; and plans, which wait for draws.
  ThreadPool threads_{kMostAtOnce};
  ThreadPool crew_threads_{1};
  ThreadPool drawing_;
  ThreadPool planning_{1};
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_STAFFING_STAFFING_SERVICE_H_
