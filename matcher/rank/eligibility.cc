#include "matcher/rank/eligibility.h"

#include <algorithm>

#include "matcher/domain/gazetteer.h"
#include "matcher/domain/opening.h"
#include "matcher/domain/travel_rule.h"

namespace troupe {
namespace {

bool RoleFails(const DatedDemand& query, const RoleRow* role) {
  return role == nullptr || (role->grow_into && !query.demand().scalars.trainees_allowed);
}

bool CalendarFails(const DatedDemand& query, const ProfileView& view) {
  return !query.plan().IsMetBy(view.busy, TravelDaysOf(query.demand(), view));
}

bool AreComparedAmounts(const DatedDemand& query, const RoleRow* role) {
  return role != nullptr && role->day_rate().IsStated() && query.demand().scalars.ceiling.IsStated();
}

bool CurrencyFails(const DatedDemand& query, const RoleRow* role) {
  return AreComparedAmounts(query, role) &&
         role->day_rate().currency != query.demand().scalars.ceiling.currency;
}

bool DayRateFails(const DatedDemand& query, const RoleRow* role) {
  return AreComparedAmounts(query, role) && !CurrencyFails(query, role) &&
         role->day_rate().IsMoreThan(query.demand().scalars.ceiling);
}

bool LacksAny(absl::Span<const Term> has, absl::Span<const Term> needs) {
  return std::any_of(needs.begin(), needs.end(), [&](Term need) {
    return std::find(has.begin(), has.end(), need) == has.end();
  });
}

bool SkillsFail(const DatedDemand& query, const ProfileView& view) {
  const auto& wanted = query.demand().skills;
  return std::any_of(wanted.begin(), wanted.end(), [&](const WantedSkillRow& want) {
    if (!want.required) return false;
    return std::none_of(view.skills.begin(), view.skills.end(), [&](const SkillRow& skill) {
      return skill.skill == want.skill && skill.level >= want.level;
    });
  });
}

bool PlaceFails(const DatedDemand& query, const ProfileView& view) {
  const DemandScalars& demand = query.demand().scalars;
  const ProfileScalars& profile = *view.scalars;
  if (demand.place == kNone || demand.remote_capable || profile.travels_anywhere) return false;
  const int32_t distance = DistanceKm(profile.home, demand.place);
  if (distance >= 0 && distance <= profile.radius_km) return false;
  return std::none_of(view.travel_places.begin(), view.travel_places.end(), [&](PlaceIndex place) {
    return place != kNone && ShippedPlaces().IsWithin(demand.place, place);
  });
}

bool CastingFails(const DatedDemand& query, const ProfileView& view) {
  const DemandScalars& demand = query.demand().scalars;
  const ProfileScalars& profile = *view.scalars;
  if (demand.genders != 0 &&
      (profile.gender == Gender::kUnspecified ||
       (demand.genders >> static_cast<unsigned>(profile.gender) & 1) == 0)) {
    return true;
  }
  if (demand.playing_age_from != kNone &&
      (profile.playing_age_from == kNone || profile.playing_age_from > demand.playing_age_to ||
       profile.playing_age_to < demand.playing_age_from)) {
    return true;
  }
  return demand.height_from != kNone &&
         (profile.height_cm == kNone || profile.height_cm < demand.height_from ||
          profile.height_cm > demand.height_to);
}

// The block lists both ways. An organization's lists do not bind itself.
bool BlockFails(const DatedDemand& query, const ProfileView& view) {
  const Demand& demand = query.demand();
  const Term project_owner = demand.scalars.owner;
  const Term profile_owner = view.scalars->owner;
  if (std::binary_search(demand.blocked_profiles.begin(), demand.blocked_profiles.end(),
                         view.scalars->id)) {
    return true;
  }
  if (project_owner == profile_owner) return false;
  return std::binary_search(demand.blocked_organizations.begin(),
                            demand.blocked_organizations.end(), profile_owner) ||
         std::binary_search(view.blocked_organizations.begin(), view.blocked_organizations.end(),
                            project_owner);
}

bool ConsentFails(const DatedDemand& query, const ProfileView& view) {
  return view.scalars->findability != Findability::kFindable &&
         view.scalars->owner != query.demand().scalars.owner;
}

}  // namespace

RequirementSet FailuresOf(const DatedDemand& query, const ProfileView& view, const RoleRow* role) {
  RequirementSet failures;
  failures.AddIf(RoleFails(query, role), Requirement::kRole);
  failures.AddIf(CalendarFails(query, view), Requirement::kCalendar);
  failures.AddIf(DayRateFails(query, role), Requirement::kDayRate);
  failures.AddIf(CurrencyFails(query, role), Requirement::kCurrency);
  failures.AddIf(LacksAny(view.languages, query.demand().languages), Requirement::kLanguages);
  failures.AddIf(SkillsFail(query, view), Requirement::kSkills);
  failures.AddIf(LacksAny(view.credentials, query.demand().credentials),
                 Requirement::kCredentials);
  failures.AddIf(PlaceFails(query, view), Requirement::kPlace);
  failures.AddIf(CastingFails(query, view), Requirement::kCasting);
  failures.AddIf(BlockFails(query, view), Requirement::kBlocked);
  failures.AddIf(ConsentFails(query, view), Requirement::kConsent);
  return failures;
}

bool IsEligible(const DatedDemand& query, const ProfileView& view, const RoleRow* role) {
  // The cheapest and most selective tests first.
  return !RoleFails(query, role) && !DayRateFails(query, role) && !CurrencyFails(query, role) &&
         !CalendarFails(query, view) && !PlaceFails(query, view) && !CastingFails(query, view) &&
         !LacksAny(view.languages, query.demand().languages) && !SkillsFail(query, view) &&
         !LacksAny(view.credentials, query.demand().credentials) && !BlockFails(query, view) &&
         !ConsentFails(query, view);
}

bool IsVisibleTo(const Demand& demand, Term asker) {
  if (demand.scalars.owner == asker) return true;
  return demand.scalars.findability == Findability::kFindable &&
         !std::binary_search(demand.blocked_organizations.begin(),
                             demand.blocked_organizations.end(), asker);
}

bool IsOffered(const Demand& demand, Day as_of) {
  if (demand.scalars.state != static_cast<uint8_t>(Opening::State::kOpen)) return false;
  if (demand.scalars.open_seats == 0) return false;
  const DaySpan window = demand.window();
  return !demand.HasWindow() ||
         (window.limit > as_of && window.limit <= as_of + kCalendarHorizonDays);
}

int32_t TravelDaysOf(const Demand& demand, const ProfileView& view) {
  return demand.scalars.remote_capable ? 0 : TravelDays(view.scalars->home, demand.scalars.place);
}

int32_t DistanceKm(PlaceIndex home, PlaceIndex place) {
  if (home == kNone || place == kNone) return -1;
  return ShippedPlaces().WayKm(home, place);
}

}  // namespace troupe
