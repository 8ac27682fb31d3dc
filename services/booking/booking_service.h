#ifndef TROUPE_SERVICES_BOOKING_BOOKING_SERVICE_H_
#define TROUPE_SERVICES_BOOKING_BOOKING_SERVICE_H_

#include <memory>

#include "matcher/base/clock.h"
#include "matcher/base/executor.h"
#include "services/booking/agenda_writer.h"
#include "services/booking/booking_coordinator.h"
#include "services/booking/booking_tools.h"
#include "services/booking/match_directory.h"
#include "services/booking/seat_directory.h"
#include "services/log/change_log.h"
#include "services/log/record_writer.h"
#include "services/log/view.h"
#include "services/rpc/call.h"
#include "services/rpc/done.h"
#include "services/rpc/random_ids.h"
#include "services/rpc/response_sink.h"
#include "services/rpc/retry_timer.h"
#include "troupe/v1/booking_service.pb.h"

namespace troupe {

// Keeps the holds on people's days, as booking_service.proto says: the rules are
// matcher/hold's, each command one record of the log. Works on the executor's
// threads and waits on none. Thread-safe.
class BookingService {
 public:
  // Where the other parts of a deployment are asked, and what a test may watch.
  struct Others {
    SeatDirectory* seats;
    MatchDirectory* matches;
    RetryTimer* timer;
    ProtocolSteps* steps = nullptr;
  };

  // All of them outlive it, and it outlives its calls.
  BookingService(ChangeLog* log, View* view, Executor* executor, const Clock* clock,
                 RandomIds* ids, const Others& others)
      : writer_(log, view, executor),
        agendas_(log, view, executor, clock),
        tools_{{&writer_, view, executor, clock, ids, log}, &agendas_, others.seats},
        matches_(others.matches),
        coordinator_({&agendas_, view, others.seats, others.timer, executor, others.steps}) {}

  // Goes on with what is undecided about `profile`, or its seats to be vacated.
  void Recover(ProfileId profile) { coordinator_.Recover(profile); }

  // Answers the calls that wait for another process, and returns when nothing
  // is under way any more; before what this is made of goes.
  void Close();

  void PlaceHold(std::shared_ptr<const Call> call, const v1::PlaceHoldRequest& request,
                 Done<v1::Hold> done);
  void GetHold(std::shared_ptr<const Call> call, const v1::GetHoldRequest& request,
               Done<v1::Hold> done);
  void ListHolds(std::shared_ptr<const Call> call, const v1::ListHoldsRequest& request,
                 Done<v1::ListHoldsResponse> done);
  void AcceptHold(std::shared_ptr<const Call> call, const v1::AcceptHoldRequest& request,
                  Done<v1::Hold> done);
  void DeclineHold(std::shared_ptr<const Call> call, const v1::DeclineHoldRequest& request,
                   Done<v1::Hold> done);
  void ReleaseHold(std::shared_ptr<const Call> call, const v1::ReleaseHoldRequest& request,
                   Done<v1::Hold> done);
  void ChallengeHold(std::shared_ptr<const Call> call, const v1::ChallengeHoldRequest& request,
                     Done<v1::Hold> done);
  void CounterOffer(std::shared_ptr<const Call> call, const v1::CounterOfferRequest& request,
                    Done<v1::Hold> done);

  void ConfirmHold(std::shared_ptr<const Call> call, const v1::ConfirmHoldRequest& request,
                   Done<v1::Hold> done);
  void ConfirmCrew(std::shared_ptr<const Call> call, const v1::ConfirmCrewRequest& request,
                   Done<v1::ConfirmCrewResponse> done);
  void CancelBooking(std::shared_ptr<const Call> call, const v1::CancelBookingRequest& request,
                     Done<v1::Hold> done);
  void ReplaceDropout(std::shared_ptr<const Call> call, const v1::ReplaceDropoutRequest& request,
                      Done<v1::ReplaceDropoutResponse> done);

  void WatchHolds(std::shared_ptr<const Call> call, const v1::WatchHoldsRequest& request,
                  std::shared_ptr<ResponseSink<v1::WatchHoldsResponse>> sink);

 private:
  RecordWriter writer_;
  AgendaWriter agendas_;
  const BookingTools tools_;
  MatchDirectory* const matches_;
  BookingCoordinator coordinator_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_BOOKING_BOOKING_SERVICE_H_
