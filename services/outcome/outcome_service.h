#ifndef TROUPE_SERVICES_OUTCOME_OUTCOME_SERVICE_H_
#define TROUPE_SERVICES_OUTCOME_OUTCOME_SERVICE_H_

#include <atomic>
#include <memory>

#include "google/protobuf/empty.pb.h"
#include "matcher/base/clock.h"
#include "matcher/base/executor.h"
#include "services/log/change_log.h"
#include "services/log/record_writer.h"
#include "services/log/view.h"
#include "services/rpc/call.h"
#include "services/rpc/done.h"
#include "services/rpc/random_ids.h"
#include "services/rpc/resource_tools.h"
#include "services/rpc/thread_pool.h"
#include "troupe/v1/outcome_service.pb.h"

namespace troupe {

// Keeps what came of openings, as outcome_service.proto says: reads from the view,
// writes to the log, and answers a write once the view shows it. Works on the
// executor's threads, and reports on one of its own: that may take long. Thread-safe.
class OutcomeService {
 public:
  // All of them outlive it, and it outlives its calls.
  OutcomeService(ChangeLog* log, View* view, Executor* executor, const Clock* clock,
                 RandomIds* ids)
      : writer_(log, view, executor), tools_{&writer_, view, executor, clock, ids, log} {}

  void RecordOutcome(std::shared_ptr<const Call> call, const v1::RecordOutcomeRequest& request,
                     Done<v1::RecordOutcomeResponse> done);
  void ListOutcomes(std::shared_ptr<const Call> call, const v1::ListOutcomesRequest& request,
                    Done<v1::ListOutcomesResponse> done);
  void DeleteOutcomes(std::shared_ptr<const Call> call, const v1::DeleteOutcomesRequest& request,
                      Done<google::protobuf::Empty> done);
  void ReportFairness(std::shared_ptr<const Call> call, const v1::ReportFairnessRequest& request,
                      Done<v1::ReportFairnessResponse> done);

 private:
  RecordWriter writer_;
  const ResourceTools tools_;
  std::atomic<bool> reports_ = false;
  ThreadPool report_thread_{1};  // Last: what it runs uses the rest.
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_OUTCOME_OUTCOME_SERVICE_H_
