#ifndef TROUPE_SERVICES_STAFFING_MAKE_TRAINING_PLAN_H_
#define TROUPE_SERVICES_STAFFING_MAKE_TRAINING_PLAN_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/base/executor.h"
#include "matcher/staffing/demand_model.h"
#include "matcher/staffing/training_plan.h"
#include "services/log/view.h"
#include "services/rpc/live_operations.h"
#include "services/staffing/staffing_kinds.h"
#include "troupe/v1/training_plan.pb.h"

namespace troupe {

// What PlanTraining came to.
struct MadePlan {
  v1::TrainingResult result;     // Without its time.
  std::vector<int64_t> planned;  // TrainingPlan::planned
};

// Makes `plan` for its owner as people and openings are in `now`: all that PlanTraining does
// but for writing it down. Draws run on `executor`. Errors as PlanTraining says; CANCELLED.
absl::StatusOr<MadePlan> MakePlan(const ViewSnapshot& now, const TrainingPlan& plan,
                                  Executor* executor, LiveOperation& live);

// What a simulation tries.
struct Simulation {
  std::vector<int64_t> people;  // At most, by course.
  bool is_stated = false;       // By whoever asks; else they are the plan's.
  staffing::Regime regime = staffing::Regime::kPoisson;
  uint64_t seed = 0;
  uint32_t draws = 0;
};

// Of a plan as it is stored. INVALID_ARGUMENT names the field; FAILED_PRECONDITION, reason
// TRAINING_PLAN_NOT_MADE.
absl::StatusOr<Simulation> ReadSimulation(const v1::SimulateTrainingRequest& request,
                                          const TrainingPlan& plan);

// Likewise all that SimulateTraining does, without its time.
absl::StatusOr<v1::TrainingSimulation> Simulate(const ViewSnapshot& now, const TrainingPlan& plan,
                                                const Simulation& simulation, Executor* executor,
                                                LiveOperation& live);

// Make or simulate a plan that was begun, to the end of the operation. Block; take as long as
// they take.
void MakePlanToEnd(PlanOperations& operations, const BegunPlan& begun, Executor* executor);
void SimulateToEnd(PlanOperations& operations, const BegunPlan& begun,
                   const Simulation& simulation, Executor* executor);

// Ends an operation that ran when the process stopped. Blocks.
void EndBrokenOffPlan(PlanOperations& operations, const BegunPlan& begun);

}  // namespace troupe

#endif  // TROUPE_SERVICES_STAFFING_MAKE_TRAINING_PLAN_H_
