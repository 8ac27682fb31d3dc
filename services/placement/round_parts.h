#ifndef TROUPE_SERVICES_PLACEMENT_ROUND_PARTS_H_
#define TROUPE_SERVICES_PLACEMENT_ROUND_PARTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "matcher/domain/ownership.h"
#include "matcher/placement/placed_round.h"
#include "matcher/placement/round.h"
#include "services/log/change_log.h"
#include "services/log/entity.h"
#include "services/log/view.h"

// What a round was placed from and came to is larger than one record may be, so it is
// kept in parts: records of their own, in the round's shard, which are written before the
// round says that it has them, and deleted with it.
namespace troupe {

// Where the part `number` of the run `run` lies. In the shard of the round.
EntityKey PartEntity(RoundId round, uint32_t run, uint32_t number);

// A request for each part, to be appended before the round names them. A run that broke
// off may have left parts: `now` says which versions they replace. Blocks on disk.
absl::StatusOr<std::vector<AppendRequest>> PartRequests(const ViewSnapshot& now,
                                                        const Round& round, uint32_t run,
                                                        const std::string& bytes,
                                                        absl::Time time);

// Deletes the parts of the run that are there. Blocks on disk.
absl::Status AddPartDeletions(const ViewSnapshot& now, RoundId round, uint32_t run,
                              const Ownership& ownership, std::vector<Mutation>& mutations);

// What the round came to. FAILED_PRECONDITION, reason ROUND_NOT_RUN; DATA_LOSS. Blocks on
// disk.
absl::StatusOr<PlacedRound> ReadPlacedRound(const ViewSnapshot& now, const Round& round);

}  // namespace troupe

#endif  // TROUPE_SERVICES_PLACEMENT_ROUND_PARTS_H_
