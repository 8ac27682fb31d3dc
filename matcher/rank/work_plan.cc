#include "matcher/rank/work_plan.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "matcher/domain/calendar.h"
#include "matcher/domain/travel_rule.h"
#include "matcher/rank/fewest_days.h"

namespace troupe {
namespace {

// Calls `visit(gap)` for the runs of days of `span`, the first to the last, that
// are not busy, until it returns false. Days before `as_of` are not.
template <typename Visit>
void ForEachGap(const DaySet& busy, DaySpan span, Day as_of, Visit visit) {
  Day free_from = span.start;
  const Day first = std::max(span.start, as_of);
  for (const DaySpan& taken : busy.spans) {
    if (taken.limit <= first) continue;
    if (span.limit <= taken.start) break;
    const DaySpan gap{free_from, std::max(taken.start, first)};
    if (!gap.IsEmpty() && !visit(gap)) return;
    free_from = taken.limit;
  }
  if (free_from < span.limit) visit({free_from, span.limit});
}

bool IsFreeIn(const DaySet& busy, DaySpan span) {
  for (const DaySpan& taken : busy.spans) {
    if (taken.limit <= span.start) continue;
    return span.limit <= taken.start;
  }
  return true;
}

// Where the first of the runs of `length` days of `span` that are free begins.
std::optional<Day> FirstRun(const DaySet& busy, DaySpan span, int32_t length, Day as_of) {
  std::optional<Day> found;
  ForEachGap(busy, span, as_of, [&](DaySpan gap) {
    if (gap.length() >= length) found = gap.start;
    return !found.has_value();
  });
  return found;
}

// Any days: those between the first that can be the first day of work and the
// last that can be the last.
bool HasEnoughDays(const DaySet& busy, const WorkPeriod& period, int32_t travel, Day as_of) {
  const DaySpan span = WithTravel(period.days, travel);
  bool has_first = false;
  int32_t before = 0;   // Free days from the first day of work on.
  int32_t counted = 0;  // The same, to the last day that can end it.
  bool is_met = false;
  ForEachGap(busy, span, as_of, [&](DaySpan gap) {
    DaySpan free{std::max(gap.start, period.days.start), std::min(gap.limit, period.days.limit)};
    if (!has_first) {
      free.start = std::max(free.start, gap.start + travel);
      if (free.IsEmpty()) return true;
      has_first = true;
    }
    // The last day of work leaves the way home within the gap.
    const Day last = std::min(free.limit, gap.limit - travel);
    if (free.start < last) counted = before + (last - free.start);
    if (!free.IsEmpty()) before += free.length();
    is_met = counted >= period.count;
    return !is_met;
  });
  return is_met;
}

bool IsMet(const DaySet& busy, const WorkPeriod& period, int32_t travel, Day as_of) {
  if (period.count == 0) return true;
  if (period.count > period.days.length()) return false;
  const DaySpan span = WithTravel(period.days, travel);
  if (period.count == period.days.length()) {
    return IsFreeIn(busy, {std::max(span.start, as_of), span.limit});
  }
  // A first day that is also the last needs the way there and back around it.
  if (period.in_a_row || period.count == 1) {
    return FirstRun(busy, span, period.count + 2 * travel, as_of).has_value();
  }
  return HasEnoughDays(busy, period, travel, as_of);
}

void Take(DaySpan work, int32_t travel, Day as_of, WorkDays& days) {
  days.work.push_back(work);
  const DaySpan taken = WithTravel(work, travel);
  days.taken.push_back({std::max(taken.start, as_of), taken.limit});
}

// The days of a period that is met, but not in a row.
void TakeEarliestDays(const DaySet& busy, const WorkPeriod& period, int32_t travel, Day as_of,
                      WorkDays& days) {
  const auto is_free = [&](DaySpan span) {
    return IsFreeIn(busy, {std::max(span.start, as_of), span.limit});
  };
  Day first = period.days.start;
  while (!is_free({first - travel, first + 1})) first = first + 1;
  int32_t missing = period.count;
  std::vector<DaySpan> work;
  for (Day day = first; missing > 0; day = day + 1) {
    const bool can_be_last = is_free({day, day + travel + 1});
    if (missing > 1 ? !is_free({day, day + 1}) : !can_be_last) continue;
    work.push_back({day, day + 1});
    --missing;
  }
  days.taken.push_back({std::max(first - travel, as_of), first});
  days.taken.push_back({work.back().limit, work.back().limit + travel});
  for (const DaySpan& day : work) Take(day, 0, as_of, days);
}

void TakeEarliest(const DaySet& busy, const WorkPeriod& period, int32_t travel, Day as_of,
                  WorkDays& days) {
  if (period.count == 0) return;
  if (period.in_a_row || period.count == 1) {
    const DaySpan span = WithTravel(period.days, travel);
    const Day start = *FirstRun(busy, span, period.count + 2 * travel, as_of) + travel;
    return Take({start, start + period.count}, travel, as_of, days);
  }
  TakeEarliestDays(busy, period, travel, as_of, days);
}

}  // namespace

WorkPlan::WorkPlan(const Demand& demand, Day as_of, int32_t shift_days) : as_of_(as_of) {
  const DemandScalars& scalars = demand.scalars;
  if (!demand.HasWindow()) return;
  if (demand.blocks.empty()) {
    needed_ = 1;
    const DaySpan window = demand.window();
    Add({window.start + shift_days, window.limit + shift_days},
        static_cast<Window::Rule>(scalars.window_rule), scalars.window_days);
    return;
  }
  for (const BlockRow& block : demand.blocks) {
    const Day limit = Day(block.limit) + shift_days;
    if (limit <= as_of) continue;
    Add({Day(block.start) + shift_days, limit}, static_cast<Window::Rule>(block.rule), block.days);
  }
  needed_ = std::min<int32_t>(scalars.blocks_needed, static_cast<int32_t>(periods_.size()));
}

WorkPlan::WorkPlan(DaySpan window, Window::Rule rule, int32_t count, Day as_of)
    : as_of_(as_of), needed_(1) {
  Add(window, rule, count);
}

void WorkPlan::Add(DaySpan days, Window::Rule rule, int32_t count) {
  days.start = std::max(days.start, as_of_);
  periods_.push_back(
      {.days = days,
       .count = rule == Window::Rule::kAllDays ? std::max(days.length(), 0) : count,
       .in_a_row = rule != Window::Rule::kAnyDays});
}

bool WorkPlan::IsMetBy(const DaySet& busy, int32_t travel_days) const {
  int32_t missing = needed_;
  auto left = static_cast<int32_t>(periods_.size());
  for (const WorkPeriod& period : periods_) {
    if (missing == 0) return true;
    if (missing > left--) return false;
    if (IsMet(busy, period, travel_days, as_of_)) --missing;
  }
  return missing == 0;
}

int32_t WorkPlan::CountMet(const DaySet& busy, int32_t travel_days) const {
  return static_cast<int32_t>(
      std::count_if(periods_.begin(), periods_.end(), [&](const WorkPeriod& period) {
        return IsMet(busy, period, travel_days, as_of_);
      }));
}

std::optional<WorkDays> WorkPlan::EarliestWork(const DaySet& busy, int32_t travel_days) const {
  WorkDays days;
  int32_t missing = needed_;
  for (const WorkPeriod& period : periods_) {
    if (missing == 0) break;
    if (!IsMet(busy, period, travel_days, as_of_)) continue;
    TakeEarliest(busy, period, travel_days, as_of_, days);
    --missing;
  }
  if (missing > 0) return std::nullopt;
  days.work = Union(std::move(days.work));
  days.taken = Union(std::move(days.taken));
  return days;
}

std::optional<std::vector<DaySpan>> WorkPlan::FewestDaysToFree(const DaySet& busy,
                                                               int32_t travel_days) const {
  if (IsMetBy(busy, travel_days)) return std::vector<DaySpan>();
  return FewestDays(*this, busy, travel_days).Find();
}

}  // namespace troupe
