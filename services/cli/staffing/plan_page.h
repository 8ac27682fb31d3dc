#ifndef TROUPE_SERVICES_CLI_STAFFING_PLAN_PAGE_H_
#define TROUPE_SERVICES_CLI_STAFFING_PLAN_PAGE_H_

#include <string>

#include "absl/status/statusor.h"
#include "services/cli/drawing/gnuplot.h"
#include "services/cli/staffing/plan_figures.h"
#include "services/cli/streams.h"

namespace troupe {

// Prints to a terminal what a plan is made from, and where it stands.
void PrintPlan(const v1::TrainingPlan& plan, Language language, const Streams& streams);

// Prints to a terminal what a plan came to, without its title.
void PrintPlanReport(const PlanFigures& figures, Language language, const Streams& streams);

// What a plan came to as one page of HTML that needs nothing else: figures, pictures of who
// moves between roles, of where they work and of simple policies, tables. Errors as Draw.
absl::StatusOr<std::string> PlanPage(const PlanFigures& figures, Language language,
                                     const Gnuplot& gnuplot);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_STAFFING_PLAN_PAGE_H_
