#include "matcher/hold/agenda_draft.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/hold/hold_rules.h"
#include "matcher/hold/ladder.h"
#include "matcher/hold/refusal.h"

namespace troupe {
namespace {

using Kind = HoldEvent::Kind;

int64_t* CountOf(HoldState state, HoldCounts& counts) {
  switch (state) {
    case HoldState::kDeclined: return &counts.declined;
    case HoldState::kReleased: return &counts.released;
    case HoldState::kExpired: return &counts.expired;
    default: return nullptr;
  }
}

}  // namespace

AgendaDraft::AgendaDraft(const Agenda& agenda) : before_(agenda), after_(agenda) {
  for (const Hold& hold : after_.holds) standings_.push_back(StandingOf(hold));
}

absl::StatusOr<Hold*> AgendaDraft::Find(uint32_t number) {
  Hold* const hold = after_.Find(number);
  if (hold != nullptr) return hold;
  return ErrorWithReason(absl::StatusCode::kNotFound, "HOLD_NOT_FOUND",
                         absl::StrCat("there is no hold ", number, ": check the name"));
}

absl::StatusOr<Hold*> AgendaDraft::Changeable(uint32_t number) {
  auto hold = Find(number);
  if (!hold.ok()) return hold;
  if (!(*hold)->IsActive()) {
    return Refused("HOLD_ENDED", absl::StrCat("the hold is ", StateWord((*hold)->state),
                                              ": read it again, place a new one if need be"));
  }
  if ((*hold)->IsUndecided()) {
    return Refused("CONFIRMATION_PENDING",
                   "the hold is being confirmed: try again once that is decided");
  }
  return hold;
}

void AgendaDraft::Tell(Hold& hold, HoldEvent event) {
  notices_.push_back({.hold = hold.number, .event = event});
  hold.history.push_back(std::move(event));
  ++hold.events;
  if (hold.history.size() > kMostHistory) hold.history.erase(hold.history.begin());
}

void AgendaDraft::End(Hold& hold, HoldState state, HoldEvent event, uint32_t booked_by) {
  hold.end = HoldEnd{.time = event.time,
                     .reason = event.reason,
                     .side = event.side,
                     .text = event.text,
                     .state_before = hold.state,
                     .booked_by = booked_by};
  hold.state = state;
  hold.challenge.reset();
  if (int64_t* const count = CountOf(state, after_.counts); count != nullptr) ++*count;
  Tell(hold, std::move(event));
}

void AgendaDraft::Settle(absl::Time at) {
  for (Hold& hold : after_.holds) SettleChallenge(hold, at);
  std::vector<Standing> standings;
  for (const Hold& hold : after_.holds) standings.push_back(StandingOf(hold));
  for (size_t i = 0; i < standings_.size(); ++i) {
    TellMoves(after_.holds[i], standings_[i], standings[i], at);
  }
  standings_ = std::move(standings);
}

Notices AgendaDraft::Finish(Agenda& agenda) {
  for (Hold& hold : after_.holds) {
    const Hold* const before = before_.Find(hold.number);
    if (before == nullptr || hold != *before) ++hold.revision;
  }
  agenda = std::move(after_);
  return std::move(notices_);
}

AgendaDraft::Standing AgendaDraft::StandingOf(const Hold& hold) const {
  return {.position = hold.position,
          .days = hold.IsActive() ? hold.days : Days(),
          .first = FirstDaysOf(after_, hold)};
}

void AgendaDraft::SettleChallenge(Hold& hold, absl::Time at) {
  if (!hold.challenge.has_value()) return;
  Challenge& challenge = *hold.challenge;
  const std::vector<const Hold*> above = Above(after_, hold);
  if (challenge.phase == Challenge::Phase::kAnswer) {
    std::erase_if(challenge.challenged, [&](uint32_t number) {
      return std::none_of(above.begin(), above.end(),
                          [&](const Hold* other) { return other->number == number; });
    });
    if (!challenge.challenged.empty()) return;
    if (above.empty()) {
      challenge = {.phase = Challenge::Phase::kConfirm, .deadline = at + kChallengePeriod};
      Tell(hold, {.time = at, .kind = Kind::kMayConfirm});
      return;
    }
  }
  if (above.empty()) return;
  hold.challenge.reset();
  Tell(hold, {.time = at, .kind = Kind::kChallengeOver});
}

// A hold that has just come, or come back, or fallen to last, knows by that
// event; the others hear of what others did.
void AgendaDraft::TellMoves(Hold& hold, const Standing& before, const Standing& after,
                            absl::Time at) {
  const Days gained = after.first.Without(before.first).And(before.days);
  if (!gained.empty()) Tell(hold, {.time = at, .kind = Kind::kPromoted, .days = gained});
  if (after.position != before.position) return;
  const Days lost = before.first.Without(after.first).And(after.days);
  if (!lost.empty()) Tell(hold, {.time = at, .kind = Kind::kOvertaken, .days = lost});
}

}  // namespace troupe
