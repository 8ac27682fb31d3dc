#ifndef TROUPE_MATCHER_RANK_ACCEPTANCE_H_
#define TROUPE_MATCHER_RANK_ACCEPTANCE_H_

#include <cstdint>

#include "matcher/domain/outcome.h"
#include "matcher/index/pool.h"
#include "matcher/index/profile_view.h"

namespace troupe {

// How work that was offered was answered.
struct Answers {
  int64_t accepted = 0;
  int64_t declined = 0;

  friend bool operator==(const Answers&, const Answers&) = default;
};

// By holds that became bookings or were declined, and by outcomes.
Answers AnswersOf(const HoldTotals& holds, const OutcomeTally& outcomes);

// The chance, in millionths, that somebody takes work that is offered: what was
// counted, drawn towards the market's share as if five more had been answered like
// those, and that towards 600,000 by 20 more.
int64_t AcceptanceChance(const Answers& own, const Answers& market);

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_ACCEPTANCE_H_
