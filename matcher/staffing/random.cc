#include "matcher/staffing/random.h"

#include <cmath>
#include <numbers>

namespace troupe::staffing {
namespace {

uint64_t Mixed(uint64_t value) {
  value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9u;
  value = (value ^ value >> 27) * 0x94d049bb133111ebu;
  return value ^ value >> 31;
}

constexpr uint64_t kStep = 0x9e3779b97f4a7c15u;
// Above it a product of uniform draws would take too many.
constexpr double kMostByProduct = 30;

}  // namespace

Random::Random(uint64_t seed, uint64_t stream)
    : state_(Mixed(Mixed(seed + kStep) ^ (stream + 1) * kStep)) {}

uint64_t Random::Bits() { return Mixed(state_ += kStep); }

uint64_t Random::Below(uint64_t count) { return Bits() % count; }

double Random::Uniform() { return static_cast<double>(Bits() >> 11) * 0x1p-53; }

double Random::Normal() {
  const double radius = std::sqrt(-2 * std::log(1 - Uniform()));
  return radius * std::cos(2 * std::numbers::pi * Uniform());
}

// Marsaglia and Tsang 2000; below 1 by a power of a uniform draw.
double Random::Gamma(double shape) {
  if (shape < 1) {
    const double larger = Gamma(shape + 1);
    return larger * std::pow(1 - Uniform(), 1 / shape);
  }
  const double d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
  while (true) {
    const double x = Normal(), v = std::pow(1 + c * x, 3);
    if (v <= 0) continue;
    if (std::log(1 - Uniform()) < x * x / 2 + d - d * v + d * std::log(v)) return d * v;
  }
}

// Small means by Knuth's product. Large ones are halved by a gamma draw of an integer
// order (Ahrens and Dieter 1974), which stays exact.
int64_t Random::Poisson(double mean) {
  if (!(mean > 0)) return 0;
  if (mean > kMostByProduct) {
    const double order = std::floor(mean * 7 / 8);
    const double time = Gamma(order);
    if (time <= mean) return static_cast<int64_t>(order) + Poisson(mean - time);
    int64_t arrivals = 0;  // Of order - 1, those before `mean`.
    for (auto i = static_cast<int64_t>(order) - 1; i > 0; --i) {
      if (Uniform() < mean / time) ++arrivals;
    }
    return arrivals;
  }
  const double limit = std::exp(-mean);
  int64_t count = 0;
  for (double product = 1 - Uniform(); product > limit; product *= 1 - Uniform()) ++count;
  return count;
}

}  // namespace troupe::staffing
