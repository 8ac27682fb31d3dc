#ifndef TROUPE_SERVICES_PLACEMENT_PLACEMENT_RULES_H_
#define TROUPE_SERVICES_PLACEMENT_PLACEMENT_RULES_H_

#include <vector>

#include "absl/status/status.h"
#include "matcher/base/violation.h"
#include "matcher/placement/cohort.h"
#include "matcher/placement/program.h"
#include "matcher/placement/round.h"
#include "services/log/entity.h"
#include "services/log/view.h"

namespace troupe {

// Reports profiles that `next` names, `stored` did not, and its owner does not own.
absl::Status CheckProfiles(const Cohort& stored, const Cohort& next, const ViewSnapshot& now,
                           Violations& found);

// Reports openings that `next` names, `stored` did not, and its owner does not see.
absl::Status CheckOpenings(const Program& stored, const Program& next, const ViewSnapshot& now,
                           Violations& found);

// FAILED_PRECONDITION, reason ROUND_BUSY: an operation is at it. Blocks on disk.
absl::Status CheckRoundIdle(const Round& round, const ViewSnapshot& now);

// The same, and ROUND_PUBLISHED. Of a round that is new, OK.
absl::Status CheckChangeable(const Round& round, const ViewSnapshot& now);

// FAILED_PRECONDITION, reason ROUND_PUBLISHED, if it is.
absl::Status CheckNotPublished(const Round& round);

// Adds what is kept beside the round: what it was placed from, and its operations.
absl::Status AddRoundDeletion(const Round& round, const ViewSnapshot& now,
                              std::vector<Mutation>& mutations);

}  // namespace troupe

#endif  // TROUPE_SERVICES_PLACEMENT_PLACEMENT_RULES_H_
