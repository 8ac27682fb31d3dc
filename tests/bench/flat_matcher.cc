#include "tests/bench/flat_matcher.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <set>

#include "matcher/base/millionths.h"
#include "tests/bench/flat_numbers.h"

namespace troupe::testing {

// A question in numbers, with all that does not depend on the profile.
struct FlatMatcher::Asked {
  const Question* question;
  int role;
  int owner;
  bool trainees, remote;
  int currency;  // -1: no ceiling, -2: one that no rate is in.
  int64_t ceiling_units = 0;
  int32_t ceiling_nanos = 0;
  int place;
  uint64_t languages = 0, credentials = 0, blocked = 0;
  bool impossible = false;  // Asks for a word that nobody has.
  uint8_t genders = 0;
  IntRange ages{-1, -1}, heights{-1, -1};
  Window::Rule rule{};
  int32_t from = 0, to = 0, days = 0;  // From today; rule 0: none.
  std::vector<std::pair<int, WantedSkill>> skills;
  std::array<std::vector<int>, 4> traits;  // Genres, tags, companies, countries.
  std::array<std::vector<int64_t>, 4> rarities;
  std::vector<uint64_t> genre_bits;  // By position; 0: nobody declares it.
  uint64_t genres = 0, styles = 0;
  int64_t style_count = 0;
  std::vector<int64_t> near;  // By home place, and at the end for none.
  std::vector<int8_t> kind_of, position_of;  // By trait; kind -1: not asked.
  std::vector<int64_t> weight_of;
  int64_t all_weights = 0, all_tags = 0;
  int language = -1;
  int64_t language_weight = 0;
  int32_t octave = -1;
  int budget_currency = -1;
  std::vector<ProfileId> attached, excluded;  // Sorted.
  // By production: colleague number, and whether in a role of now.
  std::map<uint32_t, std::vector<std::pair<uint32_t, bool>>> colleagues;
};

int64_t FlatMatcher::RarityOf(int trait, Day as_of) const {
  const auto before = [&](const std::vector<int32_t>& days) {
    return std::lower_bound(days.begin(), days.end(), as_of.since_epoch()) - days.begin();
  };
  const auto all = before(all_days_);
  if (all < 1) return kMillionths;
  const auto with = trait < 0 ? 0 : before(trait_days_[static_cast<size_t>(trait)]);
  const double share = std::log(static_cast<double>(all + 1) / static_cast<double>(with + 1)) /
                       std::log(static_cast<double>(all + 1));
  return std::clamp<int64_t>(std::llround(share * 1e6), 0, kMillionths);
}

FlatMatcher::Asked FlatMatcher::Prepare(const Question& question) const {
  const Project& project = *question.project;
  const Opening& opening = *question.opening;
  Asked asked{.question = &question,
              .role = RoleOf(opening.role),
              .owner = organizations_.Find(project.ownership.owner.slug),
              .trainees = opening.trainees_allowed,
              .remote = ShippedRoles().Find(opening.role)->remote_capable,
              .currency = -1,
              .place = PlaceOf(project.PlaceOf(opening))};
  if (opening.pay_ceiling.has_value()) {
    const int currency = currencies_.Find(opening.pay_ceiling->currency);
    asked.currency = currency < 0 ? -2 : currency;
    asked.ceiling_units = opening.pay_ceiling->units;
    asked.ceiling_nanos = opening.pay_ceiling->nanos;
  }
  const auto require = [&](const Dictionary& words, const std::string& word, uint64_t& mask) {
    const int number = words.Find(word);
    if (number < 0) asked.impossible = true;
    if (number >= 0) mask |= Bit(number);
  };
  for (const std::string& word : opening.languages) require(languages_, word, asked.languages);
  for (const std::string& word : opening.credentials) {
    require(credentials_, word, asked.credentials);
  }
  for (const auto& organization : project.ownership.blocked_organizations) {
    const int number = organizations_.Find(organization.slug);
    if (number >= 0) asked.blocked |= Bit(number);
  }
  for (Gender gender : opening.casting.genders) {
    asked.genders = static_cast<uint8_t>(asked.genders | 1u << static_cast<unsigned>(gender));
  }
  asked.ages = opening.casting.playing_age.value_or(asked.ages);
  asked.heights = opening.casting.height_cm.value_or(asked.heights);
  if (opening.window.has_value()) {
    asked.rule = opening.window->rule;
    asked.from = std::max(opening.window->span.start, question.as_of) - today_;
    asked.to = opening.window->span.limit - today_;
    asked.days = opening.window->days;
  }
  for (const WantedSkill& wanted : opening.skills) {
    asked.skills.emplace_back(skills_.Find(wanted.skill), wanted);
  }
  asked.kind_of.assign(traits_.size(), -1);
  asked.position_of.assign(traits_.size(), 0);
  asked.weight_of.assign(traits_.size(), 0);
  std::array<std::set<std::string>, 4> kinds;
  for (const Label& label : project.GenresOf(opening)) kinds[0].insert(label.id);
  for (const Label& label : project.tags) kinds[1].insert(label.id);
  for (const Label& label : project.companies) kinds[2].insert(label.id);
  kinds[3].insert(project.countries.begin(), project.countries.end());
  for (const std::string& genre : kinds[0]) {
    const int number = genres_.Find(genre);
    asked.genre_bits.push_back(number < 0 ? 0 : Bit(number));
    asked.genres |= asked.genre_bits.back();
  }
  for (const std::string& style : std::set(project.styles.begin(), project.styles.end())) {
    const int number = styles_.Find(style);
    if (number >= 0) asked.styles |= Bit(number);
    ++asked.style_count;
  }
  for (int home = 0; home <= static_cast<int>(ShippedPlaces().places().size()); ++home) {
    const bool is_known = home < static_cast<int>(ShippedPlaces().places().size());
    const int km = is_known ? Distance(home, asked.place) : -1;
    const int64_t near = km < 0 ? 0 : Share(300, 300 + km);
    asked.near.push_back(asked.place < 0 ? kMillionths
                         : asked.remote  ? std::max(near, kUnknown)
                                         : near);
  }
  constexpr std::array<const char*, 4> kPrefixes = {"g:", "t:", "c:", "n:"};
  constexpr std::array<int64_t, 4> kWeights = {10, 7, 7, 5};
  for (size_t kind = 0; kind < 4; ++kind) {
    for (const std::string& word : kinds[kind]) {
      const int trait = traits_.Find(kPrefixes[kind] + word);
      const int64_t rarity = RarityOf(trait, question.as_of);
      if (trait >= 0) {
        const size_t at = static_cast<size_t>(trait);
        asked.kind_of[at] = static_cast<int8_t>(kind);
        asked.position_of[at] = static_cast<int8_t>(asked.traits[kind].size());
        asked.weight_of[at] = kWeights[kind] * rarity;
      }
      asked.traits[kind].push_back(trait);
      asked.rarities[kind].push_back(rarity);
      asked.all_weights += kWeights[kind] * rarity;
    }
  }
  for (int64_t rarity : asked.rarities[1]) asked.all_tags += rarity;
  if (!project.original_language.empty()) {
    asked.language = traits_.Find("l:" + project.original_language);
    asked.language_weight = 7 * RarityOf(asked.language, question.as_of);
    asked.all_weights += asked.language_weight;
  }
  asked.octave = OctaveOf(project.budget);
  if (project.budget.has_value()) asked.budget_currency = currencies_.Find(project.budget->currency);
  for (const Attached& attached : project.AttachedTo(opening)) {
    asked.attached.push_back(attached.profile);
    const auto number = numbers_.find(attached.profile);
    if (number == numbers_.end()) continue;
    const Profile& person = *profiles_[number->second];
    if (!person.ownership.IsVisibleTo(project.ownership.owner)) continue;
    for (const Credit& credit : person.credits) {
      if (!credit.IsBefore(question.as_of)) continue;
      const bool in_role = std::count(attached.roles.begin(), attached.roles.end(), credit.role) > 0;
      auto& there = asked.colleagues[static_cast<uint32_t>(productions_.Find(credit.production))];
      if (!there.empty() && there.back().first == number->second) {
        there.back().second |= in_role;
      } else {
        there.emplace_back(number->second, in_role);
      }
    }
  }
  asked.excluded = project.blocked_profiles;
  return asked;
}

bool FlatMatcher::IsEligible(const Asked& asked, const Rows& rows, size_t row) const {
  if (rows.grows[row] && !asked.trainees) return false;
  if (asked.currency != -1 && rows.currencies[row] >= 0) {
    if (rows.currencies[row] != asked.currency) return false;
    if (rows.units[row] > asked.ceiling_units) return false;
    if (rows.units[row] == asked.ceiling_units && rows.nanos[row] > asked.ceiling_nanos) {
      return false;
    }
  }
  if (asked.place >= 0 && !asked.remote &&
      !(rows.reach[row][static_cast<size_t>(asked.place / 64)] >> (asked.place % 64) & 1)) {
    return false;
  }
  if (rows.owners[row] != asked.owner) {
    if (!rows.findable[row]) return false;
    if (asked.blocked >> rows.owners[row] & 1) return false;
    if (asked.owner >= 0 && (rows.blocked[row] >> asked.owner & 1)) return false;
  }
  if ((rows.languages[row] & asked.languages) != asked.languages) return false;
  if ((rows.credentials[row] & asked.credentials) != asked.credentials) return false;
  if (asked.genders != 0 &&
      (rows.genders[row] == 0 || !(asked.genders >> rows.genders[row] & 1))) {
    return false;
  }
  if (asked.ages.from >= 0 && (rows.ages_from[row] < 0 || rows.ages_from[row] > asked.ages.to ||
                               rows.ages_to[row] < asked.ages.from)) {
    return false;
  }
  if (asked.heights.from >= 0 &&
      (rows.heights[row] < asked.heights.from || rows.heights[row] > asked.heights.to)) {
    return false;
  }
  for (const auto& [skill, wanted] : asked.skills) {
    if (wanted.required && (skill < 0 || rows.skills[row][static_cast<size_t>(skill)] <
                                             static_cast<uint8_t>(wanted.level))) {
      return false;
    }
  }
  if (asked.rule == Window::Rule{}) return true;
  int32_t free = 0;
  int32_t run = 0;
  int32_t longest = 0;
  for (int32_t at = asked.from; at < asked.to; ++at) {
    if (rows.busy[row][static_cast<size_t>(at / 64)] >> (at % 64) & 1) {
      if (asked.rule == Window::Rule::kAllDays) return false;
      run = 0;
    } else {
      ++free;
      longest = std::max(longest, ++run);
    }
  }
  if (asked.rule == Window::Rule::kAllDays) return true;
  return (asked.rule == Window::Rule::kAnyDays ? free : longest) >= asked.days;
}

const FlatMatcher::Meaning& FlatMatcher::MeaningOf(const Asked& asked, uint32_t production) {
  Meaning& meaning = meanings_[production];
  if (meaning.question == question_) return meaning;
  meaning = {.question = question_, .traits = {}};
  const FlatProduction& facts = facts_[production];
  int64_t alike = facts.language >= 0 && facts.language == asked.language ? asked.language_weight : 0;
  for (uint32_t at = facts.traits[0]; at < facts.traits[4]; ++at) {
    const uint32_t trait = trait_list_[at];
    if (asked.kind_of[trait] < 0) continue;
    meaning.traits[static_cast<size_t>(asked.kind_of[trait])] |= Bit(asked.position_of[trait]);
    alike += asked.weight_of[trait];
  }
  meaning.share = asked.all_weights > 0 ? Share(alike, asked.all_weights) : 0;
  return meaning;
}

int64_t FlatMatcher::Collaboration(const Asked& asked, uint32_t person) const {
  if (asked.colleagues.empty()) return 0;
  // Production and colleague; the worth last, so that the best comes last.
  std::array<std::pair<uint64_t, int>, 1024> shared;
  size_t count = 0;
  for (uint32_t at = first_credit_[person]; at < first_credit_[person + 1]; ++at) {
    const FlatProduction& production = facts_[credits_[at].production];
    if (production.date >= asked.question->as_of.since_epoch()) continue;
    const auto colleagues = asked.colleagues.find(production.id);
    if (colleagues == asked.colleagues.end()) continue;
    for (const auto& [colleague, in_role] : colleagues->second) {
      if (colleague == person || count == shared.size()) continue;
      const int worth = in_role && credits_[at].role == asked.role ? 2 : 1;
      shared[count++] = {uint64_t{production.id} << 32 | colleague, worth};
    }
  }
  std::sort(shared.begin(), shared.begin() + static_cast<std::ptrdiff_t>(count));
  int64_t worth = 0;
  for (size_t i = 0; i < count; ++i) {
    if (i + 1 == count || shared[i].first != shared[i + 1].first) worth += shared[i].second;
  }
  return Saturate(worth, 2);
}

int64_t FlatMatcher::Score(const Asked& asked, const Rows& rows, size_t row) {
  const uint32_t person = rows.people[row];
  const Day as_of = asked.question->as_of;
  std::array<std::array<int32_t, 64>, 4> counts;
  for (size_t kind = 0; kind < 4; ++kind) {
    std::fill_n(counts[kind].begin(), asked.traits[kind].size(), 0);
  }
  int64_t in_role = 0, similarity = 0, activity = 0, in_language = 0, comparable = 0, nearness = 0;
  int32_t newest = kUndatedDay;
  for (uint32_t at = first_credit_[person]; at < first_credit_[person + 1]; ++at) {
    const FlatCredit credit = credits_[at];
    const FlatProduction& production = facts_[credit.production];
    if (production.date >= as_of.since_epoch()) continue;
    const bool is_in_role = credit.role == asked.role;
    const Meaning& meaning = MeaningOf(asked, credit.production);
    for (size_t kind = 0; kind < (is_in_role ? 4 : 3); ++kind) {
      for (uint64_t bits = meaning.traits[kind]; bits != 0; bits &= bits - 1) {
        ++counts[kind][static_cast<size_t>(std::countr_zero(bits))];
      }
    }
    similarity = std::max(similarity, is_in_role ? meaning.share : meaning.share / 2);
    if (!is_in_role) continue;
    ++in_role;
    in_language += asked.language >= 0 && production.language == asked.language;
    if (production.date != kUndatedDay) {
      newest = std::max(newest, production.date);
      const int64_t fresh = Share(1'461, 1'461 + as_of.since_epoch() - production.date);
      activity += fresh * fresh / kMillionths;
    }
    if (asked.octave < 0 || production.octave < 0 ||
        production.budget_currency != asked.budget_currency) {
      continue;
    }
    ++comparable;
    nearness += std::max(4 - std::abs(production.octave - asked.octave), 0);
  }
  PerFeature values{};
  const auto set = [&](Feature feature, int64_t value) {
    values[static_cast<size_t>(feature)] = value;
  };
  int64_t points = 0, most = 0;
  for (const auto& [skill, wanted] : asked.skills) {
    const int64_t weight = wanted.required ? 2 : 1;
    const int level = skill < 0 ? 0 : rows.skills[row][static_cast<size_t>(skill)];
    points += weight * std::min(level, wanted.level);
    most += weight * wanted.level;
  }
  set(Feature::kSkills, most == 0 ? kMillionths : Share(points, most));
  int64_t genres = kUnknown * std::popcount(rows.styles[row] & asked.styles);
  const int64_t kinds = static_cast<int64_t>(asked.genre_bits.size()) + asked.style_count;
  for (size_t i = 0; i < asked.genre_bits.size(); ++i) {
    const bool declared = (rows.genres[row] & asked.genre_bits[i]) != 0;
    genres += Saturate(counts[0][i] + declared, 1);
  }
  set(Feature::kGenres, kinds == 0 ? 0 : genres / kinds);
  set(Feature::kExperience, Saturate(in_role + rows.years[row], 8));
  set(Feature::kRating, rows.ratings[row]);
  set(Feature::kPlace, rows.homes[row] < 0 ? asked.near.back()
                                           : asked.near[static_cast<size_t>(rows.homes[row])]);
  set(Feature::kPay, asked.currency == -1 || rows.currencies[row] < 0 ? kUnknown
                     : rows.currencies[row] != asked.currency
                         ? 0
                         : Share(2 * asked.ceiling_units - rows.units[row],
                                 std::max<int64_t>(2 * asked.ceiling_units, 1)));
  set(Feature::kCollaboration, Collaboration(asked, person));
  int64_t companies = 0;
  for (size_t i = 0; i < asked.rarities[2].size(); ++i) companies += counts[2][i] * asked.rarities[2][i];
  set(Feature::kCompany, Saturate(companies, kMillionths));
  int64_t tags = 0;
  for (size_t i = 0; i < asked.rarities[1].size(); ++i) {
    tags += asked.rarities[1][i] * counts[1][i] / (counts[1][i] + 1);
  }
  set(Feature::kTags, asked.all_tags == 0 ? 0 : Share(2 * tags, asked.all_tags));
  set(Feature::kSimilarity, similarity);
  int64_t wishes = 0, wish_kinds = 0;
  const auto wish = [&](int64_t value) {
    wishes += value;
    ++wish_kinds;
  };
  if (rows.wished_genres[row] != 0) {
    wish(asked.genre_bits.empty()                             ? kUnknown
         : (rows.wished_genres[row] & asked.genres) != 0 ? kMillionths
                                                              : 0);
  }
  if (rows.wishes_places[row]) {
    const bool any = asked.place >= 0 &&
                     (rows.wished_places[row][static_cast<size_t>(asked.place / 64)] >>
                          (asked.place % 64) & 1) != 0;
    wish(asked.place < 0 ? kUnknown : any ? kMillionths : 0);
  }
  if (rows.floor_currencies[row] >= 0) {
    const bool is_above = rows.floor_units[row] != asked.ceiling_units
                              ? rows.floor_units[row] > asked.ceiling_units
                              : rows.floor_nanos[row] > asked.ceiling_nanos;
    if (asked.currency == -1) {
      wish(kUnknown);
    } else if (asked.currency != rows.floor_currencies[row]) {
      wish(0);
    } else {
      wish(is_above ? Share(asked.ceiling_units, std::max<int64_t>(rows.floor_units[row], 1))
                    : kMillionths);
    }
  }
  if (rows.grows[row]) wish(kMillionths);
  set(Feature::kReciprocity, wish_kinds == 0 ? kUnknown : wishes / wish_kinds);
  set(Feature::kRecency, newest == kUndatedDay ? 0 : Share(1'826, 1'826 + as_of.since_epoch() - newest));
  set(Feature::kActivity, Saturate(activity, kMillionths));
  set(Feature::kLanguage, Share(in_language, in_role + 1));
  int64_t countries = 0;
  for (size_t i = 0; i < asked.traits[3].size(); ++i) countries += Share(counts[3][i], in_role + 1);
  set(Feature::kCountry,
      asked.traits[3].empty() ? 0 : countries / static_cast<int64_t>(asked.traits[3].size()));
  set(Feature::kBudget, Share(nearness, 4 * (comparable + 1)));
  int64_t score = 0;
  for (size_t i = 0; i < kFeatureCount; ++i) {
    score += Contribution(asked.question->weights[i], values[i]);
  }
  return score;
}

FlatMatcher::Answer FlatMatcher::Find(const Question& question) {
  ++question_;
  const Asked asked = Prepare(question);
  Answer answer;
  if (asked.impossible) return answer;
  const Rows& rows = roles_[static_cast<size_t>(asked.role)];
  const auto ranks_above = [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  };
  for (size_t row = 0; row < rows.ids.size(); ++row) {
    if (!IsEligible(asked, rows, row)) continue;
    const ProfileId id = rows.ids[row];
    if (std::binary_search(asked.excluded.begin(), asked.excluded.end(), id) ||
        std::binary_search(asked.attached.begin(), asked.attached.end(), id)) {
      continue;
    }
    ++answer.total;
    const std::pair ranked(id, Score(asked, rows, row));
    if (answer.best.size() == question.top_k) {
      if (!ranks_above(ranked, answer.best.front())) continue;
      std::pop_heap(answer.best.begin(), answer.best.end(), ranks_above);
      answer.best.pop_back();
    }
    answer.best.push_back(ranked);
    std::push_heap(answer.best.begin(), answer.best.end(), ranks_above);
  }
  std::sort_heap(answer.best.begin(), answer.best.end(), ranks_above);
  return answer;
}

size_t FlatMatcher::SizeOf(const std::string& role) const {
  return roles_[static_cast<size_t>(RoleOf(role))].ids.size();
}

}  // namespace troupe::testing
