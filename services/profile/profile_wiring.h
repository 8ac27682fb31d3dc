#ifndef TROUPE_SERVICES_PROFILE_PROFILE_WIRING_H_
#define TROUPE_SERVICES_PROFILE_PROFILE_WIRING_H_

#include <memory>

#include "services/profile/profile_service.h"
#include "services/rpc/admission.h"
#include "services/rpc/wired_service.h"

namespace troupe {

// `profiles` behind gRPC. Both outlive the result.
std::unique_ptr<WiredService> WireProfileService(ProfileService* profiles, Admission* admission);

}  // namespace troupe

#endif  // TROUPE_SERVICES_PROFILE_PROFILE_WIRING_H_
