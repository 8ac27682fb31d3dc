#ifndef TROUPE_SERVICES_STAFFING_SUGGEST_SHADOWING_H_
#define TROUPE_SERVICES_STAFFING_SUGGEST_SHADOWING_H_

#include "absl/status/statusor.h"
#include "matcher/base/ids.h"
#include "matcher/base/stop_token.h"
#include "services/log/view.h"
#include "troupe/v1/staffing_service.pb.h"

namespace troupe {

// Who of a project of `caller` learns which role beside whom, as staffing_service.proto
// says. Looks at everybody's credits, and blocks on disk. CANCELLED.
absl::StatusOr<v1::SuggestShadowingResponse> ShadowingFor(
    const ViewSnapshot& now, const OrganizationId& caller,
    const v1::SuggestShadowingRequest& request, const StopToken& stop);

}  // namespace troupe

#endif  // TROUPE_SERVICES_STAFFING_SUGGEST_SHADOWING_H_
