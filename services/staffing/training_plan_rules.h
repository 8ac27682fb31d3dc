#ifndef TROUPE_SERVICES_STAFFING_TRAINING_PLAN_RULES_H_
#define TROUPE_SERVICES_STAFFING_TRAINING_PLAN_RULES_H_

#include <vector>

#include "absl/status/status.h"
#include "matcher/base/violation.h"
#include "matcher/staffing/training_plan.h"
#include "services/log/entity.h"
#include "services/log/view.h"

// What training plans keep to beside the rules of their own fields.
namespace troupe {

// FAILED_PRECONDITION if an operation runs. Into `found`: what does not fit to today, unless
// it was so before. Blocks on disk.
absl::Status CheckPlanChange(const TrainingPlan& stored, const TrainingPlan& next,
                             const ViewSnapshot& now, Violations& found);

// FAILED_PRECONDITION, reason TRAINING_PLAN_BUSY, if an operation runs. Blocks on disk.
absl::Status CheckPlanIdle(const TrainingPlan& plan, const ViewSnapshot& now);

// Its operations go with it. Blocks on disk.
absl::Status AddPlanDeletion(const TrainingPlan& plan, const ViewSnapshot& now,
                             std::vector<Mutation>& mutations);

}  // namespace troupe

#endif  // TROUPE_SERVICES_STAFFING_TRAINING_PLAN_RULES_H_
