#ifndef TROUPE_MATCHER_RANK_RESCHEDULE_H_
#define TROUPE_MATCHER_RANK_RESCHEDULE_H_

#include <optional>

#include "matcher/index/profile_view.h"
#include "matcher/rank/change.h"
#include "matcher/rank/query.h"

namespace troupe {

// The smallest change of days after which `view`, which is not free for
// `query`, is. The window alone moves if that is enough (see SmallestShift).
// Else it stays, or moves later by as much as it takes for enough days to lie
// ahead, and the person frees the fewest days: of as few, the earliest. nullopt
// if enough days can never be searched at once.
std::optional<Reschedule> SmallestReschedule(const Query& query, const ProfileView& view);

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_RESCHEDULE_H_
