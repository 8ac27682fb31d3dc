#include "services/cli/tmdb_records.h"

#include <algorithm>
#include <limits>
#include <string>

#include "absl/strings/str_cat.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "matcher/domain/credit.h"
#include "services/convert/types_conversion.h"

namespace troupe {
namespace {

constexpr size_t kMostCredits = 2000;
constexpr int32_t kMostYears = 80;

void SetExternalId(v1::ExternalId& wire, int64_t id) {
  wire.set_source("tmdb");
  wire.set_id(absl::StrCat(id));
}

void AddLabels(const std::vector<Label>& labels,
               google::protobuf::RepeatedPtrField<v1::Label>& wire) {
  for (const Label& label : labels) *wire.Add() = ToWire(label);
}

// What a project and a credit state alike.
template <typename Record>
void DescribeFilm(const TmdbFilm& film, Record& record) {
  record.set_title(film.title);
  AddLabels(film.genres, *record.mutable_genres());
  AddLabels(film.tags, *record.mutable_tags());
  AddLabels(film.companies, *record.mutable_companies());
  for (const std::string& country : film.countries) record.add_countries(country);
  record.set_original_language(film.original_language);
  if (film.budget_usd == 0) return;
  record.mutable_budget()->set_currency_code("USD");
  record.mutable_budget()->set_units(film.budget_usd);
}

v1::Credit CreditOf(const TmdbCredit& part, const TmdbFilm& film) {
  v1::Credit credit;
  credit.set_production(absl::StrCat("tmdb:", film.id));
  credit.set_role(part.role);
  credit.set_job(part.job);
  if (part.cast_order.has_value()) credit.set_cast_order(*part.cast_order);
  if (film.release_date.has_value()) *credit.mutable_date() = ToWire(*film.release_date);
  DescribeFilm(film, credit);
  return credit;
}

// What the credits show of one role.
struct RoleRecord {
  std::string role;
  int64_t credits = 0;
  int64_t first_year = std::numeric_limits<int64_t>::max();
  int64_t last_year = 0;
};

std::vector<RoleRecord> RolesOf(const TmdbPerson& person, const std::vector<TmdbFilm>& films) {
  std::vector<RoleRecord> roles;
  for (const TmdbCredit& credit : person.credits) {
    if (credit.role == kOtherRole) continue;
    auto at = std::find_if(roles.begin(), roles.end(),
                           [&](const RoleRecord& role) { return role.role == credit.role; });
    if (at == roles.end()) at = roles.insert(roles.end(), RoleRecord{.role = credit.role});
    ++at->credits;
    const auto& date = films[static_cast<size_t>(credit.film)].release_date;
    if (!date.has_value()) continue;
    at->first_year = std::min<int64_t>(at->first_year, date->civil().year());
    at->last_year = std::max<int64_t>(at->last_year, date->civil().year());
  }
  return roles;
}

v1::Gender GenderOf(int64_t gender) {
  switch (gender) {
    case 1: return v1::GENDER_FEMALE;
    case 2: return v1::GENDER_MALE;
    case 3: return v1::GENDER_NON_BINARY;
    default: return v1::GENDER_UNSPECIFIED;
  }
}

// The newest, as many as a profile holds, in the order of the file.
std::vector<const TmdbCredit*> KeptCredits(const TmdbPerson& person,
                                           const std::vector<TmdbFilm>& films) {
  std::vector<const TmdbCredit*> kept;
  for (const TmdbCredit& credit : person.credits) kept.push_back(&credit);
  if (kept.size() <= kMostCredits) return kept;
  std::stable_sort(kept.begin(), kept.end(), [&](const TmdbCredit* a, const TmdbCredit* b) {
    return films[static_cast<size_t>(b->film)].release_date <
           films[static_cast<size_t>(a->film)].release_date;
  });
  kept.resize(kMostCredits);
  std::sort(kept.begin(), kept.end());
  return kept;
}

}  // namespace

int32_t LevelFromCredits(int64_t credits) {
  if (credits >= 20) return 5;
  if (credits >= 9) return 4;
  if (credits >= 4) return 3;
  return credits >= 2 ? 2 : 1;
}

v1::Project ProjectOf(const TmdbFilm& film, v1::Findability findability) {
  v1::Project project;
  SetExternalId(*project.mutable_external_id(), film.id);
  project.set_findability(findability);
  DescribeFilm(film, project);
  if (film.release_date.has_value()) {
    *project.mutable_release_date() = ToWire(*film.release_date);
  }
  return project;
}

v1::Profile ProfileOf(const TmdbPerson& person, const std::vector<TmdbFilm>& films,
                      v1::Findability findability) {
  v1::Profile profile;
  SetExternalId(*profile.mutable_external_id(), person.id);
  profile.set_findability(findability);
  profile.set_display_name(person.name);
  for (const RoleRecord& record : RolesOf(person, films)) {
    v1::ProfileRole& role = *profile.add_roles();
    role.set_role(record.role);
    role.set_level(LevelFromCredits(record.credits));
    const int64_t years = std::max<int64_t>(0, record.last_year - record.first_year);
    role.set_years(static_cast<int32_t>(std::min<int64_t>(years, kMostYears)));
  }
  for (const TmdbCredit* credit : KeptCredits(person, films)) {
    *profile.add_credits() = CreditOf(*credit, films[static_cast<size_t>(credit->film)]);
  }
  const v1::Gender gender = GenderOf(person.gender);
  if (gender != v1::GENDER_UNSPECIFIED) profile.mutable_casting()->set_gender(gender);
  return profile;
}

}  // namespace troupe
