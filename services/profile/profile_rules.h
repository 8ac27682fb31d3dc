#ifndef TROUPE_SERVICES_PROFILE_PROFILE_RULES_H_
#define TROUPE_SERVICES_PROFILE_PROFILE_RULES_H_

#include <vector>

#include "absl/status/status.h"
#include "matcher/base/day.h"
#include "matcher/domain/profile.h"
#include "services/log/entity.h"
#include "services/log/view.h"

namespace troupe {

// FAILED_PRECONDITION, reason PROFILE_BOOKED, with each booking of `profile` on
// `today` or later, travel included ("calendar[3]"); at most 50. For its owner only.
absl::Status CheckNotBooked(const Profile& profile, Day today);

// FAILED_PRECONDITION, reason CONFIRMATION_PENDING, while days of `profile` are
// being booked, or the seat of a booking that was cancelled is not empty yet:
// another process would never learn how that ended. Blocks on disk.
absl::Status CheckNothingUndecided(const Profile& profile, const ViewSnapshot& now);

// Adds to `mutations` that the holds of `profile` go with it; what stays is which
// seats name bookings of its past, until they are told. Blocks on disk.
absl::Status AddAgendaTo(const Profile& profile, const ViewSnapshot& now,
                         std::vector<Mutation>& mutations);

}  // namespace troupe

#endif  // TROUPE_SERVICES_PROFILE_PROFILE_RULES_H_
