#ifndef TROUPE_MATCHER_RANK_RARITY_H_
#define TROUPE_MATCHER_RANK_RARITY_H_

#include <cstdint>

#include "absl/container/flat_hash_map.h"
#include "matcher/base/day.h"
#include "matcher/base/term.h"
#include "matcher/index/pool.h"

namespace troupe {

// How telling it is that a production has an item that `with` of `all`
// productions have: ln((all + 1) / (with + 1)) / ln(all + 1) in millionths,
// rounded to the nearest; 1 for an item that none has. With no productions at
// all, 1.
int64_t Rarity(int64_t with, int64_t all);

// The rarities in one pool on one day, each counted once: for today once a pool,
// for another day once a question. For one question; thread-compatible.
class Rarities {
 public:
  // `pool` must outlive it.
  Rarities(const Pool& pool, Day as_of) : pool_(pool), as_of_(as_of) {}

  // To be told some time before many are asked for.
  void Fetch(Term item) const { pool_.rarities().Fetch(item.value()); }

  int64_t Of(Term item) {
    if (as_of_ != pool_.today()) return CountedOf(item);
    return pool_.rarities().Of(item.value(), [&] { return CountedOf(item); });
  }

  // How many of all productions have the item, in millionths rounded down, and
  // 100 more. Counted once an object.
  int64_t OddsOf(Term item);

 private:
  int64_t CountedOf(Term item);
  int64_t CountAll();

  const Pool& pool_;
  Day as_of_;
  int64_t all_ = -1;  // Not counted yet.
  absl::flat_hash_map<Term, int64_t> known_;
  absl::flat_hash_map<Term, int64_t> odds_;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_RARITY_H_
