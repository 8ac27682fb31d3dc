#include "matcher/rank/shortfall.h"

#include <algorithm>

#include "matcher/domain/opening.h"
#include "matcher/rank/eligibility.h"

namespace troupe {
namespace {

constexpr int64_t kNoShiftHelps = 1'000;
constexpr int64_t kNoDistance = 100'000;

bool IsFree(const DatedDemand& query, const ProfileView& view, DaySpan span) {
  const DemandScalars& demand = query.demand().scalars;
  switch (static_cast<Window::Rule>(demand.window_rule)) {
    case Window::Rule::kAllDays:
      return view.busy.CountIn(span) == 0;
    case Window::Rule::kAnyDays:
      return span.length() - view.busy.CountIn(span) >= demand.window_days;
    case Window::Rule::kContiguousDays:
      return view.busy.LongestGapIn(span) >= demand.window_days;
  }
  return false;
}

bool IsFreeAfterShift(const DatedDemand& query, const ProfileView& view, int32_t days) {
  DaySpan span = query.demand().window();
  span = {std::max(span.start + days, query.as_of()), span.limit + days};
  return !span.IsEmpty() && IsFree(query, view, span);
}

int64_t MissingTerms(absl::Span<const Term> has, absl::Span<const Term> needs) {
  return std::count_if(needs.begin(), needs.end(), [&](Term need) {
    return std::find(has.begin(), has.end(), need) == has.end();
  });
}

int64_t MissingLevels(const DatedDemand& query, const ProfileView& view) {
  int64_t missing = 0;
  for (const WantedSkillRow& want : query.demand().skills) {
    if (!want.required) continue;
    int64_t level = 0;
    for (const SkillRow& skill : view.skills) {
      if (skill.skill == want.skill) level = skill.level;
    }
    missing += std::max<int64_t>(want.level - level, 0);
  }
  return missing;
}

// Whole units by which the rate is above the ceiling, rounded up.
int64_t UnitsAbove(const Amount& rate, const Amount& ceiling) {
  return rate.units - ceiling.units + (rate.nanos > ceiling.nanos ? 1 : 0);
}

}  // namespace

std::optional<int32_t> SmallestShift(const DatedDemand& query, const ProfileView& view) {
  if (!query.demand().HasWindow()) return 0;
  const DaySpan window = query.demand().window();
  const int32_t latest = query.as_of() + kCalendarHorizonDays - window.limit;
  const int32_t earliest = std::min(query.as_of() - window.start, 0);
  for (int32_t days = 0; days <= std::max(latest, -earliest); ++days) {
    if (days <= latest && IsFreeAfterShift(query, view, days)) return days;
    if (-days >= earliest && -days <= latest && IsFreeAfterShift(query, view, -days)) return -days;
  }
  return std::nullopt;
}

int64_t ShortfallOf(Requirement requirement, const DatedDemand& query, const ProfileView& view,
                    const RoleRow* role) {
  const Demand& demand = query.demand();
  switch (requirement) {
    case Requirement::kCalendar: {
      const auto shift = SmallestShift(query, view);
      if (shift.has_value()) return std::abs(*shift);
      return kNoShiftHelps + view.busy.CountIn(query.window());
    }
    case Requirement::kDayRate:
      return UnitsAbove(role->day_rate, demand.scalars.ceiling);
    case Requirement::kLanguages:
      return MissingTerms(view.languages, demand.languages);
    case Requirement::kSkills:
      return MissingLevels(query, view);
    case Requirement::kCredentials:
      return MissingTerms(view.credentials, demand.credentials);
    case Requirement::kPlace: {
      const int32_t distance = DistanceKm(view.scalars->home, demand.scalars.place);
      return distance < 0 ? kNoDistance : distance;
    }
    default:
      return 1;
  }
}

}  // namespace troupe
