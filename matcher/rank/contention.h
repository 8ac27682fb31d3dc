#ifndef TROUPE_MATCHER_RANK_CONTENTION_H_
#define TROUPE_MATCHER_RANK_CONTENTION_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "matcher/base/day.h"
#include "matcher/index/pool.h"
#include "matcher/index/profile_view.h"
#include "matcher/rank/dated_demand.h"

namespace troupe {

// How somebody stands who is free for an opening, but not without a day that
// is held.
struct Contention {
  int32_t ladder_place = 0;         // That a new hold would get; 2 or more.
  int32_t holds_above = 0;          // On any of `days`.
  int64_t free_chance_millionths = 0;  // That none of them is booked.
  std::vector<DaySpan> days;        // The earliest that give that place, with travel.

  friend bool operator==(const Contention&, const Contention&) = default;
};

// The place is the lowest that lets the work be done on days of which each has
// fewer holds than that. nullopt if it is the first, if the person is not free,
// or if no dates are asked for. `market`: see Pool::CountHolds.
std::optional<Contention> ContentionOf(const DatedDemand& query, const ProfileView& view,
                                       const HoldTotals& market);
// The same for dates that have been worked out already.
std::optional<Contention> ContentionOf(const WorkPlan& plan, int32_t travel_days,
                                       const ProfileView& view, const HoldTotals& market);

// True if ContentionOf has a value; does not work it out.
bool IsContended(const DatedDemand& query, const ProfileView& view);

// Days of the opening's dates that are held and free.
int32_t ContendedDays(const DatedDemand& query, const ProfileView& view);

// The chance, in millionths, that a hold of somebody ends in a booking: what
// was counted, drawn towards the market's share as if 10 more holds had ended
// like those, and that towards 400,000 by 20 more.
int64_t BookedChance(const HoldTotals& own, const HoldTotals& market);

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_CONTENTION_H_
