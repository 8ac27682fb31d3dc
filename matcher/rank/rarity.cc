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

int64_t Rarities::CountedOf(Term item) {
  if (all_ < 0) all_ = pool_.CountProductions(Term(), as_of_);
  const auto [known, is_new] = known_.try_emplace(item, 0);
  if (is_new) known->second = Rarity(pool_.CountProductions(item, as_of_), all_);
  return known->second;
}

}  // namespace troupe
