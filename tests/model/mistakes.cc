#include "tests/model/mistakes.h"

namespace troupe::testing {

const std::vector<SeededMistake>& SeededMistakes() {
  // Nothing that the mistake does not need, so that the search is short.
  static const Bounds none = {.holds = 0, .answers = 0, .counter_offers = 0, .challenges = 0,
                              .confirmations = 0, .retries = 0, .cancellations = 0, .edits = 0,
                              .crashes = 0, .delayed = 0, .skews = 0, .jumps = 0};
  const auto with = [](auto change) {
    Bounds bounds = none;
    change(bounds);
    return bounds;
  };
  static const auto& mistakes = *new std::vector<SeededMistake>{
      {Mistake::kNoFence, "no fence", "NOTHING_UNDONE", with([](Bounds& b) {
         b.holds = 2, b.answers = 1, b.confirmations = 2, b.delayed = 1;
       })},
      {Mistake::kPromotionLost, "promotion lost", "NO_PROMOTION_LOST",
       with([](Bounds& b) { b.holds = 2, b.jumps = 1; })},
      {Mistake::kExpiredConfirmed, "expired hold confirmed", "EXPIRED_NEVER_CONFIRMED",
       with([](Bounds& b) { b.holds = 1, b.confirmations = 1, b.jumps = 1; })},
      {Mistake::kHalfCrew, "half-confirmed crew", "ALL_OR_NONE", with([](Bounds& b) {
         b.holds = 2, b.answers = 2, b.confirmations = 1, b.jumps = 1;
       })},
      {Mistake::kRetryTwice, "retry applied twice", "RETRY_ONCE",
       with([](Bounds& b) { b.holds = 1, b.answers = 1; })},
      {Mistake::kWallClock, "ladder order by wall clock", "ORDER_OF_ARRIVAL",
       with([](Bounds& b) { b.holds = 2, b.skews = 1; })},
      {Mistake::kWrongDays, "release on wrong days", "RELEASED_ON_ITS_DAYS", with([](Bounds& b) {
         b.holds = 2, b.answers = 1, b.confirmations = 1;
       })},
      {Mistake::kTimerLost, "timer lost on restart", "NO_TIMER_LOST",
       with([](Bounds& b) { b.holds = 1, b.crashes = 1, b.jumps = 1; })},
  };
  return mistakes;
}

}  // namespace troupe::testing
