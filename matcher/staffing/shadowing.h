#ifndef TROUPE_MATCHER_STAFFING_SHADOWING_H_
#define TROUPE_MATCHER_STAFFING_SHADOWING_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "matcher/base/day.h"
#include "matcher/base/ids.h"

namespace troupe::staffing {

// Work of one person of a crew in one role.
struct CrewSeat {
  uint32_t role = 0;
  int32_t level = 0;          // The person's in the role, 1 to 5; 0: it is not held.
  std::vector<DaySpan> days;  // To come: sorted, disjoint, not touching.
};

// A further role that somebody could learn.
struct Prospect {
  uint32_t role = 0;
  bool is_wished = false;
  int64_t adjacency_millionths = 0;  // How readily people of their roles come to work in it.

  friend bool operator==(const Prospect&, const Prospect&) = default;
};

// Somebody of a crew.
struct CrewPerson {
  ProfileId id;
  std::vector<CrewSeat> seats;
  std::vector<DaySpan> busy;        // Beside the seats: sorted, disjoint.
  std::vector<Prospect> prospects;  // By role, each once.
  int32_t learners = 0;             // Who learn beside them already.
  bool is_learning = false;         // Beside somebody already.
};

struct ShadowingTerms {
  int32_t learners_per_expert = 1;
  int32_t expert_level = 4;  // The least.
  int32_t least_days = 2;    // That both are there.
};

// Somebody who learns a role beside somebody else. People are numbers of the crew.
struct ShadowingPair {
  size_t learner = 0;
  size_t expert = 0;
  size_t seat = 0;  // Of the expert's, in which the role is learned.
  Prospect prospect;
  std::vector<DaySpan> days;  // As in CrewSeat.
  int32_t day_count = 0;
  int64_t worth = 0;

  friend bool operator==(const ShadowingPair&, const ShadowingPair&) = default;
};

struct ShadowingChoice {
  std::vector<ShadowingPair> pairs;  // Highest worth first, then by the learner's id.
  int32_t experts = 0;               // People at the level, in a seat with days.
  // Somebody could learn beside one of them if days were no matter.
  bool has_learners = false;
};

// What it is worth that somebody learns for so many days beside a person of this level; see
// deploy/docs/shadowing.md. 0 to 100,000.
int64_t ShadowingWorth(const Prospect& prospect, int32_t expert_level, int32_t days);

// Who of `crew` learns beside whom so that the sum of their worth is the greatest: nobody
// beside more than one person, and nobody with more learners than the terms say. Of several
// such choices one by ids, whatever the order of the crew. Cubic in the people.
ShadowingChoice ChooseShadowing(const std::vector<CrewPerson>& crew, const ShadowingTerms& terms);

}  // namespace troupe::staffing

#endif  // TROUPE_MATCHER_STAFFING_SHADOWING_H_
