#include <algorithm>
#include <cstdlib>

#include "matcher/domain/gazetteer.h"
#include "matcher/domain/role_taxonomy.h"
#include "tests/testing/oracle.h"
#include "tests/testing/oracle_distance.h"

namespace troupe::testing {
namespace {

// Days of travel each way, by the table of deploy/docs/scoring.md.
int32_t TravelDaysOf(const OracleQuestion& question, const Profile& profile) {
  if (ShippedRoles().Find(question.opening->role)->remote_capable) return 0;
  const std::optional<int32_t> distance =
      OracleDistanceKm(profile.home_place, question.project->PlaceOf(*question.opening));
  if (!distance.has_value() || *distance <= 150) return 0;
  return *distance <= 2'500 ? 1 : 2;
}

// What somebody's days are taken up with from the day of the question on. Worked
// out once for all that is asked about them.
class DaysTaken {
 public:
  DaysTaken(const OracleQuestion& question, const Profile& profile)
      : start_(question.as_of), is_busy_(kDays), holds_(kDays) {
    for (const CalendarEntry& entry : profile.TakenUp()) {
      const int32_t limit = std::min(entry.days.limit - start_, kDays);
      for (int32_t at = std::max(entry.days.start - start_, 0); at < limit; ++at) {
        const auto day = static_cast<size_t>(at);
        if (entry.kind == CalendarEntry::Kind::kHeld) {
          ++holds_[day];
        } else {
          is_busy_[day] = true;
        }
      }
    }
  }

  // Days that have gone by do not count.
  bool IsFree(Day day) const {
    return day < start_ || !is_busy_.at(static_cast<size_t>(day - start_));
  }

  // As if those days were busy too on which so many holds stand.
  DaysTaken BusyWhereHeld(int32_t holds) const {
    DaysTaken days = *this;
    for (size_t i = 0; i < holds_.size(); ++i) {
      if (holds_[i] >= holds) days.is_busy_[i] = true;
    }
    return days;
  }

  // As if all days but these were busy.
  DaysTaken BusyBut(const std::vector<DaySpan>& named) const {
    DaysTaken days = *this;
    for (int32_t i = 0; i < kDays; ++i) {
      bool is_named = false;
      for (const DaySpan& span : named) is_named |= span.Contains(start_ + i);
      if (!is_named) days.is_busy_[static_cast<size_t>(i)] = true;
    }
    return days;
  }

 private:
  // Enough for every day of a window that is searched, moved as far as it can be.
  static constexpr int32_t kDays = 5 * kCalendarHorizonDays;

  Day start_;
  std::vector<uint8_t> is_busy_;
  std::vector<int32_t> holds_;
};

// The days of a window, moved by `shift`, from the day of the question on, and
// `travel` days on either side: which of them can be worked on, and which not
// even travelled on.
class DaysOfWindow {
 public:
  DaysOfWindow(Day as_of, const DaysTaken& taken, const Window& window, int32_t shift,
               int32_t travel)
      : window_(window), travel_(travel) {
    for (Day day = window.span.start + (shift - travel);
         day < window.span.limit + (shift + travel); day = day + 1) {
      is_free_.push_back(taken.IsFree(day));
      const Day asked = day - shift;
      is_asked_.push_back(day >= as_of && window.span.Contains(asked));
    }
  }

 // Tries every first and every last day of work.
  bool CanBeWorked() const {
    const auto all = static_cast<size_t>(std::count(is_asked_.begin(), is_asked_.end(), true));
    if (all == 0) return window_.rule == Window::Rule::kAllDays;
    const size_t count =
        window_.rule == Window::Rule::kAllDays ? all : static_cast<size_t>(window_.days);
    for (size_t first = 0; first < is_free_.size(); ++first) {
      if (!CanBegin(first)) continue;
      size_t days = 0;
      for (size_t last = first; last < is_free_.size() && is_asked_[last]; ++last) {
        if (is_free_[last]) ++days;
        const bool in_a_row = days == last - first + 1;
        if (window_.rule != Window::Rule::kAnyDays && !in_a_row) break;
        if (days >= count && (days == count || count > 1) && CanEnd(last)) return true;
      }
    }
    return false;
  }

 private:
  bool CanBegin(size_t day) const {
    if (!is_asked_[day] || !is_free_[day]) return false;
    for (size_t before = 1; before <= static_cast<size_t>(travel_); ++before) {
      if (!is_free_[day - before]) return false;
    }
    return true;
  }
  bool CanEnd(size_t day) const {
    if (!is_free_[day]) return false;
    for (size_t after = 1; after <= static_cast<size_t>(travel_); ++after) {
      if (!is_free_[day + after]) return false;
    }
    return true;
  }

  const Window& window_;
  int32_t travel_;
  std::vector<bool> is_free_;
  std::vector<bool> is_asked_;
};

// Whether somebody with these days, and so many of travel, can do the work.
bool IsFreeEnough(const OracleQuestion& question, const DaysTaken& taken, int32_t travel,
                  int32_t shift) {
  const Opening& opening = *question.opening;
  const auto can_work = [&](const Window& window) {
    return DaysOfWindow(question.as_of, taken, window, shift, travel).CanBeWorked();
  };
  if (opening.window.has_value()) return can_work(*opening.window);
  int32_t left = 0;
  int32_t can = 0;
  for (const Window& block : opening.blocks) {
    if (block.span.limit + shift <= question.as_of) continue;
    ++left;
    can += can_work(block);
  }
  const auto all = static_cast<int32_t>(opening.blocks.size());
  const int32_t needed = opening.blocks_needed == 0 ? all : opening.blocks_needed;
  return can >= std::min(needed, left);
}

// The days from the first to the last that the opening names.
std::optional<DaySpan> DatesOf(const Opening& opening) {
  if (opening.window.has_value()) return opening.window->span;
  if (opening.blocks.empty()) return std::nullopt;
  return DaySpan{opening.blocks.front().span.start, opening.blocks.back().span.limit};
}

bool MeetsCalendar(const OracleQuestion& question, const Profile& profile) {
  if (!DatesOf(*question.opening).has_value()) return true;
  return IsFreeEnough(question, DaysTaken(question, profile), TravelDaysOf(question, profile), 0);
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
std::optional<int32_t> FewestDays(const OracleQuestion& question, const DaysTaken& taken,
                                  int32_t travel) {
  const DaySpan span = *DatesOf(*question.opening);
  for (int32_t days = 1; days <= 2 * kCalendarHorizonDays; ++days) {
    const DaySpan later = {span.start + days, span.limit + days};
    if (later.limit <= question.as_of + kCalendarHorizonDays && question.as_of < later.limit &&
        IsFreeEnough(question, taken, travel, days)) {
      return days;
    }
    const DaySpan earlier = {span.start - days, span.limit - days};
    if (earlier.start >= question.as_of &&
        earlier.limit <= question.as_of + kCalendarHorizonDays &&
        IsFreeEnough(question, taken, travel, -days)) {
      return days;
    }
  }
  return std::nullopt;
}

int64_t DaysShort(const OracleQuestion& question, const Profile& profile) {
  const DaysTaken taken(question, profile);
  if (const auto days = FewestDays(question, taken, TravelDaysOf(question, profile))) {
    return *days;
  }
  const DaySpan span = *DatesOf(*question.opening);
  int64_t busy = 0;
  for (Day day = std::max(span.start, question.as_of); day < span.limit; day = day + 1) {
    busy += !taken.IsFree(day);
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

std::optional<int32_t> OracleLadderPlace(const OracleQuestion& question, const Profile& profile) {
  if (!DatesOf(*question.opening).has_value()) return std::nullopt;
  const DaysTaken taken(question, profile);
  const int32_t travel = TravelDaysOf(question, profile);
  if (!IsFreeEnough(question, taken, travel, 0)) return std::nullopt;
  for (int32_t place = 1;; ++place) {
    if (IsFreeEnough(question, taken.BusyWhereHeld(place), travel, 0)) return place;
  }
}

int32_t OracleHoldsOn(const Profile& profile, const std::vector<DaySpan>& days) {
  int32_t holds = 0;
  for (const CalendarEntry& entry : profile.TakenUp()) {
    bool takes_any = false;
    for (const DaySpan& span : days) takes_any |= span.Overlaps(entry.days);
    holds += entry.kind == CalendarEntry::Kind::kHeld && takes_any;
  }
  return holds;
}

bool OracleSuffices(const OracleQuestion& question, const Profile& profile,
                    const std::vector<DaySpan>& days) {
  const DaysTaken busy = DaysTaken(question, profile).BusyBut(days);
  return !DatesOf(*question.opening).has_value() ||
         IsFreeEnough(question, busy, TravelDaysOf(question, profile), 0);
}

int64_t OracleFreeChance(const Profile& profile, int32_t holds, int64_t booked, int64_t ended) {
  constexpr int64_t kOne = 1'000'000;
  const HoldCounts& own = profile.hold_counts;
  const int64_t own_ended = own.booked + own.declined + own.released + own.expired;
  const int64_t market = (booked * kOne + 20 * 400'000) / (ended + 20);
  const int64_t is_booked = (own.booked * kOne + 10 * market) / (own_ended + 10);
  int64_t chance = kOne;
  for (int32_t i = 0; i < holds; ++i) chance = chance * (kOne - is_booked) / kOne;
  return chance;
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
  if (const auto dates = DatesOf(opening); dates.has_value()) {
    const Day last = dates->limit - 1;
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
