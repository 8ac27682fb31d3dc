#ifndef TROUPE_MATCHER_HOLD_LADDER_H_
#define TROUPE_MATCHER_HOLD_LADDER_H_

#include <cstdint>
#include <vector>

#include "matcher/base/day.h"
#include "matcher/hold/agenda.h"
#include "matcher/hold/days.h"
#include "matcher/hold/hold.h"

namespace troupe {

// The ladder of a day: the active holds with that day, by position. It is read
// off the agenda, never stored, so a hold that ends cannot leave a gap.

// Where a hold stands on one day.
struct DayRank {
  Day day;
  int32_t rank = 0;   // 1: first option.
  int32_t holds = 0;  // On that day, this one included.

  friend bool operator==(const DayRank&, const DayRank&) = default;
};

// The active holds with `day`, the first option first.
std::vector<const Hold*> LadderOn(const Agenda& agenda, Day day);

// The first of them; nullptr if there is none.
const Hold* FirstOn(const Agenda& agenda, Day day);

// The place of `hold` on `day`; 0 if it is not on that ladder.
int32_t RankOn(const Agenda& agenda, const Hold& hold, Day day);

// Its place on each of its days; empty unless it is active.
std::vector<DayRank> RanksOf(const Agenda& agenda, const Hold& hold);

// The days on which it is the first option.
Days FirstDaysOf(const Agenda& agenda, const Hold& hold);

// True if it is active and the first option on every one of its days.
bool IsFirstEverywhere(const Agenda& agenda, const Hold& hold);

// The active holds that are ahead of it on a day that they share.
std::vector<const Hold*> Above(const Agenda& agenda, const Hold& hold);

}  // namespace troupe

#endif  // TROUPE_MATCHER_HOLD_LADDER_H_
