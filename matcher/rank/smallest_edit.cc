#include "matcher/rank/smallest_edit.h"

#include <algorithm>

#include "matcher/rank/reschedule.h"

namespace troupe {
namespace {

Edit RoleEdit(const Comparison& comparison) {
  if (comparison.role() != nullptr) return AllowTrainees{};
  return GrowInto{.role = comparison.opening().role};
}

// Whole units: nobody haggles over less.
RaiseCeiling CeilingEdit(const Comparison& comparison) {
  const Money& rate = *comparison.role()->day_rate;
  const Money& ceiling = *comparison.opening().pay_ceiling;
  return {.by = {.currency = ceiling.currency,
                 .units = rate.units - ceiling.units + (rate.nanos > ceiling.nanos ? 1 : 0)}};
}

WidenCasting CastingEdit(const Casting& person, const CastingRequirement& asked) {
  WidenCasting edit;
  const auto& genders = asked.genders;
  if (!genders.empty() && person.gender == Gender::kUnspecified) {
    edit.any_gender = true;
  } else if (!genders.empty() &&
             std::find(genders.begin(), genders.end(), person.gender) == genders.end()) {
    edit.add_gender = person.gender;
  }
  if (asked.playing_age.has_value()) {
    edit.any_age = !person.playing_age.has_value();
    const IntRange plays = person.playing_age.value_or(*asked.playing_age);
    edit.younger_by_years = std::max(asked.playing_age->from - plays.to, 0);
    edit.older_by_years = std::max(plays.from - asked.playing_age->to, 0);
  }
  if (asked.height_cm.has_value()) {
    edit.any_height = !person.height_cm.has_value();
    const int32_t height = person.height_cm.value_or(asked.height_cm->from);
    edit.shorter_by_cm = std::max(asked.height_cm->from - height, 0);
    edit.taller_by_cm = std::max(height - asked.height_cm->to, 0);
  }
  return edit;
}

Unblock BlockEdit(const Profile& profile, const Project& project) {
  const auto& blocked = project.blocked_profiles;
  Unblock edit = {
      .project_allows_profile = std::binary_search(blocked.begin(), blocked.end(), profile.id)};
  const OrganizationId& profile_owner = profile.ownership.owner;
  const OrganizationId& project_owner = project.ownership.owner;
  if (profile_owner == project_owner) return edit;  // Its lists do not bind itself.
  edit.profile_allows_organization = profile.ownership.Blocks(project_owner);
  edit.project_allows_organization = project.ownership.Blocks(profile_owner);
  return edit;
}

}  // namespace

std::optional<Edit> SmallestEdit(Requirement requirement, const Comparison& comparison) {
  const Opening& opening = comparison.opening();
  switch (requirement) {
    case Requirement::kRole:
      return RoleEdit(comparison);
    case Requirement::kCalendar:
      return SmallestReschedule(comparison.query(), comparison.view());
    case Requirement::kDayRate:
      return CeilingEdit(comparison);
    case Requirement::kCurrency:
      return SetDayRate{.rate = *opening.pay_ceiling};
    case Requirement::kLanguages:
      return LearnLanguages{.languages = comparison.MissingLanguages()};
    case Requirement::kSkills:
      return LearnSkills{.skills = comparison.MissingSkills()};
    case Requirement::kCredentials:
      return ObtainCredentials{.credentials = comparison.MissingCredentials()};
    case Requirement::kPlace:
      return TravelTo{.place = comparison.place()};
    case Requirement::kCasting:
      return CastingEdit(comparison.profile().casting, opening.casting);
    case Requirement::kBlocked:
      return BlockEdit(comparison.profile(), comparison.project());
    case Requirement::kConsent:
      return BecomeFindable{};
  }
  return std::nullopt;
}

}  // namespace troupe
