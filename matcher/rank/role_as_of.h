#ifndef TROUPE_MATCHER_RANK_ROLE_AS_OF_H_
#define TROUPE_MATCHER_RANK_ROLE_AS_OF_H_

#include <optional>

#include "matcher/base/day.h"
#include "matcher/index/profile_view.h"

namespace troupe {

// The profile's entry for a role as it could have been on that day, as far as its
// credits show; nullopt if none does. The years in it are stated as of today,
// which would tell who went on working.
std::optional<RoleRow> RoleAsOf(const ProfileView& view, RoleRow role, Day as_of);

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_ROLE_AS_OF_H_
