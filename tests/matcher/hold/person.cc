#include "tests/matcher/hold/person.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/hold/advance.h"
#include "matcher/hold/answer_hold.h"
#include "matcher/hold/audit.h"
#include "matcher/hold/confirm_hold.h"
#include "matcher/hold/ladder.h"
#include "tests/testing/values.h"

namespace troupe::testing {
namespace {

using Kind = HoldEvent::Kind;

std::string KindWord(Kind kind) {
  switch (kind) {
    case Kind::kPlaced: return "PLACED";
    case Kind::kAccepted: return "ACCEPTED";
    case Kind::kDeclined: return "DECLINED";
    case Kind::kReleased: return "RELEASED";
    case Kind::kExpired: return "EXPIRED";
    case Kind::kConfirming: return "CONFIRMING";
    case Kind::kNotConfirmed: return "NOT_CONFIRMED";
    case Kind::kBooked: return "BOOKED";
    case Kind::kCancelled: return "CANCELLED";
    case Kind::kReopened: return "REOPENED";
    case Kind::kDaysLost: return "DAYS_LOST";
    case Kind::kChallenged: return "CHALLENGED";
    case Kind::kChallenging: return "CHALLENGING";
    case Kind::kMayConfirm: return "MAY_CONFIRM";
    case Kind::kChallengeOver: return "CHALLENGE_OVER";
    case Kind::kFellToLast: return "FELL_TO_LAST";
    case Kind::kCounterOffered: return "COUNTER_OFFERED";
    case Kind::kCounterAccepted: return "COUNTER_ACCEPTED";
    case Kind::kCounterDeclined: return "COUNTER_DECLINED";
    case Kind::kCounterWithdrawn: return "COUNTER_WITHDRAWN";
    case Kind::kPromoted: return "PROMOTED";
    case Kind::kOvertaken: return "OVERTAKEN";
  }
  return "";
}

void ExpectOk(const absl::StatusOr<Notices>& result) {
  EXPECT_TRUE(result.ok()) << result.status();
}

}  // namespace

Person::Person() : day_zero_(D("2026-12-01")) {
  agenda.profile = ProfileId(1);
  now = absl::FromCivil(absl::CivilHour(2026, 12, 1, 12), absl::UTCTimeZone());
}

HoldRequest Person::Asking(uint32_t opening, Span span) const {
  return {.opening = {.project = ProjectId(100 + opening), .number = 1},
          .holder = {.slug = "crew"},
          .role = "director",
          .window = {.span = {.start = DayAt(span.start), .limit = DayAt(span.limit)}}};
}

HoldRequest Person::AskingAny(uint32_t opening, Span span, int32_t days) const {
  HoldRequest request = Asking(opening, span);
  request.window.rule = Window::Rule::kAnyDays;
  request.window.days = days;
  return request;
}

HoldRequest Person::AskingRun(uint32_t opening, Span span, int32_t days) const {
  HoldRequest request = AskingAny(opening, span, days);
  request.window.rule = Window::Rule::kContiguousDays;
  return request;
}

absl::StatusOr<Notices> Person::TryPlace(const HoldRequest& request) {
  return PlaceHold(agenda, request, rules, busy, Now());
}

uint32_t Person::Place(const HoldRequest& request) {
  ExpectOk(TryPlace(request));
  return agenda.last_number;
}

uint32_t Person::Accept(uint32_t hold) {
  ExpectOk(AcceptHold(agenda, hold, Side::kPerson, Now()));
  return hold;
}

void Person::Release(uint32_t hold) { ExpectOk(ReleaseHold(agenda, hold, "", Now())); }

void Person::Challenge(uint32_t hold) { ExpectOk(ChallengeHold(agenda, hold, Now())); }

absl::StatusOr<Notices> Person::TryConfirm(uint32_t hold, std::vector<int32_t> work) {
  return BeginConfirmation(agenda,
                           {.hold = hold, .decision = DecisionId(hold), .work = List(work)}, busy,
                           Now());
}

void Person::Confirm(uint32_t hold, std::vector<int32_t> work) {
  ExpectOk(TryConfirm(hold, std::move(work)));
}

absl::StatusOr<Notices> Person::Resolve(uint32_t hold, Decision decision) {
  return ResolveConfirmation(agenda, hold, DecisionId(hold), decision, 1, Now());
}

void Person::Book(uint32_t hold, std::vector<int32_t> work) {
  Confirm(hold, std::move(work));
  ExpectOk(Resolve(hold, Decision::kCommit));
}

absl::StatusOr<Notices> Person::TryCancel(uint32_t hold) {
  return CancelBooking(agenda, hold, Side::kHolder, "", busy, Now());
}

void Person::Cancel(uint32_t hold) { ExpectOk(TryCancel(hold)); }

Notices Person::Pass(absl::Duration time) {
  now += time;
  return Advance(agenda, Now());
}

const Hold& Person::At(uint32_t hold) const {
  EXPECT_THAT(BrokenInvariants(agenda), ::testing::IsEmpty());
  return *agenda.Find(hold);
}

std::vector<int32_t> Person::Numbers(const Days& days) const {
  std::vector<int32_t> numbers;
  for (Day day : days) numbers.push_back(day - day_zero_);
  return numbers;
}

Days Person::List(const std::vector<int32_t>& numbers) const {
  std::vector<Day> days;
  for (int32_t number : numbers) days.push_back(DayAt(number));
  return Days(std::move(days));
}

std::vector<uint32_t> Person::Ladder(int32_t day) const {
  EXPECT_THAT(BrokenInvariants(agenda), ::testing::IsEmpty());
  std::vector<uint32_t> holds;
  for (const Hold* hold : LadderOn(agenda, DayAt(day))) holds.push_back(hold->number);
  return holds;
}

Moment Person::Now() const {
  return {.now = now,
          .zone = absl::UTCTimeZone(),
          .today = Day(absl::ToCivilDay(now, absl::UTCTimeZone()))};
}

std::vector<std::string> Told(const Notices& notices) {
  std::vector<std::string> told;
  for (const Notice& notice : notices) {
    told.push_back(absl::StrCat(notice.hold, " ", KindWord(notice.event.kind)));
    const absl::string_view reason = ReasonWord(notice.event.reason);
    if (!reason.empty() && notice.event.reason != HoldEvent::Reason::kAsked) {
      absl::StrAppend(&told.back(), " ", reason);
    }
  }
  return told;
}

}  // namespace troupe::testing
