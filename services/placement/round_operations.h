#ifndef TROUPE_SERVICES_PLACEMENT_ROUND_OPERATIONS_H_
#define TROUPE_SERVICES_PLACEMENT_ROUND_OPERATIONS_H_

#include "services/placement/placement_kinds.h"
#include "services/rpc/resource_operations.h"

namespace troupe {

using RoundOperations = ResourceOperations<RoundKind>;
using BegunRound = BegunOperation<RoundKind>;

}  // namespace troupe

#endif  // TROUPE_SERVICES_PLACEMENT_ROUND_OPERATIONS_H_
