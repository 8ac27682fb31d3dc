#ifndef TROUPE_MATCHER_RANK_WEIGHTIEST_H_
#define TROUPE_MATCHER_RANK_WEIGHTIEST_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "matcher/rank/evidence.h"

namespace troupe {

// Something that a value rests on: how much, and which of a list it is.
struct Ground {
  int64_t weight = 0;
  size_t which = 0;
};

// The evidence of the weightiest of `grounds`, of equal ones the first; those of
// no weight are none. `tell(which)` words one, or does not know it: nullopt.
template <typename Tell>
std::vector<Evidence> Weightiest(std::vector<Ground> grounds, Tell tell) {
  std::stable_sort(grounds.begin(), grounds.end(),
                   [](const Ground& a, const Ground& b) { return a.weight > b.weight; });
  std::vector<Evidence> told;
  for (const Ground& ground : grounds) {
    if (ground.weight <= 0 || told.size() == kMostEvidence) break;
    if (std::optional<Evidence> evidence = tell(ground.which); evidence.has_value()) {
      told.push_back(*std::move(evidence));
    }
  }
  return told;
}

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_WEIGHTIEST_H_
