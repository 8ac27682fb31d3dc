#ifndef TROUPE_SERVICES_PLACEMENT_PUBLISH_ROUND_H_
#define TROUPE_SERVICES_PLACEMENT_PUBLISH_ROUND_H_

#include "absl/status/status.h"
#include "matcher/placement/placed_round.h"
#include "services/placement/hold_directory.h"
#include "services/placement/round_operations.h"

namespace troupe {

// OK, or FAILED_PRECONDITION, reason NOT_PUBLISHABLE, with the graduates who are placed
// and have no profile, and the programs that have graduates and no opening.
absl::Status CheckPublishable(const PlacedRound& placed);

// Has the placements of the round become holds, all or none, to the end of the operation.
//
// Each hold is asked for under a request id that follows from the round, the operation
// and the graduate, so that asking again places nothing more. The round says PUBLISHING
// from before the first to after the last: a process that stops in between goes on with
// it when it starts. Once a hold is refused, or the operation cancelled, the round first
// says that it withdraws, and then every hold that was placed, or may have been, is
// released. Blocks, also while BookingService cannot be asked.
void PublishRoundToEnd(RoundOperations& operations, const BegunRound& begun,
                       HoldDirectory& holds);

}  // namespace troupe

#endif  // TROUPE_SERVICES_PLACEMENT_PUBLISH_ROUND_H_
