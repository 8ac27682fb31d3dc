#ifndef TROUPE_SERVICES_PLACEMENT_EXPLAIN_PLACEMENT_H_
#define TROUPE_SERVICES_PLACEMENT_EXPLAIN_PLACEMENT_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/base/stop_token.h"
#include "matcher/placement/out_of_reach.h"
#include "matcher/placement/placed_round.h"
#include "matcher/placement/round.h"
#include "services/log/view.h"
#include "troupe/v1/placement_report.pb.h"
#include "troupe/v1/placement_service.pb.h"

namespace troupe {

// Where the graduate went, for the wire.
v1::GraduatePlacement ToWire(const PlacedRound& placed, uint32_t graduate);

// `placed` with its ties broken as they were for placing.
Instance PlacedInstance(const PlacedRound& placed);

// The programs that the graduate would rather have, and why not, of PlacedInstance.
std::vector<v1::OutOfReach> OutOfReachOf(const PlacedRound& placed, const Instance& instance,
                                         uint32_t graduate);

// Which changes to look for.
struct ChangesWanted {
  bool further_wishes = true;  // Besides roles and skills.
  int32_t* tried = nullptr;    // Counts those that were tried.
};

// Changes of one thing with which the graduate would have been placed, or placed at a
// program that it would rather have; each tried by placing once more. Blocks on disk.
absl::StatusOr<std::vector<v1::PlacementChange>> ChangesFor(const ViewSnapshot& now,
                                                            const OrganizationId& owner,
                                                            const PlacedRound& placed,
                                                            uint32_t graduate,
                                                            const ChangesWanted& wanted,
                                                            const StopToken& stop);

}  // namespace troupe

#endif  // TROUPE_SERVICES_PLACEMENT_EXPLAIN_PLACEMENT_H_
