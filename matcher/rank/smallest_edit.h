#ifndef TROUPE_MATCHER_RANK_SMALLEST_EDIT_H_
#define TROUPE_MATCHER_RANK_SMALLEST_EDIT_H_

#include <optional>

#include "matcher/rank/change.h"
#include "matcher/rank/comparison.h"
#include "matcher/rank/requirement.h"

namespace troupe {

// The smallest edit, in the requirement's own unit, after which the profile
// meets `requirement`, which it fails. It leaves every other requirement as it
// is. nullopt if there is none: see SmallestReschedule.
std::optional<Edit> SmallestEdit(Requirement requirement, const Comparison& comparison);

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_SMALLEST_EDIT_H_
