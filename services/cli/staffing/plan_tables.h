#ifndef TROUPE_SERVICES_CLI_STAFFING_PLAN_TABLES_H_
#define TROUPE_SERVICES_CLI_STAFFING_PLAN_TABLES_H_

#include <cstdint>
#include <vector>

#include "services/cli/placement/report_tables.h"
#include "services/cli/staffing/plan_figures.h"
#include "troupe/v1/training_plan.pb.h"

namespace troupe {

// The id of the table of who moves between roles.
inline constexpr char kMovesId[] = "moves";

// All tables of what the plan came to, in the order in which they are shown, and last how it
// was made. Those without rows have something to say about it.
std::vector<ReportTable> TablesOf(const PlanFigures& figures);

// Courses that may be taken.
ReportTable OfferTable(const v1::TrainingPlan& plan);

// What the plan is made from, and how.
ReportTable MakingTable(const v1::TrainingPlan& plan);

// A plan beside policies. `cost_yuan` is that of the plan; 0: not known.
ReportTable PolicyTable(const v1::PolicyComparison& comparison, int64_t cost_yuan);

// What was tried last.
ReportTable TrialTable(const PlanFigures& figures);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_STAFFING_PLAN_TABLES_H_
