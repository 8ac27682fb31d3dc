#ifndef TROUPE_MATCHER_INDEX_PRODUCTION_FACTS_H_
#define TROUPE_MATCHER_INDEX_PRODUCTION_FACTS_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "matcher/base/day.h"
#include "matcher/base/term.h"
#include "matcher/index/profile_view.h"

namespace troupe {

// So many credits of findable profiles say that `production`, of that date, has
// `item`: a genre, tag, company, country or original language, or the empty
// term, which every production has. In a segment the count may be negative: it
// takes back what an older segment counted for a profile that has changed
// since. Summed over the segments of a pool no count is negative, so that how
// rare an item is never depends on how the pool came about.
struct ProductionFact {
  Term item;
  Term production;
  int32_t date = kUndated;
  int32_t count = 0;

  friend bool operator==(const ProductionFact&, const ProductionFact&) = default;
};

// Adds the facts of `view`'s credits to `facts`, each with `count`; nothing if
// the profile is not findable.
void AddFacts(const ProfileView& view, int32_t count, std::vector<ProductionFact>& facts);

// Sorts by item, production, date; sums equal ones; drops sums of 0.
std::vector<ProductionFact> SumFacts(std::vector<ProductionFact> facts);

// SumFacts of all `sources`, each of which SumFacts gave. Linear in them, from the
// last on: the first are best the largest.
std::vector<ProductionFact> MergeFacts(absl::Span<const absl::Span<const ProductionFact>> sources);

// How many distinct productions dated before `as_of`, or undated, have `item`,
// by the sum of `sources`, each the sorted facts of one segment. Linear in the
// facts about the item.
int64_t CountProductions(absl::Span<const absl::Span<const ProductionFact>> sources, Term item,
                         Day as_of);

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_PRODUCTION_FACTS_H_
