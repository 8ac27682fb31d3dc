#ifndef TROUPE_SERVICES_PROJECT_PROJECT_WIRING_H_
#define TROUPE_SERVICES_PROJECT_PROJECT_WIRING_H_

#include <memory>

#include "services/project/project_service.h"
#include "services/rpc/admission.h"
#include "services/rpc/wired_service.h"

namespace troupe {

// `projects` behind gRPC. Both outlive the result.
std::unique_ptr<WiredService> WireProjectService(ProjectService* projects, Admission* admission);

}  // namespace troupe

#endif  // TROUPE_SERVICES_PROJECT_PROJECT_WIRING_H_
