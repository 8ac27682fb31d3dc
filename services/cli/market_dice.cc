#include "services/cli/market_dice.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "matcher/base/stable_hash.h"

namespace troupe {
namespace {

// Thousandths of the median at the quantiles 0/64, 1/64, ... 64/64 of a
// log-normal distribution with sigma 0.42 (the ends: 0.002 and 0.998).
constexpr std::array<int64_t, 65> kLogNormal = {
    299, 405, 457, 495, 525, 551, 575, 597, 617, 636, 654, 672, 689,
    706, 722, 738, 753, 769, 784, 799, 814, 829, 845, 860, 875, 890,
    905, 921, 936, 952, 968, 984, 1000, 1017, 1033, 1051, 1068, 1086, 1105,
    1124, 1143, 1163, 1184, 1206, 1228, 1251, 1275, 1301, 1327, 1356, 1386, 1417,
    1452, 1488, 1528, 1572, 1621, 1676, 1739, 1814, 1905, 2022, 2187, 2471, 3350,
};

}  // namespace

MarketDice::MarketDice(uint64_t seed, absl::string_view kind, int64_t number)
    : state_(StableHash({absl::StrCat(seed), kind, absl::StrCat(number)})) {}

uint64_t MarketDice::Next() {
  state_ += 0x9E3779B97F4A7C15;
  uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
  return mixed ^ (mixed >> 31);
}

// The remainder's bias is below one in 2^40 for limits of this program.
int64_t MarketDice::Below(int64_t limit) {
  return static_cast<int64_t>((Next() >> 1) % static_cast<uint64_t>(limit));
}

size_t MarketDice::Weighted(const std::vector<int64_t>& running) {
  const int64_t drawn = Below(running.back());
  return static_cast<size_t>(std::upper_bound(running.begin(), running.end(), drawn) -
                             running.begin());
}

int64_t MarketDice::Normal(int64_t mean, int64_t deviation) {
  int64_t sum = 0;  // Of twelve draws: mean 6000, deviation 1000.
  for (int i = 0; i < 12; ++i) sum += Below(1001);
  return mean + (sum - 6000) * deviation / 1000;
}

int64_t MarketDice::LogNormal(int64_t median) {
  const int64_t drawn = Below(64 * 1024);
  const auto step = static_cast<size_t>(drawn / 1024);
  const int64_t within = drawn % 1024;
  const int64_t factor =
      kLogNormal[step] + (kLogNormal[step + 1] - kLogNormal[step]) * within / 1024;
  return median * factor / 1000;
}

}  // namespace troupe
