#ifndef TROUPE_SERVICES_OUTCOME_FAIRNESS_REPORT_H_
#define TROUPE_SERVICES_OUTCOME_FAIRNESS_REPORT_H_

#include "absl/status/statusor.h"
#include "matcher/base/ids.h"
#include "matcher/base/stop_token.h"
#include "services/log/view.h"
#include "troupe/v1/outcome_service.pb.h"

namespace troupe {

// How groups fared over what `caller` recorded, as `request` asks. Blocks on disk.
absl::StatusOr<v1::ReportFairnessResponse> FairnessReport(const ViewSnapshot& now,
                                                          const OrganizationId& caller,
                                                          const v1::ReportFairnessRequest& request,
                                                          const StopToken& stop);

}  // namespace troupe

#endif  // TROUPE_SERVICES_OUTCOME_FAIRNESS_REPORT_H_
