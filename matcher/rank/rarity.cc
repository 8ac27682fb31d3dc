#include "matcher/rank/rarity.h"

#include <algorithm>
#include <cmath>

#include "matcher/base/millionths.h"

namespace troupe {

int64_t Rarity(int64_t with, int64_t all) {
  if (all < 1) return kMillionths;
  const double share = std::log(static_cast<double>(all + 1) / static_cast<double>(with + 1)) /
                       std::log(static_cast<double>(all + 1));
  return std::clamp<int64_t>(std::llround(share * static_cast<double>(kMillionths)), 0,
                             kMillionths);
}

int64_t Rarities::CountAll() {
  if (all_ < 0) all_ = pool_.CountProductions(Term(), as_of_);
  return all_;
}

int64_t Rarities::CountedOf(Term item) {
  const auto [known, is_new] = known_.try_emplace(item, 0);
  if (is_new) known->second = Rarity(pool_.CountProductions(item, as_of_), CountAll());
  return known->second;
}

int64_t Rarities::OddsOf(Term item) {
  constexpr int64_t kNotImpossible = 100;
  const auto [known, is_new] = odds_.try_emplace(item, kNotImpossible);
  if (is_new && CountAll() > 0) {
    known->second += Share(pool_.CountProductions(item, as_of_), CountAll());
  }
  return known->second;
}

}  // namespace troupe
