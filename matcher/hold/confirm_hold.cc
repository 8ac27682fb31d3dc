#include "matcher/hold/confirm_hold.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/hold/agenda_draft.h"
#include "matcher/hold/due.h"
#include "matcher/hold/hold_rules.h"
#include "matcher/hold/hold_window.h"
#include "matcher/hold/ladder.h"
#include "matcher/hold/refusal.h"
#include "matcher/hold/taken_days.h"

namespace troupe {
namespace {

using Kind = HoldEvent::Kind;
using Reason = HoldEvent::Reason;

// Reports where the hold is not the first of `days`: its own rank, nobody's name.
// Days that are alike are one violation. True if there is such a day.
bool ReportNotFirst(const Agenda& agenda, const Hold& hold, const Days& days, Violations& found) {
  std::map<std::pair<int32_t, int32_t>, std::vector<Day>> alike;  // By rank and holds.
  for (const DayRank& rank : RanksOf(agenda, hold)) {
    if (rank.rank == 1 || !days.Contains(rank.day)) continue;
    alike[{rank.rank, rank.holds}].push_back(rank.day);
  }
  for (const auto& [standing, where] : alike) {
    const auto& [rank, holds] = standing;
    found.Add("days", absl::StrCat(Days(where).ToString(), where.size() == 1 ? " has " : " have ",
                                   holds, " holds, and this is option ", rank),
              "challenge, or release it");
  }
  return !alike.empty();
}

absl::Status NotConfirmable(const Agenda& agenda, const Hold& hold, const Days& days,
                            const TakenDays& taken) {
  Violations found;
  taken.Report(days, found);
  if (ReportNotFirst(agenda, hold, days, found)) {
    return Refused("NOT_FIRST", "the hold is not the first option on all the days it needs", found);
  }
  return Refused("DAYS_NOT_FREE",
                 "the person is not free on the days that the hold needs, travel included", found);
}

absl::StatusOr<BookedDays> ChooseDays(const Agenda& agenda, const Hold& hold, const Days& work,
                                      const Days& busy) {
  const TakenDays taken = TakenDays::Of(agenda, busy);
  const Days usable = FirstDaysOf(agenda, hold).Without(taken.All());
  if (work.empty()) {
    std::optional<BookedDays> choice = EarliestChoice(hold.window, hold.travel_days, usable);
    if (choice.has_value()) return *std::move(choice);
    return NotConfirmable(agenda, hold, hold.days, taken);
  }
  std::optional<BookedDays> choice = ChoiceOf(hold.window, hold.travel_days, work);
  if (!choice.has_value()) {
    return InvalidField("days", "are not a choice that the hold's window allows",
                        "name as many days of it as the hold asks for");
  }
  const Days missing = choice->All().Without(hold.days);
  if (!missing.empty()) {
    return InvalidField("days", absl::StrCat("need ", missing.ToString(),
                                             ", on which the hold does not stand"),
                        absl::StrCat("choose from ", hold.days.ToString()));
  }
  if (usable.ContainsAll(choice->All())) return *std::move(choice);
  return NotConfirmable(agenda, hold, choice->All(), taken);
}

// Takes the booked days from every other hold: those that cannot do without
// them are released.
void ClearDays(AgendaDraft& draft, const Hold& booking, const Moment& moment) {
  for (Hold& other : draft.agenda().holds) {
    const Days lost = other.days.And(booking.days);
    if (!other.IsActive() || lost.empty()) continue;
    HoldEvent event = {.time = moment.now,
                       .kind = Kind::kDaysLost,
                       .reason = Reason::kDaysBooked,
                       .days = lost};
    Days left = other.days.Without(lost);
    if (EarliestChoice(other.window, other.travel_days, left).has_value()) {
      other.days = std::move(left);
      draft.Tell(other, std::move(event));
    } else {
      event.kind = Kind::kReleased;
      draft.End(other, HoldState::kReleased, std::move(event), booking.number);
    }
  }
}

void Book(AgendaDraft& draft, Hold& hold, int32_t seat, const Moment& moment) {
  hold.state = HoldState::kBooked;
  hold.booked = std::move(hold.confirmation->days);
  hold.days = hold.booked->All();
  hold.decision = hold.confirmation->decision;
  hold.seat = seat;
  hold.confirmation.reset();
  hold.challenge.reset();
  ++draft.agenda().counts.booked;
  draft.Tell(hold, {.time = moment.now,
                    .kind = Kind::kBooked,
                    .side = Side::kHolder,
                    .reason = Reason::kAsked,
                    .days = hold.days});
  ClearDays(draft, hold, moment);
}

// The days on which `hold` could stand again; nullopt if it cannot come back.
std::optional<Days> DaysToComeBack(const Agenda& agenda, const Hold& hold, const Days& busy,
                                   const Moment& moment) {
  if (hold.deadline <= moment.now) return std::nullopt;
  for (const Hold& other : agenda.holds) {
    if (other.opening == hold.opening && (other.IsActive() || other.IsBooked())) {
      return std::nullopt;
    }
  }
  Days left = hold.days.Without(TakenDays::Of(agenda, busy).All());
  if (!EarliestChoice(hold.window, hold.travel_days, left).has_value()) return std::nullopt;
  return left;
}

void Reopen(AgendaDraft& draft, Hold& hold, Days days, const Moment& moment) {
  hold.state = hold.end->state_before;
  hold.days = std::move(days);
  hold.end.reset();
  --draft.agenda().counts.released;
  draft.Tell(hold, {.time = moment.now,
                    .kind = Kind::kReopened,
                    .reason = Reason::kBookingCancelled,
                    .days = hold.days});
}

}  // namespace

absl::StatusOr<Notices> BeginConfirmation(Agenda& agenda, const ConfirmationWish& wish,
                                          const Days& busy, const Moment& moment) {
  AgendaDraft draft(agenda);
  TROUPE_ASSIGN_OR_RETURN(const Hold* const known, draft.Find(wish.hold));
  if (known->IsBooked() && known->decision == wish.decision) return Notices();
  if (known->IsUndecided() && known->confirmation->decision == wish.decision) return Notices();

  AdvanceTo(draft, moment.now);
  TROUPE_ASSIGN_OR_RETURN(Hold* const hold, draft.Changeable(wish.hold));
  if (hold->state != HoldState::kAccepted) {
    return Refused("NOT_ACCEPTED", "the person has not accepted the hold: wait for the answer");
  }
  if (hold->counter_offer.has_value()) {
    return Refused("COUNTER_OFFER_STANDING",
                   "a counter-offer stands: have it accepted or declined first");
  }
  TROUPE_ASSIGN_OR_RETURN(BookedDays days, ChooseDays(draft.agenda(), *hold, wish.work, busy));
  draft.Tell(*hold, {.time = moment.now,
                     .kind = Kind::kConfirming,
                     .side = Side::kHolder,
                     .reason = Reason::kAsked,
                     .days = days.All()});
  hold->confirmation = Confirmation{.decision = wish.decision,
                                    .days = std::move(days),
                                    .seat = wish.seat,
                                    .begun = moment.now,
                                    .deadline = moment.now + kConfirmationPeriod};
  return draft.Finish(agenda);
}

absl::StatusOr<Notices> ResolveConfirmation(Agenda& agenda, uint32_t number, DecisionId id,
                                            Decision decision, int32_t seat,
                                            const Moment& moment) {
  AgendaDraft draft(agenda);
  TROUPE_ASSIGN_OR_RETURN(Hold* const hold, draft.Find(number));
  if (!hold->IsUndecided() || hold->confirmation->decision != id) return Notices();

  AdvanceTo(draft, moment.now);
  if (decision == Decision::kCommit) {
    Book(draft, *hold, seat, moment);
    draft.Settle(moment.now);
  } else {
    hold->confirmation.reset();
    hold->undecided_until = moment.now;
    draft.Tell(*hold, {.time = moment.now, .kind = Kind::kNotConfirmed});
    AdvanceTo(draft, moment.now);
  }
  return draft.Finish(agenda);
}

absl::StatusOr<Notices> CancelBooking(Agenda& agenda, uint32_t number, Side by,
                                      absl::string_view text, const Days& busy,
                                      const Moment& moment) {
  TROUPE_RETURN_IF_ERROR(CheckLength("reason", text, kMostReasonBytes));
  AgendaDraft draft(agenda);
  AdvanceTo(draft, moment.now);
  TROUPE_ASSIGN_OR_RETURN(Hold* const booking, draft.Find(number));
  if (!booking->IsBooked()) {
    return Refused("NOT_BOOKED", absl::StrCat("the hold is ", StateWord(booking->state),
                                              ": only a booking can be cancelled"));
  }
  if (booking->days.last() < moment.today) {
    return Refused("BOOKING_OVER", "the last day of the booking has passed: leave it as it was");
  }
  draft.End(*booking, HoldState::kCancelled,
            {.time = moment.now,
             .kind = Kind::kCancelled,
             .side = by,
             .reason = Reason::kAsked,
             .text = std::string(text)});
  for (Hold& hold : draft.agenda().holds) {
    if (hold.state != HoldState::kReleased || hold.end->booked_by != number) continue;
    std::optional<Days> days = DaysToComeBack(draft.agenda(), hold, busy, moment);
    if (days.has_value()) Reopen(draft, hold, *std::move(days), moment);
  }
  draft.Settle(moment.now);
  return draft.Finish(agenda);
}

std::vector<Undecided> UndecidedOf(const Agenda& agenda) {
  std::vector<Undecided> undecided;
  for (const Hold& hold : agenda.holds) {
    if (!hold.IsUndecided()) continue;
    undecided.push_back({.hold = hold.number,
                         .decision = hold.confirmation->decision,
                         .opening = hold.opening,
                         .deadline = hold.confirmation->deadline});
  }
  return undecided;
}

}  // namespace troupe
