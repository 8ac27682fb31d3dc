#ifndef TROUPE_SERVICES_SEAT_SEAT_SERVICE_H_
#define TROUPE_SERVICES_SEAT_SEAT_SERVICE_H_

#include <memory>

#include "matcher/base/clock.h"
#include "matcher/base/executor.h"
#include "matcher/hold/seat_decision.h"
#include "services/log/change_log.h"
#include "services/log/record_writer.h"
#include "services/log/view.h"
#include "services/rpc/call.h"
#include "services/rpc/done.h"
#include "services/rpc/protocol_steps.h"
#include "troupe/seat/v1/seat_service.pb.h"

namespace troupe {

// Decides bookings beside the seats of projects, as seat_service.proto says:
// a decision and the seats that it fills are one record of the log. Works on the
// executor's threads and waits on none. Thread-safe.
class SeatService {
 public:
  // All of them outlive it, and it outlives its calls. `steps` may be null.
  SeatService(ChangeLog* log, View* view, Executor* executor, const Clock* clock,
              ProtocolSteps* steps = nullptr)
      : writer_(log, view, executor),
        view_(view),
        executor_(executor),
        clock_(clock),
        steps_(steps) {}

  void DescribeProject(std::shared_ptr<const Call> call,
                       const seat::v1::DescribeProjectRequest& request,
                       Done<seat::v1::DescribeProjectResponse> done);
  void Decide(std::shared_ptr<const Call> call, const seat::v1::DecideRequest& request,
              Done<seat::v1::DecideResponse> done);
  void VacateSeat(std::shared_ptr<const Call> call, const seat::v1::VacateSeatRequest& request,
                  Done<seat::v1::VacateSeatResponse> done);

 private:
  void DecideNow(std::shared_ptr<const Call> call, ProjectId id, DecisionRequest request,
                 Done<seat::v1::DecideResponse> done);

  RecordWriter writer_;
  View* const view_;
  Executor* const executor_;
  const Clock* const clock_;
  ProtocolSteps* const steps_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_SEAT_SEAT_SERVICE_H_
