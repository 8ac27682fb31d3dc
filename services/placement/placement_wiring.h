#ifndef TROUPE_SERVICES_PLACEMENT_PLACEMENT_WIRING_H_
#define TROUPE_SERVICES_PLACEMENT_PLACEMENT_WIRING_H_

#include <memory>

#include "services/placement/placement_service.h"
#include "services/rpc/admission.h"
#include "services/rpc/wired_service.h"

namespace troupe {

// `placements` behind gRPC. Both outlive the result.
std::unique_ptr<WiredService> WirePlacementService(PlacementService* placements,
                                                   Admission* admission);

}  // namespace troupe

#endif  // TROUPE_SERVICES_PLACEMENT_PLACEMENT_WIRING_H_
