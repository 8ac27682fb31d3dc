#include "matcher/rank/reschedule.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "matcher/domain/calendar.h"
#include "matcher/domain/opening.h"
#include "matcher/rank/shortfall.h"

namespace troupe {
namespace {

// Where the run of `length` days of `window` begins in which the fewest are
// busy; the first of several.
Day StartOfFreestRun(const DaySet& busy, DaySpan window, int32_t length) {
  Day best = window.start;
  int32_t fewest = busy.CountIn({best, best + length});
  int32_t count = fewest;
  for (Day start = window.start + 1; start + length <= window.limit; start = start + 1) {
    const Day left = start - 1;
    const Day entered = start + (length - 1);
    count += busy.CountIn({entered, entered + 1}) - busy.CountIn({left, left + 1});
    if (count < fewest) {
      fewest = count;
      best = start;
    }
  }
  return best;
}

// The first `most` days of `span` that are busy.
std::vector<DaySpan> FirstBusyDays(const DaySet& busy, DaySpan span, int32_t most) {
  std::vector<DaySpan> days;
  for (const DaySpan& taken : busy.spans) {
    if (most <= 0) break;
    DaySpan part = {std::max(taken.start, span.start), std::min(taken.limit, span.limit)};
    if (part.IsEmpty()) continue;
    part.limit = std::min(part.limit, part.start + most);
    most -= part.length();
    days.push_back(part);
  }
  return days;
}

// The fewest busy days of `window` without which it is free enough.
std::vector<DaySpan> DaysToFree(const DemandScalars& demand, const DaySet& busy, DaySpan window) {
  const int32_t taken = busy.CountIn(window);
  switch (static_cast<Window::Rule>(demand.window_rule)) {
    case Window::Rule::kAllDays:
      return FirstBusyDays(busy, window, taken);
    case Window::Rule::kAnyDays:
      return FirstBusyDays(busy, window, demand.window_days - (window.length() - taken));
    case Window::Rule::kContiguousDays: {
      const Day start = StartOfFreestRun(busy, window, demand.window_days);
      return FirstBusyDays(busy, {start, start + demand.window_days}, taken);
    }
  }
  return {};
}

}  // namespace

std::optional<Reschedule> SmallestReschedule(const Query& query, const ProfileView& view) {
  if (const auto shift = SmallestShift(query, view); shift.has_value()) {
    return Reschedule{.shift_window_days = *shift};
  }
  const DemandScalars& demand = query.demand().scalars;
  DaySpan window = query.window();
  // Days ahead are only too few if the window has begun: it still has then.
  const int32_t shift = std::max(demand.window_days - window.length(), 0);
  window.limit = window.limit + shift;
  if (shift > 0 && window.limit > query.as_of() + kCalendarHorizonDays) return std::nullopt;
  return Reschedule{.shift_window_days = shift,
                    .free_days = DaysToFree(demand, view.busy, window)};
}

}  // namespace troupe
