#ifndef TROUPE_MATCHER_STAFFING_COMPARE_POLICIES_H_
#define TROUPE_MATCHER_STAFFING_COMPARE_POLICIES_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/base/executor.h"
#include "matcher/base/stop_token.h"
#include "matcher/staffing/policy.h"
#include "matcher/staffing/training.h"

namespace troupe::staffing {

// A mean over draws of demand, with the 95 % interval that their spread leaves it:
// mean -+ 1.96 standard errors.
struct Interval {
  double mean = 0;
  double low = 0;
  double high = 0;
};

// How one policy does on demand that no plan has seen, and the plan beside it. In
// role-days of all weeks together.
struct PolicyResult {
  Policy policy = Policy::kNone;
  Trainees trainees;
  int64_t cost = 0;       // Yuan.
  Interval filled;        // Role-days, by productivity.
  Interval gained;        // More than without training, draw by draw.
  Interval plan_ahead;    // Of the plan less the policy's, draw by draw.
};

struct PolicyComparison {
  uint32_t draws = 0;
  Interval plan_filled;
  Interval plan_gained;
  std::vector<PolicyResult> policies;  // As kPolicies.
};

struct ComparisonOptions {
  uint32_t draws = 1'000;
  uint64_t seed = 1;  // Of the problem's demand; draws are other than plans are chosen by.
  // Called with the draws that are done, from any thread. Null: nobody wants to know.
  std::function<void(int64_t draws)> on_draws = nullptr;
};

// Uses everybody's time as well as possible in each of many fresh draws, for the plan and
// for each policy alike. The problem and the plan are valid. INVALID_ARGUMENT without
// draws; CANCELLED.
absl::StatusOr<PolicyComparison> ComparePolicies(const TrainingProblem& problem,
                                                 const Trainees& plan,
                                                 const ComparisonOptions& options,
                                                 Executor* executor, const StopToken& stop);

}  // namespace troupe::staffing

#endif  // TROUPE_MATCHER_STAFFING_COMPARE_POLICIES_H_
