#ifndef TROUPE_MATCHER_RANK_SHORTFALL_H_
#define TROUPE_MATCHER_RANK_SHORTFALL_H_

#include <cstdint>
#include <optional>

#include "matcher/index/profile_view.h"
#include "matcher/rank/dated_demand.h"
#include "matcher/rank/requirement.h"

namespace troupe {

// By how many days, the fewest, the opening's window must move so that `view`
// is free: later if positive, earlier if negative, later first. It may not
// begin (more) in the past, nor end past the last searchable day. nullopt if no
// move helps; 0 if none is needed.
std::optional<int32_t> SmallestShift(const DatedDemand& query, const ProfileView& view);

// How far `view` is from meeting `requirement`, which it fails, in its own
// unit: days to move the window (1,000 and the busy days, if no move helps),
// whole units of currency, languages, skill levels, credentials, km; 1 where
// there is nothing to count.
int64_t ShortfallOf(Requirement requirement, const DatedDemand& query, const ProfileView& view,
                    const RoleRow* role);

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_SHORTFALL_H_
