#ifndef TROUPE_SERVICES_CLI_STAFFING_PLAN_FILES_H_
#define TROUPE_SERVICES_CLI_STAFFING_PLAN_FILES_H_

#include <string>

#include "absl/status/status.h"
#include "services/cli/staffing/plan_figures.h"

namespace troupe {

// Writes what a plan came to as figures.csv, courses.csv, trainees.csv, work.csv, moves.csv
// and policies.csv, and what was tried last as trial.csv, into `folder`, which is made if it
// is not there. FAILED_PRECONDITION, reason FILE_NOT_WRITTEN.
absl::Status WritePlanCsv(const PlanFigures& figures, const std::string& folder);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_STAFFING_PLAN_FILES_H_
