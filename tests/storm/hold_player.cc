#include "tests/storm/hold_player.h"

#include <algorithm>
#include <optional>
#include <set>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/day.h"
#include "matcher/base/violation.h"
#include "services/convert/types_conversion.h"
#include "tests/integration/asking.h"
#include "tests/storm/patience.h"
#include "troupe/v1/booking_service.grpc.pb.h"
#include "troupe/v1/profile_service.grpc.pb.h"

namespace troupe::testing {
namespace {

using Bookings = v1::BookingService::Stub;

constexpr absl::Duration kPause = absl::Milliseconds(5);
constexpr absl::Duration kMostPause = absl::Milliseconds(80);
constexpr absl::Duration kPatience = absl::Seconds(60);
constexpr int kFirstDay = 2;   // From today: no hold starts before a client has answered.
constexpr int kDayRange = 6;   // Few, so that they clash.
constexpr int kMostDays = 3;
constexpr size_t kMostCrew = 4;
constexpr int64_t kRate = 1000;

// The answer stayed away, or is to be asked for again.
bool IsInDoubt(const absl::Status& status) {
  return IsTransportError(status) || absl::IsUnavailable(status) ||
         absl::IsDeadlineExceeded(status) ||
         (absl::IsResourceExhausted(status) && ReasonOf(status) != "TOO_MANY_HOLDS");
}

// Some bookings, made early on, are never cancelled, so that they come to be past.
bool IsKept(const std::string& hold) {
  int32_t number = 0;
  return absl::SimpleAtoi(hold.substr(hold.rfind('/') + 1), &number) && number % 12 == 3;
}

// Refusals that clients must expect who know what was, not what is.
bool IsExpected(const absl::Status& status) {
  static const auto* const kReasons = new std::set<std::string>{
      "HOLD_ENDED",      "CONFIRMATION_PENDING",   "DAYS_NOT_FREE",     "HOLD_EXISTS",
      "TOO_MANY_HOLDS",  "OPENING_NOT_OPEN",       "OWN_COUNTER_OFFER", "ALREADY_ACCEPTED",
      "NOT_ACCEPTED",    "COUNTER_OFFER_STANDING", "NOT_FIRST",         "SEAT_TAKEN",
      "NOT_BOOKED",      "BOOKING_OVER",           "ALREADY_FIRST",     "ALREADY_CHALLENGING",
      "STALE_ETAG",      "PROFILE_NOT_FOUND",      "HOLD_NOT_FOUND",    "PROFILE_BOOKED",
      "NOT_YOURS_TO_ACCEPT", "NOT_YOURS_TO_DECLINE", "INVALID_FIELD",
      "CREW_NOT_CONFIRMED", "CONFIRMATION_ABORTED", "AGENDA_CONTENDED", "NOT_FOUND"};
  return kReasons->contains(ReasonOf(status));
}

}  // namespace

void HoldPlayer::Act() {
  switch (dice_.Below(100)) {
    case 0:
      return dice_.OneIn(4) ? DeletePerson() : Read();
    case 1:
    case 2:
      return EditCalendar();
    case 3:
      return dice_.OneIn(6) ? Replace() : Read();
    default:
      break;
  }
  const size_t draw = dice_.Below(100);
  if (draw < 28) return Place();
  if (draw < 50) return Accept();
  if (draw < 54) return Decline();
  if (draw < 59) return Release();
  if (draw < 68) return Challenge();
  if (draw < 74) return Counter();
  if (draw < 87) return Confirm();
  if (draw < 91) return ConfirmCrew();
  if (draw < 98) return Cancel();
  return Read();
}

std::string HoldPlayer::NewRequestId() { return absl::StrCat(name_, "-", ++last_request_); }

bool HoldPlayer::Took(const absl::Status& status, absl::string_view what) {
  ++traffic_.operations;
  if (status.ok()) {
    ++traffic_.acknowledged;
    return true;
  }
  CheckExpected(status, what);
  return false;
}

void HoldPlayer::CheckExpected(const absl::Status& status, absl::string_view what) {
  if (!status.ok() && !IsExpected(status)) {
    stage_.findings().Add(Wrong::kRefused,
                          absl::StrCat(name_, ", ", what, ": ", status.ToString(), " ",
                                       ReasonOf(status)));
  }
}

template <typename Request, typename Response>
absl::StatusOr<Response> HoldPlayer::Insist(const Connection& by,
                                            grpc::Status (Bookings::*method)(
                                                grpc::ClientContext*, const Request&, Response*),
                                            const Request& request) {
  const absl::Time end = absl::Now() + kPatience;
  // Many who ask in vain, again and again, keep servers from starting.
  absl::Duration pause = kPause;
  while (true) {
    absl::StatusOr<Response> answer = by.Ask(method, request);
    if (!IsInDoubt(answer.status()) || absl::Now() > end) return answer;
    traffic_.Doubt(answer.status());
    absl::SleepFor(pause);
    pause = std::min(2 * pause, kMostPause);
  }
}

template <typename Request>
void HoldPlayer::Ask(const Connection& by, HoldVerb verb,
                     grpc::Status (Bookings::*method)(grpc::ClientContext*, const Request&,
                                                      v1::Hold*),
                     Request request) {
  request.set_request_id(NewRequestId());
  const absl::StatusOr<v1::Hold> hold = Insist(by, method, request);
  if (!Took(hold.status(), Request::descriptor()->name())) {
    if constexpr (!std::is_same_v<Request, v1::PlaceHoldRequest>) {
      if (dice_.OneIn(3)) Read(PersonOf(request.name()));  // It is not what it seemed.
    }
    return;
  }
  stage_.Acknowledge(verb, *hold);
  if (!dice_.OneIn(20)) return;
  const absl::StatusOr<v1::Hold> again = Insist(by, method, request);
  ++traffic_.repeats;
  const bool is_gone = absl::IsNotFound(again.status());  // With its person.
  if (again.ok() ? again->name() == hold->name() : is_gone) return;
  stage_.findings().Add(Wrong::kAppliedTwice,
                        absl::StrCat(hold->name(), ": a repeated ", Request::descriptor()->name(),
                                     " is answered ",
                                     again.ok() ? again->name() : again.status().ToString()));
}

template <typename Request>
void HoldPlayer::AskAbout(const Connection& by, const HoldStage::Known& known, HoldVerb verb,
                          grpc::Status (Bookings::*method)(grpc::ClientContext*, const Request&,
                                                           v1::Hold*),
                          Request request) {
  request.set_name(known.hold.name());
  if (dice_.OneIn(3)) request.set_etag(known.hold.etag());
  Ask(by, verb, method, std::move(request));
}

void HoldPlayer::Place() {
  const std::optional<std::string> person = stage_.PickPerson(dice_);
  if (!person.has_value()) return;
  const HoldStage::Opening& opening = stage_.PickOpening(dice_);
  v1::PlaceHoldRequest request;
  request.set_parent(*person);
  request.set_opening(opening.name);
  const Day first = Day(absl::ToCivilDay(stage_.clock().Now(), absl::UTCTimeZone())) +
                    (kFirstDay + dice_.Between(0, kDayRange));
  const int days = dice_.Between(1, kMostDays);
  *request.mutable_window()->mutable_dates() = ToWire(DaySpan{first, first + days});
  if (dice_.OneIn(3)) {
    request.mutable_window()->set_rule(dice_.OneIn(2) ? v1::Window::RULE_ANY_DAYS
                                                      : v1::Window::RULE_CONTIGUOUS_DAYS);
    request.mutable_window()->set_days(dice_.Between(1, days));
  }
  request.mutable_terms()->mutable_day_rate()->set_currency_code("CNY");
  request.mutable_terms()->mutable_day_rate()->set_units(kRate + 500 * dice_.Between(0, 2));
  if (dice_.OneIn(3)) {
    *request.mutable_expire_time() =
        ToWire(stage_.clock().Now() + absl::Minutes(dice_.Between(5, 3000)));
  }
  Ask(stage_.parties().houses[opening.house].profiles, HoldVerb::kPlace, &Bookings::PlaceHold,
      request);
}

void HoldPlayer::Accept() {
  const auto known =
      stage_.PickHold(dice_, dice_.OneIn(4) ? std::set<v1::Hold::State>{}
                                            : std::set{v1::Hold::STATE_OFFERED});
  if (!known.has_value()) return Place();
  const bool holder = known->hold.counter_offer().side() == v1::HOLD_SIDE_PERSON;
  AskAbout(holder ? HouseOf(*known) : Agency(), *known, HoldVerb::kAccept, &Bookings::AcceptHold,
           v1::AcceptHoldRequest());
}

void HoldPlayer::Decline() {
  const auto known = stage_.PickHold(dice_, {});
  if (!known.has_value()) return Place();
  v1::DeclineHoldRequest request;
  request.set_text("another time");
  AskAbout(dice_.OneIn(3) ? HouseOf(*known) : Agency(), *known, HoldVerb::kDecline,
           &Bookings::DeclineHold, request);
}

void HoldPlayer::Release() {
  const auto known = stage_.PickHold(dice_, {});
  if (!known.has_value()) return Place();
  AskAbout(HouseOf(*known), *known, HoldVerb::kRelease, &Bookings::ReleaseHold,
           v1::ReleaseHoldRequest());
}

void HoldPlayer::Challenge() {
  const auto known = stage_.PickHold(dice_, {v1::Hold::STATE_ACCEPTED});
  if (!known.has_value()) return Accept();
  AskAbout(HouseOf(*known), *known, HoldVerb::kChallenge, &Bookings::ChallengeHold,
           v1::ChallengeHoldRequest());
}

void HoldPlayer::Counter() {
  const auto known =
      stage_.PickHold(dice_, {v1::Hold::STATE_OFFERED, v1::Hold::STATE_ACCEPTED});
  if (!known.has_value()) return Place();
  v1::CounterOfferRequest request;
  request.mutable_terms()->mutable_day_rate()->set_currency_code("CNY");
  request.mutable_terms()->mutable_day_rate()->set_units(kRate + 100 * dice_.Between(1, 9));
  AskAbout(dice_.OneIn(2) ? HouseOf(*known) : Agency(), *known, HoldVerb::kCounter,
           &Bookings::CounterOffer, request);
}

void HoldPlayer::Confirm() {
  const auto known = stage_.PickHold(dice_, {v1::Hold::STATE_ACCEPTED});
  if (!known.has_value()) return Accept();
  v1::ConfirmHoldRequest request;
  if (dice_.OneIn(4)) request.set_seat(dice_.Between(1, HoldStage::kSeats));
  AskAbout(HouseOf(*known), *known, HoldVerb::kConfirm, &Bookings::ConfirmHold, request);
}

void HoldPlayer::ConfirmCrew() {
  const std::vector<HoldStage::Known> crew = stage_.PickCrew(dice_, kMostCrew);
  if (crew.size() < 2) return Confirm();
  v1::ConfirmCrewRequest request;
  const std::string& opening = crew.front().hold.opening();
  request.set_parent(opening.substr(0, opening.find("/openings/")));
  request.set_request_id(NewRequestId());
  for (const HoldStage::Known& known : crew) {
    v1::HoldToConfirm& member = *request.add_holds();
    member.set_name(known.hold.name());
    member.set_etag(known.hold.etag());
  }
  const auto answer = Insist(HouseOf(crew.front()), &Bookings::ConfirmCrew, request);
  if (!Took(answer.status(), "ConfirmCrewRequest")) {
    for (const HoldStage::Known& known : crew) Read(PersonOf(known.hold.name()));
    return;
  }
  for (const v1::Hold& hold : answer->holds()) stage_.Acknowledge(HoldVerb::kConfirm, hold);
}

void HoldPlayer::Cancel() {
  const auto known = stage_.PickHold(dice_, {v1::Hold::STATE_BOOKED});
  if (!known.has_value() || IsKept(known->hold.name())) return Confirm();
  AskAbout(dice_.OneIn(2) ? HouseOf(*known) : Agency(), *known, HoldVerb::kCancel,
           &Bookings::CancelBooking, v1::CancelBookingRequest());
}

void HoldPlayer::Replace() {
  const auto known = stage_.PickHold(dice_, {v1::Hold::STATE_BOOKED});
  if (!known.has_value() || IsKept(known->hold.name())) return Confirm();
  v1::ReplaceDropoutRequest request;
  request.set_name(known->hold.name());
  request.set_page_size(3);
  request.set_request_id(NewRequestId());
  const auto answer = Insist(HouseOf(*known), &Bookings::ReplaceDropout, request);
  if (Took(answer.status(), "ReplaceDropoutRequest")) {
    stage_.Acknowledge(HoldVerb::kCancel, answer->hold());
  }
}

// The person's own days, beside those of holds, which stay as they are.
void HoldPlayer::EditCalendar() {
  const std::optional<std::string> person = stage_.PickPerson(dice_);
  if (!person.has_value()) return;
  v1::UpdateProfileRequest request;
  request.mutable_profile()->set_name(*person);
  request.mutable_update_mask()->add_paths("calendar");
  if (!dice_.OneIn(3)) {
    v1::CalendarEntry& busy = *request.mutable_profile()->add_calendar();
    busy.set_kind(v1::CalendarEntry::KIND_BUSY);
    const Day day = Day(absl::ToCivilDay(stage_.clock().Now(), absl::UTCTimeZone())) +
                    (kFirstDay + dice_.Between(0, kDayRange));
    *busy.mutable_dates() = ToWire(DaySpan{day, day + 1});
  }
  request.set_request_id(NewRequestId());
  const auto answer = Patiently([&] {
    return Agency().Ask(&v1::ProfileService::Stub::UpdateProfile, request);
  });
  Took(answer.status(), "UpdateProfileRequest");
}

// Often somebody whose booking is past: it must be told to the seat.
void HoldPlayer::DeletePerson() {
  std::optional<std::string> person = stage_.PickPerson(dice_);
  if (const auto past = stage_.PickPastBooking(dice_); past.has_value() && dice_.OneIn(2)) {
    person = PersonOf(past->hold.name());
  }
  if (!person.has_value()) return;
  const std::string request_id = NewRequestId();
  const absl::Status deleted =
      Patiently([&] { return DeleteProfile(Agency(), *person, request_id); });
  if (Took(deleted, "DeleteProfileRequest")) stage_.AcknowledgeDeleted(*person);
}

void HoldPlayer::Read() {
  const std::optional<std::string> person = stage_.PickPerson(dice_);
  if (person.has_value()) Read(*person);
}

void HoldPlayer::Read(const std::string& person) {
  v1::ListHoldsRequest request;
  request.set_parent(person);
  request.set_page_size(1000);
  for (const auto state :
       {v1::Hold::STATE_OFFERED, v1::Hold::STATE_ACCEPTED, v1::Hold::STATE_BOOKED}) {
    request.add_states(state);
  }
  const auto answer = Insist(Agency(), &Bookings::ListHolds, request);
  ++traffic_.reads;
  CheckExpected(answer.status(), "ListHoldsRequest");
  if (!answer.ok()) return;
  stage_.SawAll(person, *answer);
}

}  // namespace troupe::testing
