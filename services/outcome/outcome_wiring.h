#ifndef TROUPE_SERVICES_OUTCOME_OUTCOME_WIRING_H_
#define TROUPE_SERVICES_OUTCOME_OUTCOME_WIRING_H_

#include <memory>

#include "services/outcome/outcome_service.h"
#include "services/rpc/admission.h"
#include "services/rpc/wired_service.h"

namespace troupe {

// `outcomes` behind gRPC. Both outlive the result.
std::unique_ptr<WiredService> WireOutcomeService(OutcomeService* outcomes, Admission* admission);

}  // namespace troupe

#endif  // TROUPE_SERVICES_OUTCOME_OUTCOME_WIRING_H_
