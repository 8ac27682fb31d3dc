#ifndef TROUPE_MATCHER_STAFFING_PLAN_TRAINING_H_
#define TROUPE_MATCHER_STAFFING_PLAN_TRAINING_H_

#include <cstdint>
#include <functional>

#include "absl/status/statusor.h"
#include "matcher/base/executor.h"
#include "matcher/base/stop_token.h"
#include "matcher/staffing/training.h"

namespace troupe::staffing {

struct PlanOptions {
  uint32_t draws = 16;  // Of demand, by which plans are chosen.
  uint64_t seed = 1;
  // Weeks of draws to solve, about: the same limit gives the same plan.
  int64_t work_limit = 100'000;
  bool may_prove = true;  // Whether to go on looking for the very best when it seems found.
  // Also how much what many more yuan would buy; 0: not asked for.
  int64_t further_yuan = 100'000;
  // Called with the weeks of draws that were solved, now and then; never with fewer than
  // before. Null: nobody wants to know.
  std::function<void(int64_t work)> on_work = nullptr;
};

// Whom to train: how many of each option, and how good that is. Worths are of all
// draws together, in 10^-9 role-days; use the functions.
struct PlannedTraining {
  Trainees trainees;
  int64_t cost = 0;  // Yuan.
  uint32_t draws = 0;            // As asked for; fewer if it was stopped early.
  int64_t worth = 0;             // With the training.
  int64_t worth_untrained = 0;
  int64_t bound = 0;             // No plan is worth more on these draws.
  int64_t worth_with_further = 0;  // With `further_yuan` more, as far as it was looked at.
  bool is_proven = false;        // `worth` is `bound`.
  bool is_stopped = false;       // By the token: still valid, but may differ from run to run.
  int64_t work = 0;              // Weeks of draws that were solved.

  // Role-days that are filled because of it, on average over the draws.
  double RoleDaysGained() const { return PerDraw(worth - worth_untrained); }
  double RoleDaysGainedAtMost() const { return PerDraw(bound - worth_untrained); }
  double RoleDaysOfFurther() const { return PerDraw(worth_with_further - worth); }
  double PerDraw(int64_t nanos) const { return static_cast<double>(nanos) / 1e9 / draws; }
};

// The training that fills the most role-days, by their productivity, on average over
// draws of demand in which everybody's time is used as well as possible; nobody is trained
// who is found to add nothing. A two-stage
// stochastic program by sample average (A. J. Kleywegt, A. Shapiro, T. Homem-de-Mello
// 2002): ascent along supergradients, exchanges, then search of what cuts leave, which
// proves small ones. Feasible always, never above its bound. Stopped, it gives the best
// so far and says so. Types that reach the same cities are best merged first (merge.h).
// INVALID_ARGUMENT of ValidateTraining and ValidateDraws; CANCELLED if stopped before
// anything was known.
//
//   TROUPE_ASSIGN_OR_RETURN(PlannedTraining plan, PlanTraining(problem, {}, nullptr, stop));
//   plan.trainees[i];  // Of problem.options[i].
absl::StatusOr<PlannedTraining> PlanTraining(const TrainingProblem& problem,
                                          const PlanOptions& options, Executor* executor,
                                          const StopToken& stop);

}  // namespace troupe::staffing

#endif  // TROUPE_MATCHER_STAFFING_PLAN_TRAINING_H_
