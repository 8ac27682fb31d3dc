#ifndef TROUPE_MATCHER_RANK_FEWEST_DAYS_H_
#define TROUPE_MATCHER_RANK_FEWEST_DAYS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "matcher/base/day.h"
#include "matcher/index/day_set.h"
#include "matcher/rank/work_plan.h"

namespace troupe {

// The fewest busy days without which somebody can do some work: a shortest path
// through the days, where a day is freed or not, worked or not. One search;
// what it is made of must outlive it.
class FewestDays {
 public:
  FewestDays(const WorkPlan& plan, const DaySet& busy, int32_t travel_days);

  // As WorkPlan::FewestDaysToFree. Work must be needed.
  std::optional<std::vector<DaySpan>> Find();

 private:
  // How things stand before a day.
  struct State {
    int32_t met = 0;     // Periods, at most those needed.
    int32_t worked = 0;  // Days of the day's period; one more than asked for: done with it.
    int32_t rested = 0;  // Free days just before, at most those of travel.
    int32_t owed = 0;    // Days that must be free yet, for the way home.
  };
  // What a day is like.
  struct Today {
    bool is_busy = false;
    const WorkPeriod* period = nullptr;
    bool is_first = false;  // Of the period.
  };

  Today DayAt(size_t day) const;
  // By how many days of work states of the day differ.
  static int32_t Phases(const Today& today) {
    return today.period == nullptr ? 1 : today.period->count + 2;
  }
  size_t States(size_t day) const;
  size_t IndexOf(size_t day, const State& state) const;
  State StateAt(size_t day, size_t index) const;
  // Calls `visit(freed, next)` for all that may be done on `day`.
  template <typename Visit>
  void ForEachStep(size_t day, const State& state, Visit visit) const;

  void CountBackwards();

  const WorkPlan& plan_;
  const int32_t travel_;
  DaySpan span_;
  std::vector<Today> days_;
  State first_;
  std::vector<std::vector<int32_t>> fewest_;  // Days to be freed yet, by day and state.
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_FEWEST_DAYS_H_
