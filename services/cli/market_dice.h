#ifndef TROUPE_SERVICES_CLI_MARKET_DICE_H_
#define TROUPE_SERVICES_CLI_MARKET_DICE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"

namespace troupe {

// A stream of random draws that is the same on every machine: integers only,
// since the standard library's distributions differ. SplitMix64 (Steele, Lea,
// Flood 2014), which costs nothing to seed, so each record has a stream of its
// own and can be made without those before it. Not for secrets. Thread-
// compatible.
class MarketDice {
 public:
  // The stream of one thing: kind "profile", number 17 of the market `seed`.
  MarketDice(uint64_t seed, absl::string_view kind, int64_t number);

  uint64_t Next();

  // 0 to `limit` - 1; `limit` is above 0.
  int64_t Below(int64_t limit);

  // `from` to `to`, both included.
  int64_t Between(int64_t from, int64_t to) { return from + Below(to - from + 1); }

  // True so many times in a thousand.
  bool Chance(int64_t per_mille) { return Below(1000) < per_mille; }

  template <typename T>
  const T& Pick(const std::vector<T>& choices) {
    return choices[static_cast<size_t>(Below(static_cast<int64_t>(choices.size())))];
  }

  // An index, each as often as its weight says; `running` are the weights'
  // running sums.
  size_t Weighted(const std::vector<int64_t>& running);

  // Around `mean`, two thirds of the draws within `deviation` of it: a sum of
  // twelve even draws, so never further than six of them.
  int64_t Normal(int64_t mean, int64_t deviation);

  // Log-normal around `median`: half of the draws within 0.75 and 1.33 of it,
  // one in a hundred above 2.6 times.
  int64_t LogNormal(int64_t median);

 private:
  uint64_t state_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_MARKET_DICE_H_
