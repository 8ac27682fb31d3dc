#include "matcher/rank/fit_weights.h"

#include <nlopt.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "matcher/base/violation.h"

namespace troupe {
namespace {

// The sum of the products. In four lanes, so that it can be computed four at a
// time and is still the same everywhere.
double Dot(absl::Span<const double> a, absl::Span<const float> b) {
  std::array<double, 4> lanes{};
  size_t i = 0;
  for (; i + 4 <= a.size(); i += 4) {
    for (size_t lane = 0; lane < 4; ++lane) lanes[lane] += a[i + lane] * double{b[i + lane]};
  }
  for (; i < a.size(); ++i) lanes[0] += a[i] * double{b[i]};
  return (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
}

// Puts the score of each candidate into `scores`.
void ScoreAll(const HiringQuestion& question, absl::Span<const double> weights,
              std::vector<double>& scores) {
  scores.assign(question.candidates, 0.0);
  for (size_t feature = 0; feature < weights.size(); ++feature) {
    if (weights[feature] == 0) continue;
    const absl::Span<const float> values = question.Of(feature);
    for (size_t i = 0; i < values.size(); ++i) scores[i] += weights[feature] * double{values[i]};
  }
}

// The loss of one question. Leaves in `scores` the derivative by each score.
double LossOf(const HiringQuestion& question, std::vector<double>& scores) {
  const double most = *std::max_element(scores.begin(), scores.end());
  double hired_sum = 0;
  for (size_t i = 0; i < question.hired; ++i) hired_sum += scores[i];
  double sum = 0;
  for (double& score : scores) {
    score = std::exp(score - most);
    sum += score;
  }
  const double each = 1.0 / static_cast<double>(question.hired);
  for (double& score : scores) score /= sum;
  for (size_t i = 0; i < question.hired; ++i) scores[i] -= each;
  return most + std::log(sum) - hired_sum * each;
}

// What the solver calls back, which knows neither spans nor statuses.
struct Problem {
  absl::Span<const HiringQuestion> questions;
  const StopToken& stop;
  nlopt_opt solver;
  std::vector<double> gradient;
};

double Evaluate(unsigned count, const double* weights, double* gradient, void* data) {
  Problem& problem = *static_cast<Problem*>(data);
  if (problem.stop.StopRequested()) nlopt_force_stop(problem.solver);
  const double loss = HiringLoss(problem.questions, absl::MakeConstSpan(weights, count),
                                 gradient == nullptr ? nullptr : &problem.gradient);
  if (gradient != nullptr) {
    std::copy(problem.gradient.begin(), problem.gradient.end(), gradient);
  }
  return loss;
}

// How far `weights` are from the least loss: the steepest way down that the
// bounds leave open.
double Slope(absl::Span<const double> weights, absl::Span<const double> gradient) {
  double steepest = 0;
  for (size_t i = 0; i < weights.size(); ++i) {
    const double down = weights[i] > 0 ? std::abs(gradient[i]) : std::max(0.0, -gradient[i]);
    steepest = std::max(steepest, down);
  }
  return steepest;
}

constexpr double kFlat = 1e-7;    // Weights do not change in the fourth digit.
constexpr int kMostRounds = 20;
constexpr int kMostEvaluations = 2'000;

}  // namespace

double HiringLoss(absl::Span<const HiringQuestion> questions, absl::Span<const double> weights,
                  std::vector<double>* gradient) {
  if (gradient != nullptr) gradient->assign(weights.size(), 0.0);
  double loss = 0;
  std::vector<double> scores;
  for (const HiringQuestion& question : questions) {
    ScoreAll(question, weights, scores);
    loss += LossOf(question, scores);
    if (gradient == nullptr) continue;
    for (size_t i = 0; i < weights.size(); ++i) (*gradient)[i] += Dot(scores, question.Of(i));
  }
  const double share = questions.empty() ? 0.0 : 1.0 / static_cast<double>(questions.size());
  loss *= share;
  for (size_t i = 0; i < weights.size(); ++i) {
    loss += kWeightPenalty * weights[i] * weights[i];
    if (gradient == nullptr) continue;
    (*gradient)[i] = (*gradient)[i] * share + 2 * kWeightPenalty * weights[i];
  }
  return loss;
}

absl::StatusOr<FittedWeights> FitWeights(size_t features,
                                         absl::Span<const HiringQuestion> questions,
                                         const StopToken& stop) {
  const std::unique_ptr<nlopt_opt_s, void (*)(nlopt_opt)> solver(
      nlopt_create(NLOPT_LD_LBFGS, static_cast<unsigned>(features)), nlopt_destroy);
  Problem problem{questions, stop, solver.get(), {}};
  nlopt_set_min_objective(solver.get(), Evaluate, &problem);
  nlopt_set_lower_bounds1(solver.get(), 0.0);
  nlopt_set_ftol_rel(solver.get(), 1e-15);
  nlopt_set_maxeval(solver.get(), kMostEvaluations);
  FittedWeights fitted{.weights = std::vector<double>(features, 1.0)};
  std::vector<double> gradient;
  // The solver may stop early where rounding hides the way down; begun anew
  // from there, without its memory of the slopes, it finds it.
  for (int round = 0; round < kMostRounds; ++round) {
    const nlopt_result result =
        nlopt_optimize(solver.get(), fitted.weights.data(), &fitted.loss);
    if (result == NLOPT_FORCED_STOP) return absl::CancelledError("the learning was withdrawn");
    for (double& weight : fitted.weights) weight = std::max(weight, 0.0);
    fitted.loss = HiringLoss(questions, fitted.weights, &gradient);
    if (Slope(fitted.weights, gradient) <= kFlat) return fitted;
  }
  return ErrorWithReason(absl::StatusCode::kInternal, "WEIGHTS_NOT_FOUND",
                         absl::StrCat("the solver ended at a slope of ",
                                      Slope(fitted.weights, gradient)));
}

std::optional<std::vector<int64_t>> ToMillionths(absl::Span<const double> weights, int64_t sum) {
  const double all = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (!(all > 0)) return std::nullopt;
  std::vector<int64_t> whole;
  std::vector<double> rest;
  for (double weight : weights) {
    const double exact = weight / all * static_cast<double>(sum);
    whole.push_back(static_cast<int64_t>(exact));
    rest.push_back(exact - static_cast<double>(whole.back()));
  }
  std::vector<size_t> order(weights.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return rest[a] > rest[b]; });
  int64_t missing = sum - std::accumulate(whole.begin(), whole.end(), int64_t{0});
  for (size_t i = 0; missing > 0; i = (i + 1) % order.size(), --missing) ++whole[order[i]];
  return whole;
}

}  // namespace troupe
