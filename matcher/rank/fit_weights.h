#ifndef TROUPE_MATCHER_RANK_FIT_WEIGHTS_H_
#define TROUPE_MATCHER_RANK_FIT_WEIGHTS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "matcher/base/millionths.h"
#include "matcher/base/stop_token.h"

namespace troupe {

// Whom somebody could have hired, and whom they did hire, by feature values.
struct HiringQuestion {
  size_t candidates = 0;
  size_t hired = 0;  // The first so many candidates: 1 to `candidates`.
  // From 0 to 1: those of the first feature, a value for each candidate; then
  // those of the second; ...
  std::vector<float> values;

  float& At(size_t feature, size_t candidate) {
    return values[feature * candidates + candidate];
  }
  // Takes the values of `candidate` from millionths.
  template <size_t kFeatures>
  void Set(size_t candidate, const std::array<int64_t, kFeatures>& millionths) {
    for (size_t feature = 0; feature < kFeatures; ++feature) {
      At(feature, candidate) =
          static_cast<float>(millionths[feature]) / static_cast<float>(kMillionths);
    }
  }
  absl::Span<const float> Of(size_t feature) const {
    return absl::MakeConstSpan(values).subspan(feature * candidates, candidates);
  }
};

// How much large weights cost, so that weights that the questions say nothing
// about are 0, and the best ones are unique.
inline constexpr double kWeightPenalty = 0.001;

// How badly additive `weights` tell whom was hired: with the score s of a
// candidate as the sum of weight * value, the mean over `questions` of
//   ln(sum of exp(s) over all candidates) - mean of s over the hired,
// the cross-entropy of a softmax, plus kWeightPenalty * |weights|^2. Convex.
// Writes its gradient unless `gradient` is null. No questions: the penalty
// alone. Linear in the values.
double HiringLoss(absl::Span<const HiringQuestion> questions, absl::Span<const double> weights,
                  std::vector<double>* gradient);

struct FittedWeights {
  std::vector<double> weights;  // By feature, none negative.
  double loss = 0;              // HiringLoss of them.
};

// The weights from 0 up that make HiringLoss least, for questions with
// `features` features each: the same for the same questions. On this thread.
// CANCELLED if `stop` says so.
absl::StatusOr<FittedWeights> FitWeights(size_t features,
                                         absl::Span<const HiringQuestion> questions,
                                         const StopToken& stop);

// `weights`, none negative, scaled to whole millionths that sum to `sum`, from 1
// up, exactly (by largest remainder; ties to the first): scores rank alike.
// nullopt if all are 0.
std::optional<std::vector<int64_t>> ToMillionths(absl::Span<const double> weights,
                                                 int64_t sum = kMillionths);

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_FIT_WEIGHTS_H_
