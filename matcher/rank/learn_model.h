#ifndef TROUPE_MATCHER_RANK_LEARN_MODEL_H_
#define TROUPE_MATCHER_RANK_LEARN_MODEL_H_

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "matcher/base/stop_token.h"
#include "matcher/index/pool.h"
#include "matcher/rank/recorded_questions.h"
#include "matcher/rank/scoring_model.h"
#include "matcher/rank/training_set.h"
#include "matcher/rank/weights.h"

namespace troupe {

// A role has weights of its own, in a regime, if so many questions tell of it.
inline constexpr size_t kFewestQuestions = 30;

// What was learned about one role in one regime.
struct LearnedWeights {
  int64_t questions = 0;
  double loss = 0;                 // HiringLoss of the questions learned from.
  double loss_of_chance = 0;       // The same of a guess.
  std::optional<Weights> weights;  // None: too few questions; the shipped ones hold.
};

struct LearnedRole {
  RoleIndex role = kNone;
  std::array<LearnedWeights, kRegimeCount> by_regime;  // By Regime.
};

// Weights for every role and regime that the careers in `pool` tell enough
// about, by TrainingSet and FitWeights; roles by index. A feature that is the
// same for all candidates of every question, such as the skills where no
// production says which it needs, keeps the weight that ships for the role, and
// what is learned shares the rest. Calls `progress` with how many of how many
// roles are done. CANCELLED if `stop` says so. On this thread; takes minutes
// for 100,000 people.
absl::StatusOr<std::vector<LearnedRole>> LearnModel(
    const Pool& pool, const TrainingRules& rules, const StopToken& stop,
    absl::FunctionRef<void(int64_t done, int64_t total)> progress);

// The same of what came of openings, by QuestionsOf.
absl::StatusOr<std::vector<LearnedRole>> LearnModel(
    const Pool& pool, std::vector<RecordedQuestion> recorded, const StopToken& stop,
    absl::FunctionRef<void(int64_t done, int64_t total)> progress);

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_LEARN_MODEL_H_
