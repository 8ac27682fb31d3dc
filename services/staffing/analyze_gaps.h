#ifndef TROUPE_SERVICES_STAFFING_ANALYZE_GAPS_H_
#define TROUPE_SERVICES_STAFFING_ANALYZE_GAPS_H_

#include "absl/status/statusor.h"
#include "matcher/base/ids.h"
#include "matcher/base/stop_token.h"
#include "services/log/view.h"
#include "troupe/v1/staffing_service.pb.h"

namespace troupe {

// Where people are missing, for `caller`, as `request` asks and staffing_service.proto
// says. Looks at everybody; with a forecast, blocks on disk. CANCELLED.
absl::StatusOr<v1::AnalyzeGapsResponse> GapsFor(const ViewSnapshot& now,
                                                const OrganizationId& caller,
                                                const v1::AnalyzeGapsRequest& request,
                                                const StopToken& stop);

}  // namespace troupe

#endif  // TROUPE_SERVICES_STAFFING_ANALYZE_GAPS_H_
