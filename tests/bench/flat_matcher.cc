#include "tests/bench/flat_matcher.h"

#include <algorithm>
#include <bit>
#include <cstdlib>

#include "matcher/base/millionths.h"
#include "tests/bench/flat_asked.h"
#include "tests/bench/flat_days.h"
#include "tests/bench/flat_numbers.h"

namespace troupe::testing {

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
  const int32_t travel = asked.travel[static_cast<size_t>(
      rows.homes[row] < 0 ? static_cast<int>(asked.travel.size()) - 1 : rows.homes[row])];
  return HasFreeDays(asked.rule, asked.from, asked.to, asked.days, travel, [&](int32_t at) {
    return (rows.busy[row][static_cast<size_t>(at / 64)] >> (at % 64) & 1) != 0;
  });
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

FlatMatcher::Career FlatMatcher::CareerOf(const Asked& asked, uint32_t person) {
  const Day as_of = asked.question->as_of;
  Career career;
  for (size_t kind = 0; kind < 4; ++kind) {
    std::fill_n(career.counts[kind].begin(), asked.traits[kind].size(), 0);
  }
  for (uint32_t at = first_credit_[person]; at < first_credit_[person + 1]; ++at) {
    const FlatCredit credit = credits_[at];
    const FlatProduction& production = facts_[credit.production];
    if (production.date >= as_of.since_epoch()) continue;
    const bool is_in_role = credit.role == asked.role;
    const Meaning& meaning = MeaningOf(asked, credit.production);
    for (size_t kind = 0; kind < (is_in_role ? 4 : 3); ++kind) {
      for (uint64_t bits = meaning.traits[kind]; bits != 0; bits &= bits - 1) {
        ++career.counts[kind][static_cast<size_t>(std::countr_zero(bits))];
      }
    }
    career.similarity = std::max(career.similarity, is_in_role ? meaning.share : meaning.share / 2);
    if (!is_in_role) continue;
    ++career.in_role;
    career.in_language += asked.language >= 0 && production.language == asked.language;
    if (production.date != kUndatedDay) {
      career.newest = std::max(career.newest, production.date);
      const int64_t fresh = Share(1'461, 1'461 + as_of.since_epoch() - production.date);
      career.activity += fresh * fresh / kMillionths;
    }
    if (asked.octave < 0 || production.octave < 0 ||
        production.budget_currency != asked.budget_currency) {
      continue;
    }
    ++career.comparable;
    career.nearness += std::max(4 - std::abs(production.octave - asked.octave), 0);
  }
  return career;
}

int64_t FlatMatcher::Skills(const Asked& asked, const Rows& rows, size_t row) {
  int64_t points = 0, most = 0;
  for (const auto& [skill, wanted] : asked.skills) {
    const int64_t weight = wanted.required ? 2 : 1;
    const int level = skill < 0 ? 0 : rows.skills[row][static_cast<size_t>(skill)];
    points += weight * std::min(level, wanted.level);
    most += weight * wanted.level;
  }
  return most == 0 ? kMillionths : Share(points, most);
}

int64_t FlatMatcher::Pay(const Asked& asked, const Rows& rows, size_t row) {
  if (asked.currency == -1 || rows.currencies[row] < 0) return kUnknown;
  if (rows.currencies[row] != asked.currency) return 0;
  return Share(2 * asked.ceiling_units - rows.units[row],
               std::max<int64_t>(2 * asked.ceiling_units, 1));
}

int64_t FlatMatcher::Reciprocity(const Asked& asked, const Rows& rows, size_t row) {
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
  if (rows.grows[row]) wish(rows.growth[row]);
  return wish_kinds == 0 ? kUnknown : wishes / wish_kinds;
}

int64_t FlatMatcher::Score(const Asked& asked, const Rows& rows, size_t row) {
  const Day as_of = asked.question->as_of;
  const Career career = CareerOf(asked, rows.people[row]);
  PerFeature values{};
  const auto set = [&](Feature feature, int64_t value) {
    values[static_cast<size_t>(feature)] = value;
  };
  set(Feature::kSkills, Skills(asked, rows, row));
  int64_t genres = kUnknown * std::popcount(rows.styles[row] & asked.styles);
  const int64_t kinds = static_cast<int64_t>(asked.genre_bits.size()) + asked.style_count;
  for (size_t i = 0; i < asked.genre_bits.size(); ++i) {
    const bool declared = (rows.genres[row] & asked.genre_bits[i]) != 0;
    genres += Saturate(career.counts[0][i] + declared, 1);
  }
  set(Feature::kGenres, kinds == 0 ? 0 : genres / kinds);
  set(Feature::kExperience, Saturate(career.in_role + rows.years[row], 8));
  set(Feature::kRating, rows.ratings[row]);
  set(Feature::kPlace, rows.homes[row] < 0 ? asked.near.back()
                                           : asked.near[static_cast<size_t>(rows.homes[row])]);
  set(Feature::kPay, Pay(asked, rows, row));
  set(Feature::kCollaboration, Collaboration(asked, rows.people[row]));
  int64_t companies = 0;
  for (size_t i = 0; i < asked.rarities[2].size(); ++i) companies += career.counts[2][i] * asked.rarities[2][i];
  set(Feature::kCompany, Saturate(companies, kMillionths));
  int64_t tags = 0;
  for (size_t i = 0; i < asked.rarities[1].size(); ++i) {
    tags += asked.rarities[1][i] * career.counts[1][i] / (career.counts[1][i] + 1);
  }
  set(Feature::kTags, asked.all_tags == 0 ? 0 : Share(2 * tags, asked.all_tags));
  set(Feature::kSimilarity, career.similarity);
  set(Feature::kReciprocity, Reciprocity(asked, rows, row));
  set(Feature::kRecency, career.newest == kUndatedDay ? 0 : Share(1'826, 1'826 + as_of.since_epoch() - career.newest));
  set(Feature::kActivity, Saturate(career.activity, kMillionths));
  set(Feature::kLanguage, Share(career.in_language, career.in_role + 1));
  int64_t countries = 0;
  for (size_t i = 0; i < asked.traits[3].size(); ++i) countries += Share(career.counts[3][i], career.in_role + 1);
  set(Feature::kCountry,
      asked.traits[3].empty() ? 0 : countries / static_cast<int64_t>(asked.traits[3].size()));
  set(Feature::kBudget, Share(career.nearness, 4 * (career.comparable + 1)));
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
