#include "services/booking/booking_service.h"

#include <utility>

#include "matcher/base/status_macros.h"
#include "matcher/hold/answer_hold.h"
#include "services/booking/cancel_booking.h"
#include "services/booking/confirm_crew.h"
#include "services/booking/hold_command.h"
#include "services/booking/hold_errors.h"
#include "services/booking/hold_sides.h"
#include "services/booking/list_holds.h"
#include "services/booking/place_hold.h"
#include "services/booking/replace_dropout.h"
#include "services/booking/watch_holds.h"
#include "services/rpc/resource_errors.h"

namespace troupe {
namespace {

// Answers on the executor, from one snapshot.
template <typename Response, typename Answer>
void AnswerOn(const ResourceTools& tools, std::shared_ptr<const Call> call, Answer answer,
              Done<Response> done) {
  tools.executor->Run([tools, call = std::move(call), answer = std::move(answer),
                       done = std::move(done)] {
    if (absl::Status wanted = CheckWanted(*call); !wanted.ok()) return done(std::move(wanted));
    if (absl::Status failure = tools.view->failure(); !failure.ok()) {
      return done(std::move(failure));
    }
    done(answer(*tools.view->Now(), call->organization()));
  });
}

constexpr absl::string_view kNoText;

}  // namespace

void BookingService::PlaceHold(std::shared_ptr<const Call> call,
                               const v1::PlaceHoldRequest& request, Done<v1::Hold> done) {
  PlaceHoldFor(tools_, std::move(call), request, std::move(done));
}

void BookingService::GetHold(std::shared_ptr<const Call> call, const v1::GetHoldRequest& request,
                             Done<v1::Hold> done) {
  AnswerOn<v1::Hold>(
      tools_.resources, std::move(call),
      [&request](const ViewSnapshot& now, const OrganizationId& caller) {
        return ShowHold(now, caller, request.name());
      },
      std::move(done));
}

void BookingService::ListHolds(std::shared_ptr<const Call> call,
                               const v1::ListHoldsRequest& request,
                               Done<v1::ListHoldsResponse> done) {
  AnswerOn<v1::ListHoldsResponse>(
      tools_.resources, std::move(call),
      [&request](const ViewSnapshot& now, const OrganizationId& caller) {
        return PageOfHolds(now, caller, request);
      },
      std::move(done));
}

void BookingService::AcceptHold(std::shared_ptr<const Call> call,
                                const v1::AcceptHoldRequest& request, Done<v1::Hold> done) {
  ChangeHold(
      tools_, std::move(call), "accept", request, kNoText,
      [](const HoldSides& sides, const Hold& hold, const StoredAgenda&, Agenda& agenda,
         const Moment& moment) {
        const Side by = sides.Preferring(AnsweringSide(hold));
        return troupe::AcceptHold(agenda, hold.number, by, moment);
      },
      std::move(done));
}

void BookingService::DeclineHold(std::shared_ptr<const Call> call,
                                 const v1::DeclineHoldRequest& request, Done<v1::Hold> done) {
  ChangeHold(
      tools_, std::move(call), "decline", request, request.text(),
      [&request](const HoldSides& sides, const Hold& hold, const StoredAgenda&, Agenda& agenda,
                 const Moment& moment) {
        const Side by = sides.Preferring(AnsweringSide(hold));
        return troupe::DeclineHold(agenda, hold.number, by, request.text(), moment);
      },
      std::move(done));
}

void BookingService::ReleaseHold(std::shared_ptr<const Call> call,
                                 const v1::ReleaseHoldRequest& request, Done<v1::Hold> done) {
  ChangeHold(
      tools_, std::move(call), "release", request, request.text(),
      [&request](const HoldSides& sides, const Hold& hold, const StoredAgenda&, Agenda& agenda,
                 const Moment& moment) -> absl::StatusOr<Notices> {
        if (!sides.holder) return WrongSide("the holder");
        return troupe::ReleaseHold(agenda, hold.number, request.text(), moment);
      },
      std::move(done));
}

void BookingService::ChallengeHold(std::shared_ptr<const Call> call,
                                   const v1::ChallengeHoldRequest& request, Done<v1::Hold> done) {
  ChangeHold(
      tools_, std::move(call), "challenge", request, kNoText,
      [](const HoldSides& sides, const Hold& hold, const StoredAgenda&, Agenda& agenda,
         const Moment& moment) -> absl::StatusOr<Notices> {
        if (!sides.holder) return WrongSide("the holder");
        return troupe::ChallengeHold(agenda, hold.number, moment);
      },
      std::move(done));
}

void BookingService::CounterOffer(std::shared_ptr<const Call> call,
                                  const v1::CounterOfferRequest& request, Done<v1::Hold> done) {
  Violations found;
  const Field message(&found);
  const HoldTerms terms = FromWire(request.terms(), message["terms"]);
  if (!request.has_terms()) found.Add("terms", "is not given", "state all terms, also those that stay");
  if (absl::Status bad = found.ToStatus(); !bad.ok()) return done(std::move(bad));
  ChangeHold(
      tools_, std::move(call), "counter", request, kNoText,
      [terms](const HoldSides& sides, const Hold& hold, const StoredAgenda&, Agenda& agenda,
              const Moment& moment) {
        const Side first =
            hold.counter_offer.has_value() ? hold.counter_offer->by : Side::kPerson;
        return MakeCounterOffer(agenda, hold.number, sides.Preferring(first), terms, moment);
      },
      std::move(done));
}

void BookingService::ConfirmHold(std::shared_ptr<const Call> call,
                                 const v1::ConfirmHoldRequest& request, Done<v1::Hold> done) {
  ConfirmOneHold(tools_, coordinator_, std::move(call), request, std::move(done));
}

void BookingService::ConfirmCrew(std::shared_ptr<const Call> call,
                                 const v1::ConfirmCrewRequest& request,
                                 Done<v1::ConfirmCrewResponse> done) {
  ConfirmHolds(tools_, coordinator_, std::move(call), request, std::move(done));
}

void BookingService::CancelBooking(std::shared_ptr<const Call> call,
                                   const v1::CancelBookingRequest& request, Done<v1::Hold> done) {
  CancelBookingFor(tools_, coordinator_, std::move(call), "cancel", request,
                   /*holder_only=*/false, std::move(done));
}

void BookingService::ReplaceDropout(std::shared_ptr<const Call> call,
                                    const v1::ReplaceDropoutRequest& request,
                                    Done<v1::ReplaceDropoutResponse> done) {
  ReplaceDropoutFor(tools_, coordinator_, *matches_, std::move(call), request, std::move(done));
}

void BookingService::Close() {
  matches_->Close();
  coordinator_.Close();
}

void BookingService::WatchHolds(std::shared_ptr<const Call> call,
                                const v1::WatchHoldsRequest& request,
                                std::shared_ptr<ResponseSink<v1::WatchHoldsResponse>> sink) {
  WatchHoldsOf(tools_.resources, *call, request, std::move(sink));
}

}  // namespace troupe
