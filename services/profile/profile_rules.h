#ifndef TROUPE_SERVICES_PROFILE_PROFILE_RULES_H_
#define TROUPE_SERVICES_PROFILE_PROFILE_RULES_H_

#include "absl/status/status.h"
#include "matcher/base/day.h"
#include "matcher/domain/profile.h"

namespace troupe {

// FAILED_PRECONDITION, reason PROFILE_BOOKED, with each booking of `profile` on
// `today` or later ("calendar[3]"); at most 50. For its owner only.
absl::Status CheckNotBooked(const Profile& profile, Day today);

}  // namespace troupe

#endif  // TROUPE_SERVICES_PROFILE_PROFILE_RULES_H_
