#ifndef TROUPE_MATCHER_RANK_CREDIT_WALK_H_
#define TROUPE_MATCHER_RANK_CREDIT_WALK_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "matcher/base/day.h"
#include "matcher/base/term.h"
#include "matcher/index/demand.h"
#include "matcher/index/pool.h"

namespace troupe {

// How near each production is to the people attached to a project: where one
// ends up who starts with one of them, goes to one of that person's productions,
// to somebody else who worked on it, and to one of theirs, each time to any with
// the same chance. Only through findable people. Sums of whole numbers rounded
// down step by step, so the order of the steps does not matter. Immutable.
class CreditWalk {
 public:
  // The chances of all productions add up to at most this.
  static constexpr int64_t kCertain = 1'000'000'000'000;

  // From `people`, those of the `people_attached` who are known; each as likely.
  // Cost: their productions, times the people of these, times theirs.
  CreditWalk(const Pool& pool, const Demand& demand, absl::Span<const ProfileView> people,
             int64_t people_attached, Day as_of);

  // The chance to end up at `production`.
  int64_t ChanceOf(Term production) const {
    const auto found = chances_.find(production);
    return found == chances_.end() ? 0 : found->second;
  }
  bool IsAnywhere() const { return !chances_.empty(); }

 private:
  absl::flat_hash_map<Term, int64_t> chances_;
};

// The productions of the profile's credits before `as_of`, sorted, each once.
std::vector<Term> ProductionsBefore(const ProfileView& view, Day as_of);

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_CREDIT_WALK_H_
