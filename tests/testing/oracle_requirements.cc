#include <algorithm>
#include <cstdlib>

#include "matcher/domain/gazetteer.h"
#include "matcher/domain/role_taxonomy.h"
#include "tests/testing/oracle.h"
#include "tests/testing/oracle_distance.h"

namespace troupe::testing {
namespace {

bool IsFree(const Profile& profile, Day day) {
  for (const CalendarEntry& entry : profile.calendar.entries()) {
    if (entry.kind != CalendarEntry::Kind::kHeld && entry.days.Contains(day)) return false;
  }
  return true;
}

// Walks the days from `start`, or the day of the question if that is later.
bool IsFreeEnough(const OracleQuestion& question, const Profile& profile, DaySpan span) {
  const Window& window = *question.opening->window;
  int32_t free_days = 0;
  int32_t run = 0;
  int32_t longest_run = 0;
  bool all = true;
  for (Day day = span.start; day < span.limit; day = day + 1) {
    if (day < question.as_of) continue;
    if (IsFree(profile, day)) {
      ++free_days;
      longest_run = std::max(longest_run, ++run);
    } else {
      run = 0;
      all = false;
    }
  }
  if (window.rule == Window::Rule::kAllDays) return all;
  if (window.rule == Window::Rule::kAnyDays) return free_days >= window.days;
  return longest_run >= window.days;
}

bool MeetsCalendar(const OracleQuestion& question, const Profile& profile) {
  const std::optional<Window>& window = question.opening->window;
  return !window.has_value() || IsFreeEnough(question, profile, window->span);
}

bool MeetsPlace(const OracleQuestion& question, const Profile& profile) {
  const std::string& place = question.project->PlaceOf(*question.opening);
  if (place.empty() || profile.travel.anywhere) return true;
  if (ShippedRoles().Find(question.opening->role)->remote_capable) return true;
  const std::optional<int32_t> distance = OracleDistanceKm(profile.home_place, place);
  if (distance.has_value() && *distance <= profile.travel.radius_km) return true;
  for (const std::string& there : profile.travel.places) {
    if (OracleIsWithin(place, there)) return true;
  }
  return false;
}

bool MeetsCasting(const CastingRequirement& asked, const Casting& casting) {
  if (!asked.genders.empty() &&
      (casting.gender == Gender::kUnspecified ||
       std::count(asked.genders.begin(), asked.genders.end(), casting.gender) == 0)) {
    return false;
  }
  if (asked.playing_age.has_value()) {
    bool any = false;
    for (int32_t age = asked.playing_age->from; age <= asked.playing_age->to; ++age) {
      any |= casting.playing_age.has_value() && casting.playing_age->from <= age &&
             age <= casting.playing_age->to;
    }
    if (!any) return false;
  }
  if (!asked.height_cm.has_value()) return true;
  return casting.height_cm.has_value() && asked.height_cm->from <= *casting.height_cm &&
         *casting.height_cm <= asked.height_cm->to;
}

int64_t CountMissing(const std::vector<std::string>& has, const std::vector<std::string>& needs) {
  std::set<std::string> missing(needs.begin(), needs.end());
  for (const std::string& one : has) missing.erase(one);
  return static_cast<int64_t>(missing.size());
}

int64_t MissingLevels(const Opening& opening, const Profile& profile) {
  int64_t missing = 0;
  for (const WantedSkill& wanted : opening.skills) {
    const int32_t level = profile.SkillLevel(wanted.skill);
    if (wanted.required && level < wanted.level) missing += wanted.level - level;
  }
  return missing;
}

bool IsBlocked(const Project& project, const Profile& profile) {
  const auto& people = project.blocked_profiles;
  if (std::count(people.begin(), people.end(), profile.id) > 0) return true;
  if (project.ownership.owner == profile.ownership.owner) return false;
  return project.ownership.Blocks(profile.ownership.owner) ||
         profile.ownership.Blocks(project.ownership.owner);
}

bool HasConsent(const Project& project, const Profile& profile) {
  return project.ownership.owner == profile.ownership.owner ||
         profile.ownership.findability == Findability::kFindable;
}

// Whole units, rounded up.
int64_t UnitsAbove(const Money& rate, const Money& ceiling) {
  int64_t units = rate.units - ceiling.units;
  if (rate.nanos > ceiling.nanos) ++units;
  return units;
}

// The fewest days, later before earlier, by which to move the window; none if
// no move helps.
std::optional<int32_t> FewestDays(const OracleQuestion& question, const Profile& profile) {
  const DaySpan span = question.opening->window->span;
  for (int32_t days = 1; days <= 2 * kCalendarHorizonDays; ++days) {
    const DaySpan later = {span.start + days, span.limit + days};
    if (later.limit <= question.as_of + kCalendarHorizonDays && question.as_of < later.limit &&
        IsFreeEnough(question, profile, later)) {
      return days;
    }
    const DaySpan earlier = {span.start - days, span.limit - days};
    if (earlier.start >= question.as_of &&
        earlier.limit <= question.as_of + kCalendarHorizonDays &&
        IsFreeEnough(question, profile, earlier)) {
      return days;
    }
  }
  return std::nullopt;
}

int64_t DaysShort(const OracleQuestion& question, const Profile& profile) {
  if (const auto days = FewestDays(question, profile)) return *days;
  const DaySpan span = question.opening->window->span;
  int64_t busy = 0;
  for (Day day = std::max(span.start, question.as_of); day < span.limit; day = day + 1) {
    busy += !IsFree(profile, day);
  }
  return 1'000 + busy;
}

bool IsOnProject(const OracleQuestion& question, const Profile& profile) {
  const Project& project = *question.project;
  for (const auto* list : {&project.attached, &question.opening->attached, &question.extra}) {
    for (const Attached& attached : *list) {
      if (attached.profile == profile.id) return true;
    }
  }
  for (const Opening& opening : project.openings) {
    for (const Seat& seat : opening.seats) {
      if (seat.profile == profile.id) return true;
    }
  }
  return false;
}

}  // namespace

std::map<ProfileId, std::set<std::string>> OracleQuestion::AttachedPeople() const {
  std::map<ProfileId, std::set<std::string>> people;
  for (const auto* list : {&project->attached, &opening->attached, &extra}) {
    for (const Attached& attached : *list) {
      people[attached.profile].insert(attached.roles.begin(), attached.roles.end());
    }
  }
  for (const Opening& other : project->openings) {
    for (const Seat& seat : other.seats) {
      if (seat.profile) people[seat.profile].insert(other.role);
    }
  }
  return people;
}

RequirementSet OracleFailures(const OracleQuestion& question, const Profile& profile) {
  const Opening& opening = *question.opening;
  const ProfileRole* role = profile.FindRole(opening.role);
  RequirementSet failures;
  failures.AddIf(role == nullptr || (role->grow_into && !opening.trainees_allowed),
                 Requirement::kRole);
  failures.AddIf(!MeetsCalendar(question, profile), Requirement::kCalendar);
  if (role != nullptr && role->day_rate.has_value() && opening.pay_ceiling.has_value()) {
    if (role->day_rate->currency != opening.pay_ceiling->currency) {
      failures.Add(Requirement::kCurrency);
    } else if (CompareAmounts(*role->day_rate, *opening.pay_ceiling) > 0) {
      failures.Add(Requirement::kDayRate);
    }
  }
  failures.AddIf(CountMissing(profile.languages, opening.languages) > 0, Requirement::kLanguages);
  failures.AddIf(MissingLevels(opening, profile) > 0, Requirement::kSkills);
  failures.AddIf(CountMissing(profile.credentials, opening.credentials) > 0,
                 Requirement::kCredentials);
  failures.AddIf(!MeetsPlace(question, profile), Requirement::kPlace);
  failures.AddIf(!MeetsCasting(opening.casting, profile.casting), Requirement::kCasting);
  failures.AddIf(IsBlocked(*question.project, profile), Requirement::kBlocked);
  failures.AddIf(!HasConsent(*question.project, profile), Requirement::kConsent);
  return failures;
}

int64_t OracleShortfall(Requirement requirement, const OracleQuestion& question,
                        const Profile& profile) {
  const Opening& opening = *question.opening;
  switch (requirement) {
    case Requirement::kCalendar:
      return DaysShort(question, profile);
    case Requirement::kDayRate:
      return UnitsAbove(*profile.FindRole(opening.role)->day_rate, *opening.pay_ceiling);
    case Requirement::kLanguages:
      return CountMissing(profile.languages, opening.languages);
    case Requirement::kSkills:
      return MissingLevels(opening, profile);
    case Requirement::kCredentials:
      return CountMissing(profile.credentials, opening.credentials);
    case Requirement::kPlace:
      return OracleDistanceKm(profile.home_place, question.project->PlaceOf(opening))
          .value_or(100'000);
    default:
      return 1;
  }
}

bool OracleConsiders(const OracleQuestion& question, const Profile& profile,
                     bool include_attached) {
  return profile.FindRole(question.opening->role) != nullptr &&
         profile.ownership.IsVisibleTo(question.project->ownership.owner) &&
         (include_attached || !IsOnProject(question, profile));
}

bool OracleOffers(const OracleQuestion& question, const Profile& profile,
                  bool include_attached) {
  const Opening& opening = *question.opening;
  const Project& project = *question.project;
  if (profile.FindRole(opening.role) == nullptr) return false;
  if (opening.state != Opening::State::kOpen || opening.IsFilled()) return false;
  if (opening.window.has_value()) {
    const Day last = opening.window->span.limit - 1;
    if (last < question.as_of || last >= question.as_of + kCalendarHorizonDays) return false;
  }
  if (!project.ownership.IsVisibleTo(profile.ownership.owner)) return false;
  const auto& excluded = project.blocked_profiles;
  if (project.ownership.owner != profile.ownership.owner &&
      std::count(excluded.begin(), excluded.end(), profile.id) > 0) {
    return false;
  }
  return include_attached || !IsOnProject(question, profile);
}

}  // namespace troupe::testing
