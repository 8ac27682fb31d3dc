#ifndef TROUPE_MATCHER_STAFFING_RANDOM_H_
#define TROUPE_MATCHER_STAFFING_RANDOM_H_

#include <cstdint>

namespace troupe::staffing {

// A stream of draws that follows from its seed alone: SplitMix64 (Steele, Lea, Flood
// 2014). Streams of different numbers under one seed are unrelated, so that draws can be
// made in any order. Thread-compatible.
class Random {
 public:
  explicit Random(uint64_t seed, uint64_t stream = 0);

  uint64_t Bits();
  uint64_t Below(uint64_t count);  // 0 to `count` - 1; `count` > 0.
  double Uniform();                // From 0, included, to 1, not included.
  double Normal();                 // Of mean 0 and variance 1.
  double Gamma(double shape);      // Of scale 1: mean and variance are `shape`, above 0.
  int64_t Poisson(double mean);    // `mean` >= 0.

 private:
  uint64_t state_;
};

}  // namespace troupe::staffing

#endif  // TROUPE_MATCHER_STAFFING_RANDOM_H_
