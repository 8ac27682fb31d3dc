#include "matcher/hold/seat_decision.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/string_view.h"

namespace troupe {
namespace {

constexpr absl::Duration kAlwaysKept = absl::Hours(24);

// The seat of `opening` that `hold` fills; nullptr if there is none.
const Seat* SeatOf(const Opening& opening, HoldId hold) {
  const auto at = std::find_if(opening.seats.begin(), opening.seats.end(), [&](const Seat& seat) {
    return seat.hold == hold.number && seat.profile == hold.profile;
  });
  return at == opening.seats.end() ? nullptr : &*at;
}

// The wishes with their seats, if every one is met already; else none. If only some
// are, another confirmation met those: a crew is committed as a whole.
std::vector<SeatWish> MetAlready(const std::vector<SeatWish>& wishes, const Project* project) {
  std::vector<SeatWish> met;
  for (const SeatWish& wish : wishes) {
    const Opening* const opening = project == nullptr ? nullptr : project->FindOpening(wish.opening);
    const Seat* const seat = opening == nullptr ? nullptr : SeatOf(*opening, wish.hold);
    if (seat == nullptr) return {};
    met.push_back({wish.opening, seat->number, wish.hold});
  }
  return met;
}

// Fills the seat that `wish` asks for, and writes which into it. Why not, if it
// cannot be; empty if it could.
absl::string_view Fill(SeatWish& wish, Opening* opening) {
  if (opening == nullptr) return "OPENING_GONE";
  if (opening->state != Opening::State::kOpen) return "OPENING_NOT_OPEN";
  std::vector<Seat>& seats = opening->seats;
  if (wish.seat < 0 || wish.seat > static_cast<int32_t>(seats.size())) return "SEAT_GONE";
  // A person has one seat of an opening, and may have been given it by hand.
  auto seat = std::find_if(seats.begin(), seats.end(), [&](const Seat& each) {
    return each.profile == wish.hold.profile;
  });
  if (seat == seats.end()) {
    seat = wish.seat != 0 ? seats.begin() + (wish.seat - 1)
                          : std::find_if(seats.begin(), seats.end(),
                                         [](const Seat& each) { return !each.profile; });
    if (seat == seats.end() || seat->profile) return "SEAT_TAKEN";
  } else if (seat->hold != 0 || (wish.seat != 0 && wish.seat != seat->number)) {
    return "SEAT_TAKEN";
  }
  seat->profile = wish.hold.profile;
  seat->hold = wish.hold.number;
  wish.seat = seat->number;
  return "";
}

// Fills every seat or, with the reason, none; `refused` are then those in the way.
std::string FillAll(const DecisionRequest& request, absl::Time now, Project& project,
                    std::vector<SeatWish>& filled, std::vector<SeatWish>& refused) {
  refused = request.seats;
  if (now >= request.deadline) return "DEADLINE_PASSED";
  if (project.ownership.owner != request.caller) return "NOT_OWNER";
  refused.clear();
  std::string reason;
  Project next = project;
  // Seats that are named first, so that no other takes them as the first free.
  filled = request.seats;
  for (const bool named : {true, false}) {
    for (SeatWish& wish : filled) {
      if ((wish.seat != 0) != named) continue;
      const auto opening = std::find_if(next.openings.begin(), next.openings.end(),
                                        [&](const Opening& o) { return o.number == wish.opening; });
      const SeatWish asked = wish;
      const absl::string_view why = Fill(wish, opening == next.openings.end() ? nullptr : &*opening);
      if (why.empty()) continue;
      if (reason.empty()) reason = std::string(why);
      refused.push_back(asked);
    }
  }
  if (reason.empty()) project = std::move(next);
  return reason;
}

// Changes each seat that `hold` fills. False if there is none.
template <typename Change>
bool ChangeSeatsOf(HoldId hold, Project& project, Change change) {
  bool is_changed = false;
  for (Opening& opening : project.openings) {
    for (Seat& seat : opening.seats) {
      if (hold.number == 0 || seat.hold != hold.number || seat.profile != hold.profile) continue;
      change(seat);
      is_changed = true;
    }
  }
  return is_changed;
}

// What retries may still ask for stays.
void Forget(absl::Time now, std::vector<SeatDecision>& decisions) {
  const size_t surplus =
      decisions.size() > kMostDecisionsKept ? decisions.size() - kMostDecisionsKept : 0;
  size_t forgotten = 0;
  while (forgotten < decisions.size()) {
    const absl::Duration age = now - decisions[forgotten].time;
    const bool is_old = age >= kDecisionsKept || (forgotten < surplus && age >= kAlwaysKept);
    if (!is_old) break;
    ++forgotten;
  }
  decisions.erase(decisions.begin(), decisions.begin() + static_cast<ptrdiff_t>(forgotten));
}

}  // namespace

const SeatDecision* ProjectDecisions::Find(DecisionId id) const {
  const auto at = std::find_if(decisions.rbegin(), decisions.rend(),
                               [&](const SeatDecision& each) { return each.id == id; });
  return at == decisions.rend() ? nullptr : &*at;
}

Decided Decide(const DecisionRequest& request, absl::Time now, Project* project,
               ProjectDecisions& decisions) {
  if (const SeatDecision* const stands = decisions.Find(request.id); stands != nullptr) {
    return {*stands, false};
  }
  SeatDecision decision{.id = request.id, .time = now, .body_hash = request.body_hash};
  if (std::vector<SeatWish> met = MetAlready(request.seats, project); !met.empty()) {
    decision.outcome = Decision::kCommit;
    decision.seats = std::move(met);
    return {std::move(decision), false};
  }
  std::vector<SeatWish> filled, refused;
  if (request.wanted == Decision::kAbort) {
    decision.reason = "ABORTED";
  } else if (project == nullptr) {
    decision.reason = "PROJECT_GONE";
    refused = request.seats;
  } else {
    decision.reason = FillAll(request, now, *project, filled, refused);
  }
  decision.outcome = decision.reason.empty() ? Decision::kCommit : Decision::kAbort;
  decision.seats = decision.reason.empty() ? std::move(filled) : std::move(refused);
  Forget(now, decisions.decisions);
  decisions.decisions.push_back(decision);
  return {std::move(decision), true};
}

bool VacateSeats(HoldId hold, Project& project) {
  return ChangeSeatsOf(hold, project, [](Seat& seat) { seat = {.number = seat.number}; });
}

bool OrphanSeats(HoldId hold, Project& project) {
  return ChangeSeatsOf(hold, project, [](Seat& seat) { seat.hold = 0; });
}

}  // namespace troupe
