#include "matcher/rank/learn_model.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/types/span.h"
#include "matcher/base/millionths.h"
#include "matcher/base/status_macros.h"
#include "matcher/rank/fit_weights.h"

namespace troupe {
namespace {

// By Feature: whether any question has candidates that differ in it.
std::array<bool, kFeatureCount> TellingFeatures(absl::Span<const HiringQuestion> questions) {
  std::array<bool, kFeatureCount> telling{};
  for (const HiringQuestion& question : questions) {
    for (size_t feature = 0; feature < kFeatureCount; ++feature) {
      const absl::Span<const float> values = question.Of(feature);
      telling[feature] =
          telling[feature] || std::any_of(values.begin(), values.end(), [&](float value) {
            return value != values.front();
          });
    }
  }
  return telling;
}

// `fitted` for the features that tell something, `shipped` for the others.
std::optional<Weights> Joined(absl::Span<const double> fitted,
                              const std::array<bool, kFeatureCount>& telling,
                              const Weights& shipped) {
  std::vector<double> told(kFeatureCount);
  int64_t rest = kMillionths;
  for (size_t i = 0; i < kFeatureCount; ++i) {
    if (telling[i]) {
      told[i] = fitted[i];
    } else {
      rest -= shipped[i];
    }
  }
  const auto shares = ToMillionths(told, rest);
  if (!shares.has_value()) return std::nullopt;
  Weights weights = shipped;
  for (size_t i = 0; i < kFeatureCount; ++i) {
    if (telling[i]) weights[i] = (*shares)[i];
  }
  return weights;
}

absl::StatusOr<LearnedWeights> LearnFrom(absl::Span<const HiringQuestion> questions,
                                         const Weights& shipped, const StopToken& stop) {
  LearnedWeights learned{.questions = static_cast<int64_t>(questions.size())};
  if (questions.size() < kFewestQuestions) return learned;
  TROUPE_ASSIGN_OR_RETURN(const FittedWeights fitted, FitWeights(kFeatureCount, questions, stop));
  learned.loss = fitted.loss;
  learned.loss_of_chance =
      HiringLoss(questions, std::vector<double>(kFeatureCount, 0.0), nullptr);
  learned.weights = Joined(fitted.weights, TellingFeatures(questions), shipped);
  return learned;
}

absl::StatusOr<LearnedRole> LearnRole(RoleIndex role, const TrainingSet::Questions& questions,
                                      const StopToken& stop) {
  const ScoringModel shipped;
  LearnedRole learned{.role = role};
  for (Regime regime : {Regime::kCold, Regime::kWarm}) {
    const size_t at = static_cast<size_t>(regime);
    TROUPE_ASSIGN_OR_RETURN(learned.by_regime[at],
                            LearnFrom(questions[at], shipped.Of(role, regime), stop));
  }
  return learned;
}

}  // namespace

absl::StatusOr<std::vector<LearnedRole>> LearnModel(
    const Pool& pool, const TrainingRules& rules, const StopToken& stop,
    absl::FunctionRef<void(int64_t done, int64_t total)> progress) {
  TROUPE_ASSIGN_OR_RETURN(TrainingSet set, TrainingSet::Gather(pool, rules, stop));
  const std::vector<RoleIndex> roles = set.Roles();
  std::vector<LearnedRole> learned;
  progress(0, static_cast<int64_t>(roles.size()));
  for (RoleIndex role : roles) {
    TROUPE_ASSIGN_OR_RETURN(const TrainingSet::Questions questions, set.Of(role, stop));
    TROUPE_ASSIGN_OR_RETURN(LearnedRole about, LearnRole(role, questions, stop));
    learned.push_back(std::move(about));
    progress(static_cast<int64_t>(learned.size()), static_cast<int64_t>(roles.size()));
  }
  return learned;
}

absl::StatusOr<std::vector<LearnedRole>> LearnModel(
    const Pool& pool, std::vector<RecordedQuestion> recorded, const StopToken& stop,
    absl::FunctionRef<void(int64_t done, int64_t total)> progress) {
  TROUPE_ASSIGN_OR_RETURN(const auto questions, QuestionsOf(pool, std::move(recorded), stop));
  std::vector<LearnedRole> learned;
  progress(0, static_cast<int64_t>(questions.size()));
  for (const auto& [role, of_role] : questions) {
    TROUPE_ASSIGN_OR_RETURN(LearnedRole about, LearnRole(role, of_role, stop));
    learned.push_back(std::move(about));
    progress(static_cast<int64_t>(learned.size()), static_cast<int64_t>(questions.size()));
  }
  return learned;
}

}  // namespace troupe
