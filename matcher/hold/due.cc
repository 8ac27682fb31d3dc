#include "matcher/hold/due.h"

#include <algorithm>

namespace troupe {
namespace {

using Phase = Challenge::Phase;

// A confirmation stops the clock: what would have fallen due while it was
// undecided does so when it is decided.
absl::Time When(const Hold& hold, absl::Time deadline) {
  return std::max(deadline, hold.undecided_until);
}

bool IsExposed(const Hold& hold) { return hold.IsActive() && !hold.IsUndecided(); }

void Do(AgendaDraft& draft, const Due& due) {
  Hold& hold = *draft.agenda().Find(due.hold);
  switch (due.kind) {
    case Due::Kind::kExpire:
      draft.End(hold, HoldState::kExpired,
                {.time = due.time,
                 .kind = HoldEvent::Kind::kExpired,
                 .reason = HoldEvent::Reason::kDeadlinePassed});
      break;
    case Due::Kind::kReleaseChallenged:
      draft.End(hold, HoldState::kReleased,
                {.time = due.time,
                 .kind = HoldEvent::Kind::kReleased,
                 .reason = HoldEvent::Reason::kChallenged});
      break;
    case Due::Kind::kFallToLast:
      hold.challenge.reset();
      hold.position = ++draft.agenda().last_position;
      draft.Tell(hold, {.time = due.time,
                        .kind = HoldEvent::Kind::kFellToLast,
                        .reason = HoldEvent::Reason::kChallengeNotUsed});
      break;
  }
  draft.Settle(due.time);
}

}  // namespace

std::optional<Due> FirstDue(const Agenda& agenda) {
  std::optional<Due> first;
  const auto consider = [&](const Hold& hold, absl::Time deadline, Due::Kind kind) {
    if (!IsExposed(hold)) return;
    const Due due = {.time = When(hold, deadline), .hold = hold.number, .kind = kind};
    if (!first.has_value() || due < *first) first = due;
  };
  for (const Hold& hold : agenda.holds) {
    consider(hold, hold.deadline, Due::Kind::kExpire);
    if (!hold.challenge.has_value()) continue;
    const Challenge& challenge = *hold.challenge;
    if (challenge.phase == Phase::kConfirm) {
      consider(hold, challenge.deadline, Due::Kind::kFallToLast);
    }
    for (uint32_t number : challenge.challenged) {
      consider(*agenda.Find(number), challenge.deadline, Due::Kind::kReleaseChallenged);
    }
  }
  return first;
}

void AdvanceTo(AgendaDraft& draft, absl::Time now) {
  for (std::optional<Due> due = FirstDue(draft.agenda()); due.has_value() && due->time <= now;
       due = FirstDue(draft.agenda())) {
    Do(draft, *due);
  }
}

}  // namespace troupe
