#ifndef TROUPE_SERVICES_MATCHING_MATCH_WIRING_H_
#define TROUPE_SERVICES_MATCHING_MATCH_WIRING_H_

#include <memory>

#include "services/matching/match_service.h"
#include "services/rpc/wired_service.h"

namespace troupe {

// `matches` as the gRPC service troupe.v1.MatchService. Both outlive it.
std::unique_ptr<WiredService> WireMatchService(MatchService* matches, Admission* admission);

}  // namespace troupe

#endif  // TROUPE_SERVICES_MATCHING_MATCH_WIRING_H_
