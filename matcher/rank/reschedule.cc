#include "matcher/rank/reschedule.h"

#include "matcher/rank/eligibility.h"
#include "matcher/rank/shortfall.h"

namespace troupe {
namespace {

// By how many days the dates must move later for enough days to lie ahead, were
// they all free. nullopt if they would then be past the last searchable day.
std::optional<int32_t> SmallestShiftAhead(const Query& query) {
  for (int32_t days = 0;; ++days) {
    if (WorkPlan(query.demand(), query.as_of(), days).IsMetBy(DaySet(), 0)) return days;
    if (query.demand().window().limit + days >= query.as_of() + kCalendarHorizonDays) {
      return std::nullopt;
    }
  }
}

}  // namespace

std::optional<Reschedule> SmallestReschedule(const Query& query, const ProfileView& view) {
  if (const auto shift = SmallestShift(query, view); shift.has_value()) {
    return Reschedule{.shift_window_days = *shift};
  }
  const std::optional<int32_t> shift = SmallestShiftAhead(query);
  if (!shift.has_value()) return std::nullopt;
  const WorkPlan plan(query.demand(), query.as_of(), *shift);
  auto freed = plan.FewestDaysToFree(view.busy, TravelDaysOf(query.demand(), view));
  if (!freed.has_value()) return std::nullopt;
  return Reschedule{.shift_window_days = *shift, .free_days = *std::move(freed)};
}

}  // namespace troupe
