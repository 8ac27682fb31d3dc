#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "matcher/base/millionths.h"
#include "matcher/index/profile_row.h"
#include "matcher/index/terms.h"
#include "matcher/rank/features.h"
#include "tests/bench/flat_matcher.h"
#include "tests/bench/flat_numbers.h"

namespace troupe::testing {
namespace {

template <typename Words>
uint64_t MaskOf(Dictionary& dictionary, const Words& words) {
  uint64_t mask = 0;
  for (const auto& word : words) mask |= Bit(static_cast<int>(dictionary.Add(word)));
  return mask;
}

int32_t GrowthOf(const Profile& profile, const std::string& role) {
  const ProfileRow row = MakeProfileRow(profile);
  return static_cast<int32_t>(GrowthValue(RoleIndexOf(role), row.View()));
}

}  // namespace

uint32_t Dictionary::Add(const std::string& word) {
  return numbers_.emplace(word, static_cast<uint32_t>(numbers_.size())).first->second;
}

int Dictionary::Find(const std::string& word) const {
  const auto found = numbers_.find(word);
  return found == numbers_.end() ? -1 : static_cast<int>(found->second);
}

FlatMatcher::FlatMatcher(const std::vector<Profile>& profiles, Day today)
    : today_(today), roles_(ShippedRoles().roles().size()) {
  for (const Profile& profile : profiles) AddPerson(profile, today);
  first_credit_.push_back(static_cast<uint32_t>(credits_.size()));
  meanings_.resize(facts_.size());
  CountTraits();
}

void FlatMatcher::AddPerson(const Profile& profile, Day today) {
  const uint32_t person = static_cast<uint32_t>(profiles_.size());
  profiles_.push_back(&profile);
  numbers_[profile.id] = person;
  first_credit_.push_back(static_cast<uint32_t>(credits_.size()));
  for (const Credit& credit : profile.credits) {
    // A minor part is a credit in no role that anybody asks for.
    const int role = credit.CountsAs(credit.role) ? RoleOf(credit.role) : -1;
    credits_.push_back({AddProduction(credit), static_cast<int16_t>(role)});
  }
  Places reach{};
  const int home = PlaceOf(profile.home_place);
  for (int place = 0; place < static_cast<int>(ShippedPlaces().places().size()); ++place) {
    const int km = Distance(home, place);
    bool reaches = profile.travel.anywhere || (km >= 0 && km <= profile.travel.radius_km);
    for (const std::string& there : profile.travel.places) {
      reaches |= ShippedPlaces().IsWithin(place, PlaceOf(there));
    }
    if (reaches) reach[static_cast<size_t>(place / 64)] |= Bit(place % 64);
  }
  std::array<uint64_t, kDayWords> busy{};
  for (const DaySpan& span : profile.BusySpans()) {
    const int last = std::min<int>(span.limit - today, kDayWords * 64);
    for (int at = std::max(span.start - today, 0); at < last; ++at) {
      busy[static_cast<size_t>(at / 64)] |= Bit(at % 64);
    }
  }
  std::array<uint8_t, 64> skills{};
  for (const Skill& skill : profile.skills) {
    skills[skills_.Add(skill.skill)] = static_cast<uint8_t>(skill.level);
  }
  std::vector<std::string> blocked;
  for (const auto& organization : profile.ownership.blocked_organizations) {
    blocked.push_back(organization.slug);
  }
  const Casting& casting = profile.casting;
  for (const ProfileRole& entry : profile.roles) {
    Rows& rows = roles_[static_cast<size_t>(RoleOf(entry.role))];
    const Money rate = entry.day_rate.value_or(Money());
    rows.ids.push_back(profile.id);
    rows.people.push_back(person);
    rows.grows.push_back(entry.grow_into);
    rows.growth.push_back(entry.grow_into ? GrowthOf(profile, entry.role) : 0);
    rows.currencies.push_back(
        entry.day_rate.has_value() ? static_cast<int8_t>(currencies_.Add(rate.currency)) : int8_t{-1});
    rows.units.push_back(rate.units);
    rows.nanos.push_back(rate.nanos);
    rows.years.push_back(entry.years);
    rows.reach.push_back(reach);
    rows.findable.push_back(profile.ownership.findability == Findability::kFindable);
    rows.owners.push_back(static_cast<int8_t>(organizations_.Add(profile.ownership.owner.slug)));
    rows.blocked.push_back(MaskOf(organizations_, blocked));
    rows.languages.push_back(MaskOf(languages_, profile.languages));
    rows.credentials.push_back(MaskOf(credentials_, profile.credentials));
    rows.genders.push_back(static_cast<uint8_t>(casting.gender));
    const IntRange ages = casting.playing_age.value_or(IntRange{-1, -2});
    rows.ages_from.push_back(static_cast<int16_t>(ages.from));
    rows.ages_to.push_back(static_cast<int16_t>(ages.to));
    rows.heights.push_back(static_cast<int16_t>(casting.height_cm.value_or(-1)));
    rows.busy.push_back(busy);
    rows.skills.push_back(skills);
    AddValues(profile, rows);
  }
}

void FlatMatcher::AddValues(const Profile& profile, Rows& rows) {
  const int64_t ratings = profile.rating.count + 10;
  rows.homes.push_back(static_cast<int16_t>(PlaceOf(profile.home_place)));
  rows.ratings.push_back(static_cast<int32_t>(
      Share(int64_t{profile.rating.count} * profile.rating.mean_thousandths + 35'000 -
                1'000 * ratings,
            4'000 * ratings)));
  rows.genres.push_back(MaskOf(genres_, profile.genres));
  rows.styles.push_back(MaskOf(styles_, profile.styles));
  const Wishes& wishes = profile.wishes;
  rows.wished_genres.push_back(MaskOf(genres_, wishes.genres));
  Places places{};
  for (const std::string& wished : wishes.places) {
    for (int place = 0; place < static_cast<int>(ShippedPlaces().places().size()); ++place) {
      if (!ShippedPlaces().IsWithin(place, PlaceOf(wished))) continue;
      places[static_cast<size_t>(place / 64)] |= Bit(place % 64);
    }
  }
  rows.wished_places.push_back(places);
  rows.wishes_places.push_back(!wishes.places.empty());
  const Money floor = wishes.pay_floor.value_or(Money());
  rows.floor_currencies.push_back(wishes.pay_floor.has_value()
                                      ? static_cast<int8_t>(currencies_.Add(floor.currency))
                                      : int8_t{-1});
  rows.floor_units.push_back(floor.units);
  rows.floor_nanos.push_back(floor.nanos);
}

uint32_t FlatMatcher::AddProduction(const Credit& credit) {
  FlatProduction production{
      .id = productions_.Add(credit.production),
      .date = credit.date.has_value() ? credit.date->since_epoch() : kUndatedDay,
      .octave = OctaveOf(credit.budget),
      .budget_currency = credit.budget.has_value()
                             ? static_cast<int8_t>(currencies_.Add(credit.budget->currency))
                             : int8_t{-1},
      .language = credit.original_language.empty()
                      ? -1
                      : static_cast<int>(traits_.Add("l:" + credit.original_language))};
  std::array<std::set<uint32_t>, 4> kinds;
  for (const Label& label : credit.genres) kinds[0].insert(traits_.Add("g:" + label.id));
  for (const Label& label : credit.tags) kinds[1].insert(traits_.Add("t:" + label.id));
  for (const Label& label : credit.companies) kinds[2].insert(traits_.Add("c:" + label.id));
  for (const std::string& country : credit.countries) kinds[3].insert(traits_.Add("n:" + country));
  std::string key = absl::StrCat(production.id, " ", production.date, " ", production.octave, " ",
                                 production.budget_currency, " ", production.language);
  for (const auto& kind : kinds) {
    for (uint32_t trait : kind) absl::StrAppend(&key, " ", trait);
    absl::StrAppend(&key, ";");
  }
  const auto [known, is_new] = known_facts_.emplace(key, static_cast<uint32_t>(facts_.size()));
  if (!is_new) return known->second;
  for (size_t kind = 0; kind < 4; ++kind) {
    production.traits[kind] = static_cast<uint32_t>(trait_list_.size());
    trait_list_.insert(trait_list_.end(), kinds[kind].begin(), kinds[kind].end());
  }
  production.traits[4] = static_cast<uint32_t>(trait_list_.size());
  facts_.push_back(production);
  return known->second;
}

void FlatMatcher::CountTraits() {
  std::map<std::pair<uint32_t, uint32_t>, int32_t> first;  // Trait and production.
  std::map<uint32_t, int32_t> first_of_all;
  const auto note = [](auto& days, const auto& key, int32_t date) {
    const auto [known, is_new] = days.emplace(key, date);
    if (!is_new) known->second = std::min(known->second, date);
  };
  for (size_t person = 0; person < profiles_.size(); ++person) {
    if (profiles_[person]->ownership.findability != Findability::kFindable) continue;
    for (uint32_t at = first_credit_[person]; at < first_credit_[person + 1]; ++at) {
      const FlatProduction& production = facts_[credits_[at].production];
      note(first_of_all, production.id, production.date);
      if (production.language >= 0) {
        note(first, std::pair(static_cast<uint32_t>(production.language), production.id),
             production.date);
      }
      for (uint32_t i = production.traits[0]; i < production.traits[4]; ++i) {
        note(first, std::pair(trait_list_[i], production.id), production.date);
      }
    }
  }
  trait_days_.resize(traits_.size());
  for (const auto& [key, date] : first) trait_days_[key.first].push_back(date);
  for (const auto& [production, date] : first_of_all) all_days_.push_back(date);
  for (auto& days : trait_days_) std::sort(days.begin(), days.end());
  std::sort(all_days_.begin(), all_days_.end());
}

}  // namespace troupe::testing
