#include "tests/bench/flat_offers.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "matcher/base/millionths.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/domain/opening.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/rank/eligibility.h"
#include "matcher/rank/features.h"
#include "matcher/rank/query.h"
#include "tests/bench/flat_days.h"

namespace troupe::testing {
namespace {

constexpr int64_t kHalf = kMillionths / 2;
constexpr size_t kWindowDays = 512;

}  // namespace

// A profile, laid out for the loop.
struct FlatOffers::Person {
  ProfileView view;
  std::vector<uint8_t> role_of;  // By role: 1 + which of the profile's; 0: none.
  std::vector<uint8_t> reach;    // By place.
  std::vector<int64_t> near;     // By place, and at the end for none; of each role alike.
  std::vector<int32_t> travel;   // By place: days each way.
  std::array<uint8_t, kWindowDays> busy{};
  std::vector<uint8_t> has;      // By word: language, credential, genre, style.
  std::vector<int64_t> levels;   // By word: of a skill.
  std::vector<int32_t> counts;   // By word: credits.
  struct Credit {
    RoleIndex role;
    int32_t date;
    uint32_t production;
    uint32_t language;
    int32_t octave;
    uint32_t currency;
    uint32_t first, limit;  // In `terms`.
    uint32_t countries;     // Where they begin.
  };
  std::vector<Credit> credits;
  std::vector<uint32_t> terms;
  uint32_t owner = 0;
};

uint32_t FlatOffers::NumberOf(Term term) {
  if (!term) return 0;
  return numbers_.emplace(term, static_cast<uint32_t>(numbers_.size() + 1)).first->second;
}

void FlatOffers::AddWords(const std::vector<Term>& words, std::vector<uint32_t>& values,
                          Bounds& bounds) {
  for (Term word : words) values.push_back(NumberOf(word));
  bounds.push_back(static_cast<uint32_t>(values.size()));
}

void FlatOffers::AddTraits(const Demand& demand, Rarities& rarities) {
  int64_t sum = 0;
  const auto add = [&](const std::vector<Term>& words, int64_t kind) {
    for (Term word : words) {
      const int64_t rarity = rarities.Of(word);
      traits_.push_back({NumberOf(word), rarity, kind * rarity});
      sum += kind * rarity;
    }
    return static_cast<uint32_t>(traits_.size());
  };
  genres_at_.push_back(static_cast<uint32_t>(traits_.size()));
  tags_at_.push_back(add(demand.genres, kGenreWeight));
  companies_at_.push_back(add(demand.tags, kTagWeight));
  countries_at_.push_back(add(demand.companies, kCompanyWeight));
  traits_end_.push_back(add(demand.countries, kCountryWeight));
  int64_t tags = 0;
  for (Term tag : demand.tags) tags += rarities.Of(tag);
  tag_sums_.push_back(tags);
  languages_.push_back(NumberOf(demand.scalars.language));
  language_weights_.push_back(
      demand.scalars.language ? kLanguageWeight * rarities.Of(demand.scalars.language) : 0);
  trait_sums_.push_back(sum + language_weights_.back());
}

FlatOffers::FlatOffers(const Pool& pool, std::vector<const Demand*> demands, Day as_of)
    : pool_(pool), as_of_(as_of), demands_(std::move(demands)) {
  Rarities rarities(pool, as_of);
  words_at_ = skills_at_ = styles_at_ = shared_at_ = {0};
  for (const Demand* demand : demands_) {
    const DemandScalars& scalars = demand->scalars;
    roles_.push_back(scalars.role);
    states_.push_back(IsOpenOffer(*demand) ? 1 : 0);
    places_.push_back(scalars.remote_capable ? kNone : scalars.place);
    if (scalars.place != kNone && std::find(distinct_places_.begin(), distinct_places_.end(),
                                            scalars.place) == distinct_places_.end()) {
      distinct_places_.push_back(scalars.place);
    }
    trainees_.push_back(scalars.trainees_allowed);
    currencies_.push_back(NumberOf(scalars.ceiling.currency));
    ceilings_.push_back(scalars.ceiling.units);
    nanos_.push_back(scalars.ceiling.nanos);
    rules_.push_back(scalars.window_rule);
    from_.push_back(std::max(scalars.window_start - as_of.since_epoch(), 0));
    to_.push_back(scalars.window_limit - as_of.since_epoch());
    days_.push_back(scalars.window_days);
    genders_.push_back(scalars.genders);
    age_from_.push_back(scalars.playing_age_from);
    age_to_.push_back(scalars.playing_age_to);
    height_from_.push_back(scalars.height_from);
    height_to_.push_back(scalars.height_to);
    owners_.push_back(NumberOf(scalars.owner));
    hidden_.push_back(scalars.findability == Findability::kFindable ? 0 : 1);
    std::vector<Term> words = demand->languages;
    words.insert(words.end(), demand->credentials.begin(), demand->credentials.end());
    AddWords(words, words_, words_at_);
    for (const WantedSkillRow& want : demand->skills) {
      skills_.push_back({NumberOf(want.skill), want.level, want.required});
    }
    skills_at_.push_back(static_cast<uint32_t>(skills_.size()));
    AddTraits(*demand, rarities);
    AddWords(demand->styles, styles_, styles_at_);
    octaves_.push_back(scalars.budget_octave);
    budget_currencies_.push_back(NumberOf(scalars.budget_currency));
    for (const AttachedRow& attached : demand->attached) {
      const auto view = pool.FindProfile(attached.profile);
      if (!view.has_value() || !IsVisibleTo(*view, scalars.owner)) continue;
      for (const CreditRow& credit : view->credits) {
        const ProductionRow& production = view->ProductionOf(credit);
        if (production.date >= as_of.since_epoch()) continue;
        shared_.push_back({NumberOf(production.production), attached.profile,
                           credit.role == attached.role});
      }
    }
    shared_at_.push_back(static_cast<uint32_t>(shared_.size()));
  }
}

FlatOffers::Person FlatOffers::Prepare(const ProfileView& view) {
  Person person{.view = view};
  person.owner = NumberOf(view.scalars->owner);
  PrepareCredits(person);
  person.role_of.resize(ShippedRoles().roles().size());
  for (size_t i = 0; i < view.roles.size(); ++i) {
    if (view.roles[i].role == kNone) continue;
    person.role_of[static_cast<size_t>(view.roles[i].role)] = static_cast<uint8_t>(i + 1);
  }
  const size_t places = ShippedPlaces().places().size();
  person.reach.resize(places);
  person.near.resize(places);
  person.travel.resize(places);
  for (PlaceIndex index : distinct_places_) {
    const auto place = static_cast<size_t>(index);
    const int32_t distance = DistanceKm(view.scalars->home, index);
    person.travel[place] = FlatTravelDays(view.scalars->home, index);
    person.near[place] = distance < 0 ? 0 : Share(300, 300 + distance);
    person.reach[place] =
        view.scalars->travels_anywhere || (distance >= 0 && distance <= view.scalars->radius_km) ||
        std::any_of(view.travel_places.begin(), view.travel_places.end(), [&](PlaceIndex named) {
          return named != kNone && ShippedPlaces().IsWithin(index, named);
        });
  }
  for (const DaySpan& span : view.busy.spans) {
    for (int32_t at = std::max(span.start - as_of_, 0);
         at < std::min(span.limit - as_of_, static_cast<int32_t>(kWindowDays)); ++at) {
      person.busy[static_cast<size_t>(at)] = 1;
    }
  }
  return person;
}

void FlatOffers::PrepareCredits(Person& person) {
  const ProfileView& view = person.view;
  const auto number = [&](Term term) { return NumberOf(term); };
  for (const CreditRow& credit : view.credits) {
    const ProductionRow& production = view.ProductionOf(credit);
    if (production.date >= as_of_.since_epoch()) continue;
    Person::Credit& flat = person.credits.emplace_back();
    flat = {.role = credit.role,
            .date = production.date,
            .production = number(production.production),
            .language = number(production.language),
            .octave = production.budget_octave,
            .currency = number(production.budget_currency),
            .first = static_cast<uint32_t>(person.terms.size())};
    for (Term term : view.TermsOf(production)) person.terms.push_back(number(term));
    flat.limit = static_cast<uint32_t>(person.terms.size());
    flat.countries = flat.limit - production.countries;
  }
  std::vector<uint32_t> declared;
  for (const auto& words : {view.languages, view.credentials, view.genres, view.styles}) {
    for (Term word : words) declared.push_back(number(word));
  }
  std::vector<std::pair<uint32_t, int64_t>> skills;
  for (const SkillRow& skill : view.skills) skills.emplace_back(number(skill.skill), skill.level);
  const size_t words = numbers_.size() + 1;
  person.has.resize(words);
  person.levels.resize(words);
  person.counts.resize(words);
  weight_of_.resize(words);
  for (uint32_t word : declared) person.has[word] = 1;
  for (const auto& [skill, level] : skills) person.levels[skill] = level;
  for (uint32_t term : person.terms) ++person.counts[term];
}

bool FlatOffers::IsEligible(const Person& person, const RoleRow& role, size_t row) const {
  if (role.grow_into && !trainees_[row]) return false;
  if (places_[row] != kNone && !person.reach[static_cast<size_t>(places_[row])]) return false;
  if (currencies_[row] != 0 && role.day_rate().IsStated()) {
    if (demands_[row]->scalars.ceiling.currency != role.day_rate().currency) return false;
    if (role.day_rate().units > ceilings_[row]) return false;
    if (role.day_rate().units == ceilings_[row] && role.day_rate().nanos > nanos_[row]) return false;
  }
  const ProfileScalars& scalars = *person.view.scalars;
  if (genders_[row] != 0 && (scalars.gender == Gender::kUnspecified ||
                             !(genders_[row] >> static_cast<unsigned>(scalars.gender) & 1))) {
    return false;
  }
  if (age_from_[row] != kNone &&
      (scalars.playing_age_from == kNone || scalars.playing_age_from > age_to_[row] ||
       scalars.playing_age_to < age_from_[row])) {
    return false;
  }
  if (height_from_[row] != kNone &&
      (scalars.height_cm < height_from_[row] || scalars.height_cm > height_to_[row])) {
    return false;
  }
  if (rules_[row] != 0) {
    if (to_[row] <= 0 || to_[row] > kCalendarHorizonDays) return false;
    const auto rule = static_cast<Window::Rule>(rules_[row]);
    const int32_t travel =
        places_[row] == kNone ? 0 : person.travel[static_cast<size_t>(places_[row])];
    const auto is_busy = [&](int32_t at) { return person.busy[static_cast<size_t>(at)] != 0; };
    if (!HasFreeDays(rule, from_[row], to_[row], days_[row], travel, is_busy)) return false;
  }
  for (uint32_t at = words_at_[row]; at < words_at_[row + 1]; ++at) {
    if (!person.has[words_[at]]) return false;
  }
  for (uint32_t at = skills_at_[row]; at < skills_at_[row + 1]; ++at) {
    if (skills_[at].required && person.levels[skills_[at].skill] < skills_[at].level) return false;
  }
  const Demand& demand = *demands_[row];
  if (owners_[row] != person.owner) {
    if (hidden_[row]) return false;
    if (scalars.findability != Findability::kFindable) return false;
    const auto& blocked = demand.blocked_organizations;
    if (std::find(blocked.begin(), blocked.end(), scalars.owner) != blocked.end()) return false;
    const auto& blocks = person.view.blocked_organizations;
    if (std::find(blocks.begin(), blocks.end(), demand.scalars.owner) != blocks.end()) return false;
  }
  const auto& excluded = demand.blocked_profiles;
  if (std::find(excluded.begin(), excluded.end(), scalars.id) != excluded.end()) return false;
  return !demand.IsAttached(scalars.id);
}

int64_t FlatOffers::Similarity(const Person& person, RoleIndex role, size_t row) {
  if (trait_sums_[row] == 0) return 0;
  for (uint32_t at = genres_at_[row]; at < traits_end_[row]; ++at) {
    weight_of_[traits_[at].word] = traits_[at].weight;
  }
  int64_t in_role = 0, other = 0;
  for (const Person::Credit& credit : person.credits) {
    int64_t alike = credit.language != 0 && credit.language == languages_[row]
                        ? language_weights_[row]
                        : 0;
    for (uint32_t at = credit.first; at < credit.limit; ++at) {
      alike += weight_of_[person.terms[at]];
    }
    int64_t& most = credit.role == role ? in_role : other;
    most = std::max(most, alike);
  }
  for (uint32_t at = genres_at_[row]; at < traits_end_[row]; ++at) {
    weight_of_[traits_[at].word] = 0;
  }
  return std::max(Share(in_role, trait_sums_[row]), Share(other, trait_sums_[row]) / 2);
}

int64_t FlatOffers::Collaboration(const Person& person, RoleIndex role, size_t row) const {
  int64_t worth = 0;
  // Who, where and how much; the same pair may come up several times.
  std::array<std::pair<std::pair<ProfileId, uint32_t>, int64_t>, 256> pairs;
  size_t count = 0;
  for (uint32_t at = shared_at_[row]; at < shared_at_[row + 1]; ++at) {
    const Shared& shared = shared_[at];
    if (shared.profile == person.view.scalars->id) continue;
    for (const Person::Credit& credit : person.credits) {
      if (credit.production != shared.production || count == pairs.size()) continue;
      const int64_t both = shared.in_role && credit.role == role ? 2 : 1;
      const std::pair key(shared.profile, shared.production);
      const auto known = std::find_if(pairs.begin(), pairs.begin() + count,
                                      [&](const auto& pair) { return pair.first == key; });
      if (known == pairs.begin() + count) {
        pairs[count++] = {key, both};
      } else {
        known->second = std::max(known->second, both);
      }
    }
  }
  for (size_t i = 0; i < count; ++i) worth += pairs[i].second;
  return Saturate(worth, 2);
}

int64_t FlatOffers::Score(const Person& person, const RoleRow& role, size_t row) {
  ++scored_;
  PerFeature values{};
  const auto set = [&values](Feature feature, int64_t value) {
    values[static_cast<size_t>(feature)] = value;
  };
  int64_t in_role = 0, in_language = 0, activity = 0, with_budget = 0, nearness = 0;
  int32_t newest = kUndated;
  for (const Person::Credit& credit : person.credits) {
    if (credit.role != role.role) continue;
    ++in_role;
    in_language += languages_[row] != 0 && credit.language == languages_[row];
    if (credit.date != kUndated) {
      newest = std::max(newest, credit.date);
      const int64_t fresh = Share(1'461, 1'461 + as_of_.since_epoch() - credit.date);
      activity += fresh * fresh / kMillionths;
    }
    if (credit.octave < 0 || octaves_[row] < 0 || credit.currency != budget_currencies_[row]) {
      continue;
    }
    ++with_budget;
    nearness += std::max(4 - std::abs(credit.octave - octaves_[row]), 0);
  }
  int64_t met = 0, wanted = 0;
  for (uint32_t at = skills_at_[row]; at < skills_at_[row + 1]; ++at) {
    const int64_t weight = skills_[at].required ? 2 : 1;
    met += weight * std::min<int64_t>(person.levels[skills_[at].skill], skills_[at].level);
    wanted += weight * skills_[at].level;
  }
  set(Feature::kSkills, wanted == 0 ? kMillionths : Share(met, wanted));
  const int64_t kinds = tags_at_[row] - genres_at_[row] + styles_at_[row + 1] - styles_at_[row];
  int64_t genres = 0;
  for (uint32_t at = genres_at_[row]; at < tags_at_[row]; ++at) {
    genres += Saturate(person.counts[traits_[at].word] + person.has[traits_[at].word], 1);
  }
  for (uint32_t at = styles_at_[row]; at < styles_at_[row + 1]; ++at) {
    genres += person.has[styles_[at]] ? kHalf : 0;
  }
  set(Feature::kGenres, kinds == 0 ? 0 : genres / kinds);
  set(Feature::kExperience, Saturate(in_role + role.years, 8));
  set(Feature::kRating, RatingValue(person.view));
  const DemandScalars& scalars = demands_[row]->scalars;
  const int64_t near = scalars.place == kNone ? kMillionths
                                              : person.near[static_cast<size_t>(scalars.place)];
  set(Feature::kPlace, scalars.remote_capable ? std::max(near, kHalf) : near);
  const DatedDemand dated(*demands_[row], as_of_);
  set(Feature::kPay, PayValue(dated, &role));
  set(Feature::kCollaboration, Collaboration(person, role.role, row));
  int64_t companies = 0;
  for (uint32_t at = companies_at_[row]; at < countries_at_[row]; ++at) {
    companies += person.counts[traits_[at].word] * traits_[at].rarity;
  }
  set(Feature::kCompany, Saturate(companies, kMillionths));
  int64_t tags = 0;
  for (uint32_t at = tags_at_[row]; at < companies_at_[row]; ++at) {
    const int64_t count = person.counts[traits_[at].word];
    tags += traits_[at].rarity * count / (count + 1);
  }
  set(Feature::kTags, tag_sums_[row] == 0 ? 0 : Share(2 * tags, tag_sums_[row]));
  set(Feature::kSimilarity, Similarity(person, role.role, row));
  set(Feature::kReciprocity, ReciprocityValue(dated, person.view, &role));
  set(Feature::kRecency,
      newest == kUndated ? 0 : Share(1'826, 1'826 + as_of_.since_epoch() - newest));
  set(Feature::kActivity, Saturate(activity, kMillionths));
  set(Feature::kLanguage, languages_[row] == 0 ? 0 : Share(in_language, in_role + 1));
  int64_t countries = 0;
  for (uint32_t at = countries_at_[row]; at < traits_end_[row]; ++at) {
    int64_t from_there = 0;
    for (const Person::Credit& credit : person.credits) {
      if (credit.role != role.role) continue;
      for (uint32_t term = credit.countries; term < credit.limit; ++term) {
        from_there += person.terms[term] == traits_[at].word;
      }
    }
    countries += Share(from_there, in_role + 1);
  }
  const int64_t country_count = traits_end_[row] - countries_at_[row];
  set(Feature::kCountry, country_count == 0 ? 0 : countries / country_count);
  set(Feature::kBudget, Share(nearness, 4 * (with_budget + 1)));
  return troupe::Score(ShippedWeights(role.role), values);
}

std::vector<std::pair<OpeningId, int64_t>> FlatOffers::Find(const ProfileView& view,
                                                            size_t top_k) {
  const Person person = Prepare(view);
  std::vector<std::pair<OpeningId, int64_t>> best;
  best.reserve(top_k + 1);
  const auto ranks_above = [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  };
  const RoleIndex* const roles = roles_.data();
  for (size_t row = 0; row < demands_.size(); ++row) {
    if (roles[row] == kNone) continue;
    const uint8_t which = person.role_of[static_cast<size_t>(roles[row])];
    if (which == 0 || !states_[row]) continue;
    const RoleRow& role = view.roles[which - 1];
    if (!IsEligible(person, role, row)) continue;
    const std::pair ranked(demands_[row]->id(), Score(person, role, row));
    if (best.size() == top_k) {
      if (!ranks_above(ranked, best.front())) continue;
      std::pop_heap(best.begin(), best.end(), ranks_above);
      best.pop_back();
    }
    best.push_back(ranked);
    std::push_heap(best.begin(), best.end(), ranks_above);
  }
  std::sort_heap(best.begin(), best.end(), ranks_above);
  return best;
}

}  // namespace troupe::testing
