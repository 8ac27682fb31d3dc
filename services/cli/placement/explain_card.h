#ifndef TROUPE_SERVICES_CLI_PLACEMENT_EXPLAIN_CARD_H_
#define TROUPE_SERVICES_CLI_PLACEMENT_EXPLAIN_CARD_H_

#include "services/cli/placement/round_names.h"
#include "services/cli/streams.h"
#include "troupe/v1/placement_service.pb.h"
#include "troupe/v1/round.pb.h"

namespace troupe {

// Prints where a graduate is, what it would rather have and why it has not, and what
// would have placed it, or placed it better. `looked` says whether changes were asked for.
void PrintExplanation(const v1::ExplainPlacementResponse& explanation, const v1::Round& round,
                      const RoundNames& names, bool looked, const Streams& streams);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_PLACEMENT_EXPLAIN_CARD_H_
