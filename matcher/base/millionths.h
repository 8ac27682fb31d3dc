#ifndef TROUPE_MATCHER_BASE_MILLIONTHS_H_
#define TROUPE_MATCHER_BASE_MILLIONTHS_H_

#include <algorithm>
#include <cstdint>

namespace troupe {

// Scores, feature values and weights are whole millionths, so that they rank
// alike on every machine.
inline constexpr int64_t kMillionths = 1'000'000;

// floor(a / b) in millionths, held to [0, 1]. `b` > 0; `a` * 1e6 must fit.
constexpr int64_t Share(int64_t a, int64_t b) {
  return std::clamp<int64_t>(a * kMillionths / b, 0, kMillionths);
}

// x / (x + half): 0 at 0, a half at `half`, towards 1 beyond. `x` >= 0.
constexpr int64_t Saturate(int64_t x, int64_t half) { return Share(x, x + half); }

// floor(weight * value): what a feature adds to a score.
constexpr int64_t Contribution(int64_t weight, int64_t value) {
  return weight * value / kMillionths;
}

}  // namespace troupe

#endif  // TROUPE_MATCHER_BASE_MILLIONTHS_H_
