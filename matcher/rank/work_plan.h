#ifndef TROUPE_MATCHER_RANK_WORK_PLAN_H_
#define TROUPE_MATCHER_RANK_WORK_PLAN_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "matcher/base/day.h"
#include "matcher/domain/opening.h"
#include "matcher/index/day_set.h"
#include "matcher/index/demand.h"

namespace troupe {

// Days out of which `count` are to be worked. More than there are: none can be.
struct WorkPeriod {
  DaySpan days;
  int32_t count = 0;
  bool in_a_row = false;
};

// When somebody works, and when that takes the person up.
struct WorkDays {
  std::vector<DaySpan> work;   // Sorted, disjoint.
  std::vector<DaySpan> taken;  // With the days of travel that are not past.
};

// When an opening is to be worked, as of a day: in so many of its periods. Days
// before that day are not part of them and take nobody up. Each period is a
// journey of its own: `travel_days`, below, are free before its first day of
// work and after its last one, whether the period holds them or not. Immutable.
class WorkPlan {
 public:
  // With all dates moved by `shift_days`. Of a demand without dates nothing is
  // needed.
  WorkPlan(const Demand& demand, Day as_of, int32_t shift_days = 0);
  // Of one window; `count` means nothing where all days are asked for.
  WorkPlan(DaySpan window, Window::Rule rule, int32_t count, Day as_of);

  Day as_of() const { return as_of_; }
  const absl::InlinedVector<WorkPeriod, 1>& periods() const { return periods_; }
  // How many of the periods are to be worked; 0 to all.
  int32_t needed() const { return needed_; }

  // True if who is busy on these days can do the work. O(spans) a period.
  bool IsMetBy(const DaySet& busy, int32_t travel_days) const;

  // How many periods can be worked, one by one.
  int32_t CountMet(const DaySet& busy, int32_t travel_days) const;

  // The days on which who is busy on these would do the work: of the earliest
  // periods that can be worked, as many as are needed; in each the earliest
  // run, or the earliest first day and from there on the earliest days that
  // can be. nullopt if it cannot be done.
  std::optional<WorkDays> EarliestWork(const DaySet& busy, int32_t travel_days) const;

  // The fewest busy days to be freed so that the work can be done: of as few,
  // the earliest. Sorted, disjoint, not touching. nullopt if not even that
  // helps. Cost: days times counts times 9 times the needed periods.
  std::optional<std::vector<DaySpan>> FewestDaysToFree(const DaySet& busy,
                                                       int32_t travel_days) const;

 private:
  void Add(DaySpan days, Window::Rule rule, int32_t count);

  Day as_of_;
  int32_t needed_ = 0;
  absl::InlinedVector<WorkPeriod, 1> periods_;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_WORK_PLAN_H_
