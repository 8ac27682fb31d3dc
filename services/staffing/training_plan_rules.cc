#include "services/staffing/training_plan_rules.h"

#include "matcher/base/status_macros.h"
#include "matcher/domain/gazetteer.h"
#include "services/rpc/stored_operations.h"
#include "services/staffing/plan_question.h"
#include "services/staffing/work_places.h"

namespace troupe {

absl::Status CheckPlanChange(const TrainingPlan& stored, const TrainingPlan& next,
                             const ViewSnapshot& now, Violations& found) {
  TROUPE_RETURN_IF_ERROR(CheckPlanIdle(stored, now));
  const bool asks_the_same = stored.from == next.from && stored.until == next.until &&
                             stored.courses == next.courses && stored.what_ifs == next.what_ifs;
  // What is wrong by itself was found already, and cannot be read.
  if (asks_the_same || !found.empty()) return absl::OkStatus();
  const absl::StatusOr<PlanQuestion> question =
      ReadPlanQuestion(next, now.pool().today(), WorkPlaces(ShippedPlaces()));
  for (const FieldViolation& each : ViolationsOf(question.status())) {
    found.Add(each.field, each.problem, each.fix);
  }
  return absl::OkStatus();
}

absl::Status CheckPlanIdle(const TrainingPlan& plan, const ViewSnapshot& now) {
  if (!plan.id) return absl::OkStatus();
  TROUPE_ASSIGN_OR_RETURN(const auto operations, FindOperations(now, plan.id.value()));
  return CheckIdle(operations, "training_plan");
}

absl::Status AddPlanDeletion(const TrainingPlan& plan, const ViewSnapshot& now,
                             std::vector<Mutation>& mutations) {
  TROUPE_ASSIGN_OR_RETURN(const auto operations, FindOperations(now, plan.id.value()));
  if (operations.has_value()) mutations.push_back(DeleteOperations(*operations));
  return absl::OkStatus();
}

}  // namespace troupe
