#ifndef TROUPE_MATCHER_RANK_TRAINING_SET_H_
#define TROUPE_MATCHER_RANK_TRAINING_SET_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "matcher/base/day.h"
#include "matcher/base/ids.h"
#include "matcher/base/stop_token.h"
#include "matcher/base/term.h"
#include "matcher/index/pool.h"
#include "matcher/index/profile_view.h"
#include "matcher/rank/fit_weights.h"
#include "matcher/rank/rarity.h"
#include "matcher/rank/scoring_model.h"

namespace troupe {

// What is learned from.
struct TrainingRules {
  Day until;   // Nothing dated on this day or later is looked at.
  Term asker;  // Only people who exist for this organization.
  uint64_t seed = 0;
  int32_t windows = 2;       // So many spans, the last one ending at `until`,
  int32_t window_years = 2;  // each this long.
  size_t negatives = 800;    // Of those not hired, so many a question.
  // Of more, so many a role are drawn: bounds memory to some 100 MB a regime.
  size_t most_questions = 1'500;
};

// Questions whose answers are known, out of careers and nothing else. In each
// window every production that was made, and every role on it, asks: who of the
// people with a credit in the role before the window was hired? It is asked as
// of the window's first day, so that only what was known then can help; what is
// known of the production is what a credit of it says.
//
// Cold, nobody is attached. Warm, the production's people in the roles that are
// usually engaged before the role asked for are (data/engaged_before.csv);
// somebody attached may be hired for another role as well.
//
// Depends on the contents of the pool and the rules only. Thread-compatible.
class TrainingSet {
 public:
  // Looks at every credit. `pool` outlives it. CANCELLED if `stop` says so.
  static absl::StatusOr<TrainingSet> Gather(const Pool& pool, const TrainingRules& rules,
                                            const StopToken& stop);

  // The roles that anybody was credited in, by index.
  std::vector<RoleIndex> Roles() const;

  // By Regime.
  using Questions = std::array<std::vector<HiringQuestion>, kRegimeCount>;

  // The questions about `role`. CANCELLED if `stop` says so.
  absl::StatusOr<Questions> Of(RoleIndex role, const StopToken& stop);

 private:
  // What was made in a window, by whom.
  struct Production {
    size_t window = 0;
    ProfileId stated_by;        // The first by id of those who say what it is:
    ProductionRow facts;
    absl::Span<const Term> terms;
    std::vector<std::pair<RoleIndex, ProfileId>> crew;  // Sorted, distinct.

    absl::Span<const std::pair<RoleIndex, ProfileId>> In(RoleIndex role) const;
  };
  // A span of days, and how rare things were on its first.
  struct Window {
    DaySpan span;
    Rarities rarities;
  };
  // Somebody who could be hired.
  struct Holder {
    ProfileView view;
    RoleRow role;  // As of then.
  };
  // A production and which of the holders were hired.
  struct Case {
    const Production* production = nullptr;
    std::vector<uint32_t> hired;  // Sorted.
  };

  TrainingSet(const Pool& pool, const TrainingRules& rules);
  absl::Status GatherProductions(const StopToken& stop);
  std::vector<Holder> HoldersOf(RoleIndex role, Day as_of) const;
  std::vector<Case> CasesOf(RoleIndex role,
                            const std::vector<std::vector<Holder>>& holders) const;
  Demand DemandOf(const Production& production, RoleIndex role, Regime regime) const;
  std::vector<uint32_t> Candidates(const Case& asked, RoleIndex role, size_t holders) const;
  HiringQuestion Ask(const Case& asked, const Demand& demand, absl::Span<const Holder> holders,
                     absl::Span<const uint32_t> candidates);

  const Pool* pool_;
  TrainingRules rules_;
  std::vector<Window> windows_;
  std::vector<Production> productions_;  // By window, then term.
};

// The roles that are usually engaged before `role`.
std::vector<RoleIndex> EngagedBefore(RoleIndex role);

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_TRAINING_SET_H_
