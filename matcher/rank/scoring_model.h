#ifndef TROUPE_MATCHER_RANK_SCORING_MODEL_H_
#define TROUPE_MATCHER_RANK_SCORING_MODEL_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/container/flat_hash_map.h"
#include "matcher/index/demand.h"
#include "matcher/rank/weights.h"

namespace troupe {

// What is known when a question is asked: nobody is attached to the opening and
// its project yet, or somebody is. What tells apart who fits differs.
enum class Regime : uint8_t { kCold, kWarm };

inline constexpr size_t kRegimeCount = 2;

inline Regime RegimeOf(const Demand& demand) {
  return demand.attached.empty() ? Regime::kCold : Regime::kWarm;
}

// Weights by Regime.
using RegimeWeights = std::array<Weights, kRegimeCount>;

// Weights by role and regime; of roles that it does not name, the shipped ones.
// Thread-compatible.
class ScoringModel {
 public:
  ScoringModel() = default;  // The shipped one.

  void Set(RoleIndex role, const RegimeWeights& weights) { by_role_[role] = weights; }

  // The same, whatever the role and the regime: what a request states.
  static ScoringModel Always(const Weights& weights) {
    ScoringModel model;
    model.always_ = true;
    model.weights_ = weights;
    return model;
  }

  // Valid until the next Set.
  const Weights& Of(RoleIndex role, Regime regime) const {
    if (always_) return weights_;
    const auto found = by_role_.find(role);
    return found == by_role_.end() ? ShippedWeights(role)
                                   : found->second[static_cast<size_t>(regime)];
  }

 private:
  absl::flat_hash_map<RoleIndex, RegimeWeights> by_role_;
  bool always_ = false;
  Weights weights_{};
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_SCORING_MODEL_H_
