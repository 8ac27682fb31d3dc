#include "matcher/index/profile_row.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "matcher/domain/gazetteer.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/index/terms.h"

namespace troupe {
namespace {

using Vocabulary = Term::Vocabulary;

std::vector<PlaceIndex> PlaceIndexes(const std::vector<std::string>& ids) {
  std::vector<PlaceIndex> places;
  for (const std::string& id : ids) places.push_back(PlaceIndexOf(id));
  return places;
}

void AddDays(const Calendar& calendar, ProfileRow& row) {
  row.busy = calendar.BusySpans();
  row.holds = calendar.Holds();
}

void AddCredit(const Credit& credit, ProfileRow& row) {
  ProductionRow production = {
      .production = Term(Vocabulary::kProduction, credit.production),
      .language = Term(Vocabulary::kLanguage, credit.original_language),
      .date = credit.date.has_value() ? credit.date->since_epoch() : kUndated,
      .budget_octave = BudgetOctave(credit.budget),
      .first_term = static_cast<uint32_t>(row.production_terms.size()),
  };
  if (credit.budget.has_value()) {
    production.budget_currency = Term(Vocabulary::kCurrency, credit.budget->currency);
  }
  const auto add = [&row](const std::vector<Term>& terms) {
    row.production_terms.insert(row.production_terms.end(), terms.begin(), terms.end());
    return static_cast<uint16_t>(terms.size());
  };
  production.genres = add(TermsOf(Vocabulary::kGenre, credit.genres));
  production.tags = add(TermsOf(Vocabulary::kTag, credit.tags));
  production.companies = add(TermsOf(Vocabulary::kCompany, credit.companies));
  production.countries = add(TermsOf(Vocabulary::kCountry, credit.countries));
  row.credits.push_back({.production = static_cast<uint32_t>(row.productions.size()),
                         .role = credit.CountsAs(credit.role) ? CreditRoleIndex(credit.role)
                                                              : kOtherRoleIndex});
  row.productions.push_back(production);
}

ProfileScalars MakeScalars(const Profile& profile) {
  ProfileScalars scalars;
  scalars.id = profile.id;
  scalars.owner = OrganizationTerm(profile.ownership.owner);
  scalars.pay_floor = MakeAmount(profile.wishes.pay_floor);
  scalars.radius_km = profile.travel.radius_km;
  scalars.rating_count = profile.rating.count;
  scalars.rating_mean_thousandths = profile.rating.mean_thousandths;
  scalars.home = PlaceIndexOf(profile.home_place);
  if (const auto& age = profile.casting.playing_age; age.has_value()) {
    scalars.playing_age_from = static_cast<int16_t>(age->from);
    scalars.playing_age_to = static_cast<int16_t>(age->to);
  }
  if (profile.casting.height_cm.has_value()) {
    scalars.height_cm = static_cast<int16_t>(*profile.casting.height_cm);
  }
  scalars.findability = profile.ownership.findability;
  scalars.gender = profile.casting.gender;
  scalars.travels_anywhere = profile.travel.anywhere ? 1 : 0;
  return scalars;
}

}  // namespace

Term OrganizationTerm(const OrganizationId& organization) {
  return Term(Vocabulary::kOrganization, organization.slug);
}

Amount MakeAmount(const std::optional<Money>& money) {
  if (!money.has_value()) return {};
  return {.currency = Term(Vocabulary::kCurrency, money->currency),
          .units = money->units,
          .nanos = money->nanos};
}

int32_t BudgetOctave(const std::optional<Money>& budget) {
  if (!budget.has_value() || budget->units < 1) return -1;
  return static_cast<int32_t>(std::bit_width(static_cast<uint64_t>(budget->units))) - 1;
}

ProfileRow MakeProfileRow(const Profile& profile) {
  ProfileRow row;
  row.scalars = MakeScalars(profile);
  for (const OrganizationId& blocked : profile.ownership.blocked_organizations) {
    row.blocked_organizations.push_back(OrganizationTerm(blocked));
  }
  std::sort(row.blocked_organizations.begin(), row.blocked_organizations.end());
  row.travel_places = PlaceIndexes(profile.travel.places);
  for (const ProfileRole& role : profile.roles) {
    const Amount rate = MakeAmount(role.day_rate);
    RoleRow& added = row.roles.emplace_back();
    added.rate_currency = rate.currency;
    added.rate_units = rate.units;
    added.rate_nanos = rate.nanos;
    added.role = RoleIndexOf(role.role);
    added.level = static_cast<uint8_t>(role.level) & 0x7f;
    added.grow_into = role.grow_into ? 1 : 0;
    added.years = static_cast<uint8_t>(role.years);
  }
  row.languages = TermsOf(Vocabulary::kLanguage, profile.languages);
  row.genres = TermsOf(Vocabulary::kGenre, profile.genres);
  row.styles = TermsOf(Vocabulary::kStyle, profile.styles);
  for (const Skill& skill : profile.skills) {
    row.skills.push_back({Term(Vocabulary::kSkill, skill.skill), skill.level});
  }
  row.credentials = TermsOf(Vocabulary::kCredential, profile.credentials);
  row.wished_genres = TermsOf(Vocabulary::kGenre, profile.wishes.genres);
  row.wished_places = PlaceIndexes(profile.wishes.places);
  if (profile.calendar_rules.empty()) {
    AddDays(profile.calendar, row);
  } else {
    AddDays(Calendar(profile.TakenUp()), row);
  }
  if (const int64_t ended = profile.hold_counts.Ended(); ended > 0) {
    constexpr int64_t kMost = std::numeric_limits<int32_t>::max();
    row.hold_tally.push_back({.booked = static_cast<int32_t>(std::min(profile.hold_counts.booked, kMost)),
                              .ended = static_cast<int32_t>(std::min(ended, kMost)),
                              .declined = static_cast<int32_t>(
                                  std::min(profile.hold_counts.declined, kMost))});
  }
  for (const Credit& credit : profile.credits) AddCredit(credit, row);
  return row;
}

ProfileView ProfileRow::View() const {
  return {.scalars = &scalars,
          .blocked_organizations = blocked_organizations,
          .travel_places = travel_places,
          .roles = roles,
          .languages = languages,
          .genres = genres,
          .styles = styles,
          .skills = skills,
          .credentials = credentials,
          .wished_genres = wished_genres,
          .wished_places = wished_places,
          .busy = {.spans = busy},
          .holds = holds,
          .hold_tally = hold_tally,
          .credits = credits,
          .productions = productions,
          .production_terms = production_terms};
}

}  // namespace troupe
