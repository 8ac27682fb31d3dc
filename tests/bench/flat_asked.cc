#include "tests/bench/flat_asked.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "matcher/base/millionths.h"
#include "tests/bench/flat_days.h"
#include "tests/bench/flat_numbers.h"

namespace troupe::testing {

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
  asked.octave = OctaveOf(project.budget);
  if (project.budget.has_value()) asked.budget_currency = currencies_.Find(project.budget->currency);
  asked.excluded = project.blocked_profiles;
  AskWords(asked);
  AskTraits(asked);
  AskNearness(asked);
  AskColleagues(asked);
  return asked;
}

void FlatMatcher::AskWords(Asked& asked) const {
  const Project& project = *asked.question->project;
  const Opening& opening = *asked.question->opening;
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
  std::set<std::string> genres;
  for (const Label& label : project.GenresOf(opening)) genres.insert(label.id);
  for (const std::string& genre : genres) {
    const int number = genres_.Find(genre);
    asked.genre_bits.push_back(number < 0 ? 0 : Bit(number));
    asked.genres |= asked.genre_bits.back();
  }
  for (const std::string& style : std::set(project.styles.begin(), project.styles.end())) {
    const int number = styles_.Find(style);
    if (number >= 0) asked.styles |= Bit(number);
    ++asked.style_count;
  }
}

void FlatMatcher::AskTraits(Asked& asked) const {
  const Project& project = *asked.question->project;
  const Opening& opening = *asked.question->opening;
  asked.kind_of.assign(traits_.size(), -1);
  asked.position_of.assign(traits_.size(), 0);
  asked.weight_of.assign(traits_.size(), 0);
  std::array<std::set<std::string>, 4> kinds;
  for (const Label& label : project.GenresOf(opening)) kinds[0].insert(label.id);
  for (const Label& label : project.tags) kinds[1].insert(label.id);
  for (const Label& label : project.companies) kinds[2].insert(label.id);
  kinds[3].insert(project.countries.begin(), project.countries.end());
  constexpr std::array<const char*, 4> kPrefixes = {"g:", "t:", "c:", "n:"};
  constexpr std::array<int64_t, 4> kWeights = {10, 7, 7, 5};
  for (size_t kind = 0; kind < 4; ++kind) {
    for (const std::string& word : kinds[kind]) {
      const int trait = traits_.Find(kPrefixes[kind] + word);
      const int64_t rarity = RarityOf(trait, asked.question->as_of);
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
    asked.language_weight = 7 * RarityOf(asked.language, asked.question->as_of);
    asked.all_weights += asked.language_weight;
  }
}

void FlatMatcher::AskNearness(Asked& asked) {
  for (int home = 0; home <= static_cast<int>(ShippedPlaces().places().size()); ++home) {
    const bool is_known = home < static_cast<int>(ShippedPlaces().places().size());
    const int km = is_known ? Distance(home, asked.place) : -1;
    const int64_t near = km < 0 ? 0 : Share(300, 300 + km);
    asked.near.push_back(asked.place < 0 ? kMillionths
                         : asked.remote  ? std::max(near, kUnknown)
                                         : near);
    asked.travel.push_back(asked.remote || !is_known ? 0 : FlatTravelDays(home, asked.place));
  }
}

void FlatMatcher::AskColleagues(Asked& asked) const {
  const Project& project = *asked.question->project;
  const Opening& opening = *asked.question->opening;
  for (const Attached& attached : project.AttachedTo(opening)) {
    asked.attached.push_back(attached.profile);
    const auto number = numbers_.find(attached.profile);
    if (number == numbers_.end()) continue;
    const Profile& person = *profiles_[number->second];
    if (!person.ownership.IsVisibleTo(project.ownership.owner)) continue;
    for (const Credit& credit : person.credits) {
      if (!credit.IsBefore(asked.question->as_of)) continue;
      const bool in_role = std::count(attached.roles.begin(), attached.roles.end(), credit.role) > 0;
      auto& there = asked.colleagues[static_cast<uint32_t>(productions_.Find(credit.production))];
      if (!there.empty() && there.back().first == number->second) {
        there.back().second |= in_role;
      } else {
        there.emplace_back(number->second, in_role);
      }
    }
  }
}

}  // namespace troupe::testing
