#include "matcher/hold/hold_window.h"

#include <cstddef>
#include <utility>
#include <vector>

namespace troupe {
namespace {

using Rule = Window::Rule;

Days TravelBefore(Day first, int32_t days) {
  return Days::Of(DaySpan{.start = first - days, .limit = first});
}

Days TravelAfter(Day last, int32_t days) {
  return Days::Of(DaySpan{.start = last + 1, .limit = last + 1 + days});
}

size_t DaysAskedFor(const Window& window) {
  return static_cast<size_t>(window.rule == Rule::kAllDays ? window.span.length() : window.days);
}

bool Meets(const Window& window, const Days& work) {
  return !work.empty() && work.size() == DaysAskedFor(window) &&
         (window.rule == Rule::kAnyDays || work.Spans().size() == 1);
}

// As many days of `candidates` as asked for: the earliest from `first` on, with
// `last` as the last one.
Days WorkBetween(const Window& window, const Days& candidates, Day first, Day last) {
  std::vector<Day> work = {last};
  for (Day day : candidates) {
    if (first <= day && day < last && work.size() < DaysAskedFor(window)) work.push_back(day);
  }
  return Days(std::move(work));
}

}  // namespace

Days ReachOf(const Window& window, int32_t travel_days) {
  return Days::Of(DaySpan{.start = window.span.start - travel_days,
                          .limit = window.span.limit + travel_days});
}

std::optional<BookedDays> EarliestChoice(const Window& window, int32_t travel_days,
                                         const Days& free) {
  const Days candidates = free.And(Days::Of(window.span));
  for (Day first : candidates) {
    const Days before = TravelBefore(first, travel_days);
    if (!free.ContainsAll(before)) continue;
    for (Day last : candidates) {
      if (last < first) continue;
      const Days after = TravelAfter(last, travel_days);
      if (!free.ContainsAll(after)) continue;
      Days work = WorkBetween(window, candidates, first, last);
      if (work.first() != first || !Meets(window, work)) continue;
      return BookedDays{.work = std::move(work), .travel = before.Or(after)};
    }
  }
  return std::nullopt;
}

std::optional<BookedDays> ChoiceOf(const Window& window, int32_t travel_days, const Days& work) {
  if (!Days::Of(window.span).ContainsAll(work) || !Meets(window, work)) return std::nullopt;
  return BookedDays{.work = work,
                    .travel = TravelBefore(work.first(), travel_days)
                                  .Or(TravelAfter(work.last(), travel_days))};
}

}  // namespace troupe
