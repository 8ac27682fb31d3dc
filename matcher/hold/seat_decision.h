#ifndef TROUPE_MATCHER_HOLD_SEAT_DECISION_H_
#define TROUPE_MATCHER_HOLD_SEAT_DECISION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "matcher/base/ids.h"
#include "matcher/domain/project.h"
#include "matcher/hold/decision.h"

namespace troupe {

// A seat for a hold: wished for, filled, or refused.
struct SeatWish {
  uint32_t opening = 0;  // Of the decision's project.
  int32_t seat = 0;      // 0: the first that is empty.
  HoldId hold;

  friend bool operator==(const SeatWish&, const SeatWish&) = default;
};

// What was decided about one confirmation. Constant once it is written.
struct SeatDecision {
  DecisionId id;
  Decision outcome = Decision::kAbort;
  absl::Time time;
  uint64_t body_hash = 0;       // Of what the client asked; 0: not known.
  std::string reason;           // Of an abort: why, UPPER_SNAKE_CASE.
  std::vector<SeatWish> seats;  // Of a commit: filled. Of an abort: refused.

  friend bool operator==(const SeatDecision&, const SeatDecision&) = default;
};

// The decisions about one project's seats, kept beside the project.
struct ProjectDecisions {
  ProjectId project;
  std::vector<SeatDecision> decisions;  // Oldest first.

  const SeatDecision* Find(DecisionId id) const;  // nullptr if there is none.

  friend bool operator==(const ProjectDecisions&, const ProjectDecisions&) = default;
};

// How long a decision is kept, and how many at least of those older than a day.
// That is for retries; who is undecided for longer is answered from the seats.
inline constexpr absl::Duration kDecisionsKept = absl::Hours(30 * 24);
inline constexpr size_t kMostDecisionsKept = 500;

// What is to be decided.
struct DecisionRequest {
  DecisionId id;
  Decision wanted = Decision::kAbort;
  OrganizationId caller;
  absl::Time deadline;  // From then on nothing is committed.
  uint64_t body_hash = 0;
  std::vector<SeatWish> seats;  // Each profile once.
};

// What stands, and whether it is to be written.
struct Decided {
  SeatDecision decision;
  bool is_new = false;  // `project` and `decisions` have changed.
};

// The decision that stands about `request`. If there is none, makes it: adds it
// to `decisions`, forgets what need not be kept, and for a commit fills all
// seats of `project`; nullptr: it is gone. A commit aborts instead, with every
// seat that is in the way, by reason
//   DEADLINE_PASSED   it is not before request.deadline;
//   PROJECT_GONE, NOT_OWNER   about all seats;
//   OPENING_GONE, OPENING_NOT_OPEN, SEAT_GONE   it was removed, is closed or a
//                     draft, or has not so many seats;
//   SEAT_TAKEN        the seat, or each seat, is filled; the person has another
//                     seat of the opening.
// The seat that the owner gave the same person by hand is hers. A request whose
// holds all have their seats was committed, even if that is long forgotten.
Decided Decide(const DecisionRequest& request, absl::Time now, Project* project,
               ProjectDecisions& decisions);

// Empties the seats that `hold` fills. False if there is none.
bool VacateSeats(HoldId hold, Project& project);

// Leaves the seats that `hold` fills to its person, as if the owner had filled
// them by hand: what was is true, though the hold is gone. False if there is none.
bool OrphanSeats(HoldId hold, Project& project);

}  // namespace troupe

#endif  // TROUPE_MATCHER_HOLD_SEAT_DECISION_H_
