#ifndef TROUPE_TESTS_BENCH_FLAT_DAYS_H_
#define TROUPE_TESTS_BENCH_FLAT_DAYS_H_

#include <algorithm>
#include <cstdint>

#include "matcher/domain/opening.h"
#include "matcher/domain/travel_rule.h"
#include "tests/bench/flat_numbers.h"

// The days of a window, looked at one by one.
namespace troupe::testing {

// By the numbers of the scoring document, not by the engine's table.
inline int32_t FlatTravelDays(int home, int place) {
  const int km = Distance(home, place);
  return km <= 150 ? 0 : km <= 2'500 ? 1 : 2;
}

// True if days [from, to), counted from the day of the question, are free enough,
// with `travel` days on either side. `is_busy(day)` is asked of no day before 0.
template <typename IsBusy>
bool HasFreeDays(Window::Rule rule, int32_t from, int32_t to, int32_t days, int32_t travel,
                 IsBusy is_busy) {
  if (to <= from) return rule == Window::Rule::kAllDays;
  if (rule == Window::Rule::kAnyDays && days == 1) rule = Window::Rule::kContiguousDays;
  const int32_t first = std::max(from - travel, 0);
  int32_t run = first - (from - travel);  // Days that are past are free.
  int32_t longest = 0;
  int32_t worked = 0;        // Free days of the window since one could begin.
  bool has_begun = false;
  for (int32_t at = first; at < to + travel; ++at) {
    if (is_busy(at)) {
      if (rule == Window::Rule::kAllDays) return false;
      run = 0;
      continue;
    }
    ++run;
    longest = std::max(longest, run);
    const bool in_window = from <= at && at < to;
    has_begun |= in_window && run > travel;
    worked += has_begun && in_window;
    // The day so long ago may be the last, without those of the window since.
    const int32_t last = at - travel;
    if (has_begun && run > travel && from <= last && last < to) {
      const int32_t since = std::min(at, to - 1) - last;
      if (rule == Window::Rule::kAnyDays && worked - since >= days) return true;
    }
  }
  if (rule == Window::Rule::kAllDays) return true;
  return rule == Window::Rule::kContiguousDays && longest >= days + 2 * travel;
}

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_BENCH_FLAT_DAYS_H_
