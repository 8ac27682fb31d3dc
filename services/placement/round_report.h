#ifndef TROUPE_SERVICES_PLACEMENT_ROUND_REPORT_H_
#define TROUPE_SERVICES_PLACEMENT_ROUND_REPORT_H_

#include "absl/status/statusor.h"
#include "matcher/base/stop_token.h"
#include "matcher/placement/placed_round.h"
#include "matcher/placement/round.h"
#include "services/log/view.h"
#include "troupe/v1/placement_report.pb.h"
#include "troupe/v1/placement_service.pb.h"

namespace troupe {

// Figures of what `round` came to, as `request` asks. Roles and homes are those that
// profiles have in `now`; groups are those of its cohorts in `now`. CANCELLED. Blocks on
// disk.
absl::StatusOr<v1::RoundReport> ReportOn(const ViewSnapshot& now, const Round& round,
                                         const PlacedRound& placed,
                                         const v1::ReportRoundRequest& request,
                                         const StopToken& stop);

}  // namespace troupe

#endif  // TROUPE_SERVICES_PLACEMENT_ROUND_REPORT_H_
