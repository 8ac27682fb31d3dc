#include "matcher/rank/shortfall.h"

#include <algorithm>

#include "matcher/rank/eligibility.h"

namespace troupe {
namespace {

constexpr int64_t kNoShiftHelps = 1'000;
constexpr int64_t kNoDistance = 100'000;

bool IsFreeAfterShift(const DatedDemand& query, const ProfileView& view, int32_t days,
                      int32_t travel_days) {
  return query.demand().window().limit + days > query.as_of() &&
         WorkPlan(query.demand(), query.as_of(), days).IsMetBy(view.busy, travel_days);
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
  const int32_t travel_days = TravelDaysOf(query.demand(), view);
  const int32_t latest = query.as_of() + kCalendarHorizonDays - window.limit;
  const int32_t earliest = std::min(query.as_of() - window.start, 0);
  for (int32_t days = 0; days <= std::max(latest, -earliest); ++days) {
    if (days <= latest && IsFreeAfterShift(query, view, days, travel_days)) return days;
    if (-days >= earliest && -days <= latest &&
        IsFreeAfterShift(query, view, -days, travel_days)) {
      return -days;
    }
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
      return UnitsAbove(role->day_rate(), demand.scalars.ceiling);
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
