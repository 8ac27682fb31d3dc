#ifndef TROUPE_SERVICES_CLI_STAFFING_PLAN_PICTURES_H_
#define TROUPE_SERVICES_CLI_STAFFING_PLAN_PICTURES_H_

#include "services/cli/drawing/flow_picture.h"
#include "services/cli/drawing/heat_picture.h"
#include "services/cli/drawing/interval_picture.h"
#include "services/cli/staffing/plan_figures.h"
#include "troupe/v1/training_plan.pb.h"

namespace troupe {

// From main roles to new ones.
FlowPicture MovesPicture(const PlanFigures& figures, Language language);

// What trainees fill in their new roles, by role and city.
HeatPicture WorkPicture(const PlanFigures& figures, Language language);

// What the plan and policies gain, with intervals.
IntervalPicture PolicyPicture(const v1::PolicyComparison& comparison, Language language);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_STAFFING_PLAN_PICTURES_H_
