#ifndef TROUPE_SERVICES_MODEL_MODEL_WIRING_H_
#define TROUPE_SERVICES_MODEL_MODEL_WIRING_H_

#include <memory>

#include "services/model/model_service.h"
#include "services/rpc/admission.h"
#include "services/rpc/wired_service.h"

namespace troupe {

// `models` behind gRPC. Both outlive the result.
std::unique_ptr<WiredService> WireModelService(ModelService* models, Admission* admission);

}  // namespace troupe

#endif  // TROUPE_SERVICES_MODEL_MODEL_WIRING_H_
