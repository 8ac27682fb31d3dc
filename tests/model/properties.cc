#include "tests/model/properties.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "matcher/hold/advance.h"
#include "matcher/hold/audit.h"
#include "matcher/hold/confirm_hold.h"
#include "matcher/hold/ladder.h"

namespace troupe::testing {
namespace {

std::string Name(size_t person) { return person == 0 ? "A" : "B"; }

// The active holds of the day in the checker's own order.
std::vector<uint32_t> QueueOn(const PersonState& person, int day) {
  std::vector<uint32_t> queue;
  for (uint8_t number : person.arrivals) {
    const Hold& hold = *person.agenda.Find(number);
    if (hold.IsActive() && hold.days.Contains(DayAt(day))) queue.push_back(number);
  }
  return queue;
}

std::string BrokenOnDay(const PersonState& person, size_t who, int day) {
  int booked = 0;
  int undecided = 0;
  for (const Hold& hold : person.agenda.holds) {
    booked += hold.IsBooked() && hold.days.Contains(DayAt(day));
    undecided += hold.IsUndecided() && hold.confirmation->days.All().Contains(DayAt(day));
  }
  const std::vector<uint32_t> queue = QueueOn(person, day);
  std::vector<uint32_t> ladder;
  for (const Hold* hold : LadderOn(person.agenda, DayAt(day))) ladder.push_back(hold->number);
  const std::string where = absl::StrCat(Name(who), " on day ", day + 1);
  if (booked + undecided > 1) {
    return absl::StrCat("NO_DOUBLE_BOOKING: ", where, " is booked or about to be ",
                        booked + undecided, " times");
  }
  if (booked > 0 && !queue.empty()) {
    return absl::StrCat("BOOKED_DAYS_ARE_CLEAR: ", where, " is booked and still held");
  }
  if (queue != ladder) return absl::StrCat("ORDER_OF_ARRIVAL: ", where, " has another order");
  for (const Hold& hold : person.agenda.holds) {
    const bool first = !queue.empty() && queue.front() == hold.number;
    if (hold.IsUndecided() && hold.confirmation->days.All().Contains(DayAt(day)) && !first) {
      return absl::StrCat("NO_QUEUE_SKIPPED: ", where, " is about to be booked by hold ",
                          hold.number, ", which is not first");
    }
    const bool told = (person.told_first[hold.number] >> day & 1) != 0;
    if (hold.IsActive() && told != first) {
      return absl::StrCat("NO_PROMOTION_LOST: ", where, ": hold ", hold.number,
                          first ? " is first and was not told" : " was told that it is first");
    }
  }
  return "";
}

bool HasSeat(const World& world, size_t person, const Hold& hold) {
  const std::vector<SeatFill>& seats = world.seats[static_cast<size_t>(ProjectOf(hold))];
  return std::any_of(seats.begin(), seats.end(), [&](const SeatFill& fill) {
    return fill.person == person && fill.hold == hold.number;
  });
}

std::string BrokenSeats(const World& world) {
  for (int project = 0; project < kProjects; ++project) {
    const std::vector<SeatFill>& seats = world.seats[static_cast<size_t>(project)];
    if (seats.size() > SeatsOf(project)) {
      return absl::StrCat("SEAT_ONCE: project ", project + 1, " has ", seats.size(),
                          " people on ", SeatsOf(project), " seats");
    }
    for (const SeatFill& fill : seats) {
      const Hold& hold = *world.people[fill.person].agenda.Find(fill.hold);
      if (hold.IsBooked() || hold.IsUndecided() || hold.state == HoldState::kCancelled) continue;
      return absl::StrCat("SEAT_IS_A_BOOKING: project ", project + 1, " has a seat for hold ",
                          fill.hold, " of ", Name(fill.person), ", which is ",
                          StateWord(hold.state));
    }
  }
  for (size_t i = 0; i < kPeople; ++i) {
    for (const Hold& hold : world.people[i].agenda.holds) {
      if (hold.IsBooked() && !HasSeat(world, i, hold)) {
        return absl::StrCat("BOOKING_HAS_SEAT: hold ", hold.number, " of ", Name(i), " has none");
      }
    }
  }
  return "";
}

// COMMIT: each of the crew is booked, or still has its intent. ABORT or none:
// nobody is booked.
std::string BrokenCrew(const World& world, size_t crew) {
  const CrewState& state = world.crews[crew];
  const bool commits = state.decision == Decision::kCommit;
  for (size_t i = 0; i < kPeople; ++i) {
    if ((kCrews[crew].people >> i & 1) == 0 || !state.asked) continue;
    const Hold& hold = *world.people[i].agenda.Find(state.holds[i]);
    const bool has_intent =
        hold.IsUndecided() && hold.confirmation->decision == DecisionOf(crew);
    const bool was_booked = hold.decision == DecisionOf(crew);
    if (commits ? has_intent || was_booked : !was_booked) continue;
    return absl::StrCat("ALL_OR_NONE: hold ", hold.number, " of ", Name(i), " is ",
                        StateWord(hold.state), commits ? ", and the crew is committed"
                                                       : ", and the crew is not committed");
  }
  return "";
}

// The state machine of deploy/docs/holds.md.
bool MayBecome(HoldState from, HoldState to, bool reopened) {
  const bool lives = to == HoldState::kOffered || to == HoldState::kAccepted;
  if (from == to) return true;
  switch (from) {
    case HoldState::kOffered: return to != HoldState::kBooked && to != HoldState::kCancelled;
    case HoldState::kAccepted: return to != HoldState::kOffered && to != HoldState::kCancelled;
    case HoldState::kBooked: return to == HoldState::kCancelled;
    case HoldState::kReleased: return lives && reopened;
    default: return false;
  }
}

}  // namespace

std::string Broken(const World& world) {
  for (size_t i = 0; i < kPeople; ++i) {
    const PersonState& person = world.people[i];
    for (int day = 0; day < kDays; ++day) {
      if (std::string broken = BrokenOnDay(person, i, day); !broken.empty()) return broken;
    }
    if (const auto broken = BrokenInvariants(person.agenda); !broken.empty()) {
      return broken.front();
    }
    for (uint8_t count : person.placed_by_request) {
      if (count > 1) return absl::StrCat("RETRY_ONCE: a request placed ", count, " holds");
    }
    const std::optional<absl::Time> due = NextDue(person.agenda);
    if (due.has_value() && !person.armed) {
      return absl::StrCat("NO_TIMER_LOST: nothing waits for what is due next for ", Name(i));
    }
  }
  for (size_t crew = 0; crew < kCrews.size(); ++crew) {
    if (std::string broken = BrokenCrew(world, crew); !broken.empty()) return broken;
  }
  return BrokenSeats(world);
}

std::string BrokenByBooking(const Agenda& before, const Agenda& after, uint32_t booking) {
  const Days& booked = after.Find(booking)->days;
  for (const Hold& hold : before.holds) {
    if (hold.number == booking || !hold.IsActive()) continue;
    const Hold& now = *after.Find(hold.number);
    const Days left = hold.days.Without(booked);
    // Every window of the model asks for all its days, or for one.
    const bool must_go = hold.window.rule == Window::Rule::kAllDays ? left != hold.days
                                                                    : left.empty();
    const bool right = must_go ? now.state == HoldState::kReleased && now.end->booked_by == booking
                               : now.state == hold.state && now.days == left;
    if (right) continue;
    return absl::StrCat("RELEASED_ON_ITS_DAYS: hold ", hold.number, " with ", hold.days.size(),
                        " days of which ", left.size(), " are left is ", StateWord(now.state));
  }
  return "";
}

std::string BrokenByWrite(const World& world, const Agenda& before, const Agenda& after,
                          const Notices& notices) {
  for (const Hold& hold : before.holds) {
    const Hold* const now = after.Find(hold.number);
    if (now == nullptr || now->opening != hold.opening) {
      return absl::StrCat("NOTHING_UNDONE: hold ", hold.number, " is gone");
    }
    const bool reopened =
        std::any_of(notices.begin(), notices.end(), [&](const Notice& notice) {
          return notice.hold == hold.number && notice.event.kind == HoldEvent::Kind::kReopened;
        });
    if (!MayBecome(hold.state, now->state, reopened)) {
      return absl::StrCat("NOTHING_UNDONE: hold ", hold.number, " was ", StateWord(hold.state),
                          " and is ", StateWord(now->state));
    }
    if (!hold.IsUndecided() || now->IsUndecided()) continue;
    const CrewState& crew = world.crews[hold.confirmation->decision.value() - 1];
    if (!crew.decision.has_value() ||
        (*crew.decision == Decision::kCommit) != (now->decision == hold.confirmation->decision)) {
      return absl::StrCat("INTENT_UNTIL_DECISION: hold ", hold.number,
                          " lost its intent, and not by its decision");
    }
  }
  return "";
}

std::string BrokenAtRest(World world) {
  for (size_t i = 0; i < kPeople; ++i) {
    Agenda& agenda = world.people[i].agenda;
    for (const Undecided& undecided : UndecidedOf(agenda)) {
      CrewState& crew = world.crews[undecided.decision.value() - 1];
      if (!crew.decision.has_value()) crew.decision = Decision::kAbort;
      if (!ResolveConfirmation(agenda, undecided.hold, undecided.decision, *crew.decision, 1,
                               world.At())
               .ok()) {
        return "COMES_TO_REST: an intent cannot be resolved";
      }
    }
    Advance(agenda, world.At());
    const std::optional<absl::Time> due = NextDue(agenda);
    if (!UndecidedOf(agenda).empty() || (due.has_value() && *due <= world.now)) {
      return "COMES_TO_REST: something is still undecided or overdue";
    }
    Agenda again = agenda;
    if (!Advance(again, world.At()).empty() || again != agenda) {
      return "TIMERS_ONCE: what was due is done twice";
    }
    if (const auto broken = BrokenInvariants(agenda); !broken.empty()) return broken.front();
  }
  return "";
}

}  // namespace troupe::testing
