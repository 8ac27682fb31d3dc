#include "matcher/staffing/compare_policies.h"

#include <cmath>
#include <cstddef>
#include <span>

#include "matcher/base/violation.h"
#include "matcher/staffing/training_sample.h"

namespace troupe::staffing {
namespace {

// Of the normal distribution: between -1.96 and 1.96 lie 95 %.
constexpr double kDeviations = 1.959963984540054;

Interval IntervalOf(std::span<const int64_t> nanos, std::span<const int64_t> less) {
  const auto count = static_cast<double>(nanos.size());
  double sum = 0, squares = 0;
  const auto value = [&](size_t i) {
    return static_cast<double>(nanos[i] - (less.empty() ? 0 : less[i])) / 1e9;
  };
  for (size_t i = 0; i < nanos.size(); ++i) sum += value(i);
  const double mean = sum / count;
  for (size_t i = 0; i < nanos.size(); ++i) squares += (value(i) - mean) * (value(i) - mean);
  const double error = count < 2 ? 0 : std::sqrt(squares / (count - 1) / count);
  return {mean, mean - kDeviations * error, mean + kDeviations * error};
}

}  // namespace

absl::StatusOr<PolicyComparison> ComparePolicies(const TrainingProblem& problem,
                                                 const Trainees& plan,
                                                 const ComparisonOptions& options,
                                                 Executor* executor, const StopToken& stop) {
  if (options.draws < 1) return InvalidField("draws", "is 0", "give at least 1");
  PolicyComparison comparison = {.draws = options.draws};
  std::vector<Trainees> contenders = {plan};
  for (Policy policy : kPolicies) {
    contenders.push_back(TraineesOf(policy, problem, options.seed));
  }
  TrainingSample sample(problem, options.seed, DemandModel::kFreshDraws, options.draws, executor);
  const std::vector<std::vector<int64_t>> worth = sample.WorthOfEach(contenders, options.on_draws, stop);
  if (worth.empty()) return absl::CancelledError("the comparison was stopped");
  const std::vector<int64_t>& of_plan = worth[0];
  const std::vector<int64_t>& of_none = worth[1];  // The first policy.
  comparison.plan_filled = IntervalOf(of_plan, {});
  comparison.plan_gained = IntervalOf(of_plan, of_none);
  for (size_t i = 0; i < kPolicies.size(); ++i) {
    const std::vector<int64_t>& own = worth[i + 1];
    comparison.policies.push_back({.policy = kPolicies[i],
                                   .trainees = contenders[i + 1],
                                   .cost = CostOf(problem, contenders[i + 1]),
                                   .filled = IntervalOf(own, {}),
                                   .gained = IntervalOf(own, of_none),
                                   .plan_ahead = IntervalOf(of_plan, own)});
  }
  return comparison;
}

}  // namespace troupe::staffing
