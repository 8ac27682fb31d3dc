#include "matcher/hold/place_hold.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/hold/agenda_draft.h"
#include "matcher/hold/due.h"
#include "matcher/hold/hold_rules.h"
#include "matcher/hold/hold_window.h"
#include "matcher/hold/pre_accepts.h"
#include "matcher/hold/refusal.h"
#include "matcher/hold/taken_days.h"

namespace troupe {
namespace {

using Rule = Window::Rule;

constexpr int32_t kMostTravel = 30;  // Well above what any rule of ours gives.

// Days that have not begun in the person's zone.
Days ToCome(const Days& days, const Moment& moment) {
  std::vector<Day> to_come;
  for (Day day : days) {
    if (moment.now < moment.StartOf(day)) to_come.push_back(day);
  }
  return Days(std::move(to_come));
}

void CheckWindow(const HoldRequest& request, const Moment& moment, Violations& found) {
  const Window& window = request.window;
  CheckWindowDays(window, found);
  if (window.span.length() < 1) return;
  const Day last = moment.today + (kCalendarHorizonDays - 1);
  if (last < window.span.limit - 1 + request.travel_days) {
    found.Add("window", "ends, with travel, past the last day that can be held",
              absl::StrCat("end it at ", (last - request.travel_days).ToString(), " or before"));
    return;  // What is long past the horizon is not worth listing.
  }
  const Day first = window.span.start - request.travel_days;
  const bool over = moment.StartOf(window.span.limit - 1) <= moment.now;
  if (over || (window.rule == Rule::kAllDays && moment.StartOf(first) <= moment.now)) {
    const Day soonest = moment.today + 1 + request.travel_days;
    found.Add("window", "has begun, travel included",
              absl::StrCat("begin it on ", soonest.ToString(), " or later"));
  }
}

absl::Status CheckRequest(const HoldRequest& request, const Moment& moment) {
  Violations found;
  if (request.travel_days < 0 || kMostTravel < request.travel_days) {
    found.Add("travel_days", absl::StrCat("is ", request.travel_days),
              absl::StrCat("give 0 to ", kMostTravel));
  } else {
    CheckWindow(request, moment, found);
  }
  if (request.deadline.has_value() && *request.deadline <= moment.now) {
    found.Add("deadline", "is over", "give one that is to come, or none");
  }
  TROUPE_RETURN_IF_ERROR(found.ToStatus());
  return CheckLength("terms.conditions", request.terms.conditions, kMostConditionsBytes);
}

absl::Status CheckRoom(const Agenda& agenda, const HoldRequest& request) {
  for (const Hold& hold : agenda.holds) {
    if (hold.opening != request.opening || !(hold.IsActive() || hold.IsBooked())) continue;
    return ErrorWithReason(absl::StatusCode::kAlreadyExists, "HOLD_EXISTS",
                           absl::StrCat("hold ", hold.number, " is for this opening too, and ",
                                        StateWord(hold.state), ": use that one"));
  }
  if (std::count_if(agenda.holds.begin(), agenda.holds.end(),
                    [](const Hold& hold) { return hold.IsActive(); }) >=
      static_cast<int64_t>(kMostActiveHolds)) {
    return ErrorWithReason(
        absl::StatusCode::kResourceExhausted, "TOO_MANY_HOLDS",
        absl::StrCat("the person has ", kMostActiveHolds, " holds: wait until some have ended"));
  }
  return absl::OkStatus();
}

// The days that the hold gets: all, or those that are left of what it may use.
absl::StatusOr<Days> DaysFor(const Agenda& agenda, const HoldRequest& request, const Days& busy,
                             const Moment& moment) {
  const TakenDays taken = TakenDays::Of(agenda, busy);
  const Days reach = ReachOf(request.window, request.travel_days);
  Days left = ToCome(reach, moment).Without(taken.All());
  if (EarliestChoice(request.window, request.travel_days, left).has_value()) return left;
  Violations found;
  taken.Report(reach, found);
  if (found.empty()) {  // Too few days are left before its end.
    return InvalidField("window", "has begun, and too few days of it are to come",
                        "end it later, or ask for fewer days");
  }
  return Refused("DAYS_NOT_FREE",
                 "the person is not free on the days that the hold needs, travel included", found);
}

Hold NewHold(const HoldRequest& request, Days days, const Moment& moment) {
  const absl::Time asked = request.deadline.value_or(moment.now + kHoldPeriod);
  return {.opening = request.opening,
          .holder = request.holder,
          .role = request.role,
          .place = request.place,
          .window = request.window,
          .travel_days = request.travel_days,
          .state = HoldState::kOffered,
          .days = days,
          .terms = request.terms,
          .placed = moment.now,
          .deadline = std::min(asked, moment.StartOf(days.first()))};
}

}  // namespace

void CheckWindowDays(const Window& window, Violations& found) {
  const int32_t length = window.span.length();
  if (length < 1) {
    found.Add("window", "has no day", "give an end later than the start");
  } else if (window.rule != Rule::kAllDays && (window.days < 1 || length < window.days)) {
    found.Add("window.days", absl::StrCat("is ", window.days),
              absl::StrCat("give 1 to ", length, ", the days of the window"));
  }
}

absl::StatusOr<Notices> PlaceHold(Agenda& agenda, const HoldRequest& request,
                                  const std::vector<PreAcceptance>& rules, const Days& busy,
                                  const Moment& moment) {
  TROUPE_RETURN_IF_ERROR(CheckRequest(request, moment));
  AgendaDraft draft(agenda);
  AdvanceTo(draft, moment.now);
  Agenda& next = draft.agenda();
  TROUPE_RETURN_IF_ERROR(CheckRoom(next, request));
  TROUPE_ASSIGN_OR_RETURN(Days days, DaysFor(next, request, busy, moment));

  next.holds.push_back(NewHold(request, std::move(days), moment));
  Hold& hold = next.holds.back();
  hold.number = ++next.last_number;
  hold.position = ++next.last_position;
  ++next.counts.placed;
  draft.Tell(hold, {.time = moment.now,
                    .kind = HoldEvent::Kind::kPlaced,
                    .side = Side::kHolder,
                    .reason = HoldEvent::Reason::kAsked,
                    .terms = hold.terms,
                    .days = hold.days});
  if (PreAccepts(rules, request)) {
    hold.state = HoldState::kAccepted;
    draft.Tell(hold, {.time = moment.now,
                      .kind = HoldEvent::Kind::kAccepted,
                      .side = Side::kPerson,
                      .reason = HoldEvent::Reason::kPreAccepted});
  }
  draft.Settle(moment.now);
  return draft.Finish(agenda);
}

}  // namespace troupe
