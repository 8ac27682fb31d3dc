#include "matcher/rank/failure_text.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "matcher/domain/calendar.h"
#include "matcher/domain/travel_rule.h"
#include "matcher/index/terms.h"
#include "matcher/rank/eligibility.h"
#include "matcher/rank/smallest_edit.h"
#include "matcher/rank/wording.h"

namespace troupe {
namespace {

std::string RoleText(const Comparison& comparison) {
  const std::string role = RoleName(comparison.opening().role);
  if (comparison.role() == nullptr) return absl::StrCat("does not have the role ", role);
  return absl::StrCat("wants to grow into the role ", role, "; trainees are not taken");
}

std::vector<DaySpan> BusyDaysIn(const ProfileView& view, DaySpan window) {
  std::vector<DaySpan> days;
  for (const DaySpan& busy : view.busy.spans) {
    const DaySpan part = {std::max(busy.start, window.start), std::min(busy.limit, window.limit)};
    if (!part.IsEmpty()) days.push_back(part);
  }
  return days;
}

// ", 1 day of travel each way included": empty if there is none.
std::string TravelText(int32_t travel_days) {
  if (travel_days == 0) return "";
  return absl::StrCat(", ", Counted(travel_days, "day"), " of travel each way included");
}

// How many of the blocks that are not over the person could work.
std::string BlocksText(const Comparison& comparison, int32_t travel_days) {
  const WorkPlan& plan = comparison.query().plan();
  const DaySet& busy = comparison.view().busy;
  const auto count = static_cast<int64_t>(plan.periods().size());
  std::vector<DaySpan> days;
  for (const WorkPeriod& period : plan.periods()) {
    const DaySpan asked = WithTravel(period.days, travel_days);
    for (const DaySpan& day :
         BusyDaysIn(comparison.view(), {std::max(asked.start, plan.as_of()), asked.limit})) {
      days.push_back(day);
    }
  }
  const bool is_over = comparison.opening().blocks.size() > plan.periods().size();
  return absl::StrCat("is free for ", plan.CountMet(busy, travel_days), " of the ",
                      Counted(count, "block"), is_over ? " left" : "", "; asked for are ",
                      plan.needed(), TravelText(travel_days), " (busy ",
                      ListedDays(Union(std::move(days))), ")");
}

std::string CalendarText(const Comparison& comparison) {
  const int32_t travel_days =
      TravelDaysOf(comparison.query().demand(), comparison.view());
  if (!comparison.opening().window.has_value()) return BlocksText(comparison, travel_days);
  const Window& asked = *comparison.opening().window;
  const DaySpan window = comparison.query().window();
  const bool has_begun = asked.span.start < window.start;
  if (window.IsEmpty()) return absl::StrCat("no day is left of ", asked.span.ToString());
  if (window.length() < asked.days) {
    return absl::StrCat("only ", Counted(window.length(), "day"), has_begun ? " left" : "",
                        "; asked for are ", asked.days);
  }
  if (comparison.query().plan().IsMetBy(comparison.view().busy, 0)) {
    // Only the way there or back is in the way.
    const DaySpan taken = WithTravel(window, travel_days);
    const DaySpan ahead = {std::max(taken.start, comparison.query().as_of()), taken.limit};
    return absl::StrCat("is free to work, but not to travel ", Counted(travel_days, "day"),
                        " before and after (busy ",
                        ListedDays(BusyDaysIn(comparison.view(), ahead)), ")");
  }
  const int32_t busy = comparison.view().busy.CountIn(window);
  const std::string of = absl::StrCat(" of the ", Counted(window.length(), "day"),
                                      has_begun ? " left" : "");
  const std::string days =
      absl::StrCat(" (busy ", ListedDays(BusyDaysIn(comparison.view(), window)), ")");
  switch (asked.rule) {
    case Window::Rule::kAllDays:
      return absl::StrCat("is busy on ", busy, of, " (",
                          ListedDays(BusyDaysIn(comparison.view(), window)), ")");
    case Window::Rule::kAnyDays:
      return absl::StrCat("is free on ", window.length() - busy, of, "; asked for are any ",
                          asked.days, days);
    case Window::Rule::kContiguousDays:
      return absl::StrCat("is free on at most ", comparison.view().busy.LongestGapIn(window), of,
                          " in a row; asked for are ", asked.days, days);
  }
  return "is not free";
}

std::string DayRateText(const Comparison& comparison) {
  return absl::StrCat("asks ", ToString(*comparison.role()->day_rate), " a day; the ceiling is ",
                      ToString(*comparison.opening().pay_ceiling));
}

std::string CurrencyText(const Comparison& comparison) {
  return absl::StrCat("asks ", ToString(*comparison.role()->day_rate), " a day; the ceiling of ",
                      ToString(*comparison.opening().pay_ceiling), " is in another currency");
}

std::string SkillsText(const Comparison& comparison) {
  std::vector<std::string> items;
  for (const Skill& skill : comparison.MissingSkills()) {
    const int32_t level = comparison.profile().SkillLevel(skill.skill);
    items.push_back(level == 0
                        ? absl::StrCat("no ", skill.skill, " (level ", skill.level, " required)")
                        : absl::StrCat(skill.skill, " at level ", level, " of ", skill.level,
                                       " required"));
  }
  return "has " + Listed(items);
}

std::string PlaceText(const Comparison& comparison) {
  const Profile& profile = comparison.profile();
  const std::string place = PlaceName(comparison.place());
  const int32_t distance =
      DistanceKm(PlaceIndexOf(profile.home_place), PlaceIndexOf(comparison.place()));
  std::string text =
      distance < 0 ? absl::StrCat("has no known home, so no radius reaches ", place)
                   : absl::StrCat("lives in ", PlaceName(profile.home_place), ", ", distance,
                                  " km from ", place, ", beyond a radius of ",
                                  profile.travel.radius_km, " km");
  return absl::StrCat(text, ", and is not willing to travel there");
}

std::string GenderText(Gender gender) {
  switch (gender) {
    case Gender::kFemale:
      return "a woman";
    case Gender::kMale:
      return "a man";
    case Gender::kNonBinary:
      return "a non-binary person";
    case Gender::kUnspecified:
      break;
  }
  return "of no stated gender";
}

std::string RangeText(const IntRange& range, absl::string_view unit) {
  return range.from == range.to ? absl::StrCat(range.from, unit)
                                : absl::StrCat(range.from, " to ", range.to, unit);
}

std::string CastingText(const Casting& person, const CastingRequirement& asked,
                        const WidenCasting& edit) {
  std::vector<std::string> items;
  if (edit.any_gender || edit.add_gender != Gender::kUnspecified) {
    std::vector<std::string> genders;
    for (Gender gender : asked.genders) genders.push_back(GenderText(gender));
    items.push_back(absl::StrCat("is ", GenderText(person.gender), " (asked for: ",
                                 Listed(genders, "or"), ")"));
  }
  if (edit.any_age || edit.younger_by_years > 0 || edit.older_by_years > 0) {
    const std::string plays =
        edit.any_age ? "states no playing age" : "plays ages " + RangeText(*person.playing_age, "");
    items.push_back(absl::StrCat(plays, " (asked for: ", RangeText(*asked.playing_age, ""), ")"));
  }
  if (edit.any_height || edit.shorter_by_cm > 0 || edit.taller_by_cm > 0) {
    const std::string height =
        edit.any_height ? "states no height" : absl::StrCat("is ", *person.height_cm, " cm tall");
    items.push_back(
        absl::StrCat(height, " (asked for: ", RangeText(*asked.height_cm, " cm"), ")"));
  }
  return Listed(items);
}

std::string BlockText(const Unblock& edit) {
  std::vector<std::string> items;
  if (edit.profile_allows_organization) items.push_back("blocks the project's organization");
  if (edit.project_allows_profile) items.push_back("is excluded by the project");
  if (edit.project_allows_organization) {
    items.push_back("belongs to an organization that the project blocks");
  }
  return Listed(items);
}

}  // namespace

std::string FailureText(Requirement requirement, const Comparison& comparison) {
  switch (requirement) {
    case Requirement::kRole:
      return RoleText(comparison);
    case Requirement::kCalendar:
      return CalendarText(comparison);
    case Requirement::kDayRate:
      return DayRateText(comparison);
    case Requirement::kCurrency:
      return CurrencyText(comparison);
    case Requirement::kLanguages:
      return "does not speak " + Listed(comparison.MissingLanguages(), "or");
    case Requirement::kSkills:
      return SkillsText(comparison);
    case Requirement::kCredentials:
      return "lacks " + Listed(comparison.MissingCredentials());
    case Requirement::kPlace:
      return PlaceText(comparison);
    case Requirement::kCasting:
      return CastingText(comparison.profile().casting, comparison.opening().casting,
                         std::get<WidenCasting>(*SmallestEdit(requirement, comparison)));
    case Requirement::kBlocked:
      return BlockText(std::get<Unblock>(*SmallestEdit(requirement, comparison)));
    case Requirement::kConsent:
      return "has not agreed to be found by other organizations";
  }
  return "";
}

}  // namespace troupe
