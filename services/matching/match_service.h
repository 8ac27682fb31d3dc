#ifndef TROUPE_SERVICES_MATCHING_MATCH_SERVICE_H_
#define TROUPE_SERVICES_MATCHING_MATCH_SERVICE_H_

#include <functional>
#include <memory>

#include "absl/status/statusor.h"
#include "matcher/base/executor.h"
#include "services/log/view.h"
#include "services/rpc/call.h"
#include "services/rpc/done.h"
#include "troupe/v1/match_service.pb.h"

namespace troupe {

// Answers who fits an opening, which openings fit a person, and why or why not:
// each from one snapshot of the view, on the executor's threads. Thread-safe.
class MatchService {
 public:
  // `view` and `executor` outlive it.
  MatchService(const View* view, Executor* executor) : view_(view), executor_(executor) {}

  void FindProfiles(std::shared_ptr<const Call> call, const v1::FindProfilesRequest& request,
                    Done<v1::FindProfilesResponse> done);
  void FindOpenings(std::shared_ptr<const Call> call, const v1::FindOpeningsRequest& request,
                    Done<v1::FindOpeningsResponse> done);
  void ExplainMatch(std::shared_ptr<const Call> call, const v1::ExplainMatchRequest& request,
                    Done<v1::ExplainMatchResponse> done);
  void FindFreeWindows(std::shared_ptr<const Call> call,
                       const v1::FindFreeWindowsRequest& request,
                       Done<v1::FindFreeWindowsResponse> done);
  void ListRoleSteps(std::shared_ptr<const Call> call, const v1::ListRoleStepsRequest& request,
                     Done<v1::ListRoleStepsResponse> done);
  void GetPoolStatistics(std::shared_ptr<const Call> call,
                         const v1::GetPoolStatisticsRequest& request,
                         Done<v1::PoolStatistics> done);

 private:
  const View* const view_;
  Executor* const executor_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_MATCHING_MATCH_SERVICE_H_
