#include "matcher/rank/offer_bound.h"

#include <algorithm>

#include "matcher/base/millionths.h"
#include "matcher/rank/query.h"

namespace troupe {
namespace {

constexpr size_t kMostWords = 256;
// More than all that floats round off, in millionths.
constexpr double kSlack = 4;

double Saturated(double x, double half) { return x / (x + half); }

}  // namespace

OfferBound::OfferBound(const Pool& pool, const ProfileView& view, const RoleRow& role,
                       const Weights& weights, Day as_of, Rarities& rarities,
                       const TermTable& terms, const Base& base)
    : pool_(pool),
      view_(view),
      role_(role),
      weights_(weights),
      rarities_(rarities),
      is_today_(as_of == pool.today()),
      base_(base) {
  words_.reserve(kMostWords);
  words_.emplace_back();
  const auto raise = [](float& value, float to) { value = std::max(value, to); };
  terms.ForEach([&](const TermTable::Entry& entry) {
    if (!entry.is_trait && !entry.is_declared) return;  // No offer has it.
    Word& word = WordOf(entry.term);
    raise(word.genre, static_cast<float>(Saturated(entry.credits + entry.is_declared, 1)));
    raise(word.credits, static_cast<float>(entry.credits));
    raise(word.role_share, static_cast<float>(entry.role_credits) /
                               static_cast<float>(base.role_credits + 1));
    if (entry.credits > 0) raise(word.rarity, static_cast<float>(rarities.Of(entry.term)));
    word.in_role |= entry.role_credits > 0;
  });
  for (const SkillRow& skill : view.skills) {
    raise(WordOf(skill.skill).level, static_cast<float>(skill.level));
  }
  for (Term genre : view.wished_genres) WordOf(genre).is_wished = true;
}

OfferBound::Word& OfferBound::WordOf(Term term) {
  uint8_t& slot = slots_[OfferSketch::MarkOf(term)];
  if (slot == 0) {
    if (words_.size() < kMostWords) {
      slot = static_cast<uint8_t>(words_.size());
      words_.emplace_back();
    } else {
      slot = kMostWords - 1;  // Shared, as by terms with one mark.
    }
  }
  return words_[slot];
}

void OfferBound::AddBudget(int32_t octave, double share) {
  if (octave < 0) return;
  double& most = budgets_[static_cast<size_t>(std::min(octave, 127))];
  most = std::max(most, share);
}

double OfferBound::Skills(const OfferSketch& sketch) const {
  if (!sketch.skills.IsKnown()) return 1;
  float met = 0;
  float wanted = 0;
  for (size_t i = 0; i < sketch.skills.count; ++i) {
    const float weight = sketch.weights[i];
    const float level = sketch.levels[i];
    met += weight * std::min(At(sketch.skills.marks[i]).level, level);
    wanted += weight * level;
  }
  return wanted == 0 ? 1 : met / wanted;
}

double OfferBound::Genres(const OfferSketch& sketch) const {
  if (!sketch.genres.IsKnown() || !sketch.styles.IsKnown()) return 1;
  const int count = sketch.genres.count + sketch.styles.count;
  if (count == 0) return 0;
  float sum = 0;
  for (uint16_t mark : sketch.genres) sum += At(mark).genre;
  for (uint16_t mark : sketch.styles) sum += At(mark).genre;
  return sum / static_cast<float>(count);
}

double OfferBound::Company(const OfferSketch& sketch) const {
  if (!sketch.companies.IsKnown()) return 1;
  float weight = 0;
  for (uint16_t mark : sketch.companies) weight += At(mark).credits * At(mark).rarity;
  return Saturated(weight, kMillionths);
}

double OfferBound::Tags(const OfferBlock& block, uint32_t row) const {
  const OfferSketch& sketch = block.sketches()[row];
  if (!sketch.tags.IsKnown()) return 1;
  float weight = 0;
  for (uint16_t mark : sketch.tags) {
    const Word& word = At(mark);
    weight += word.rarity * word.credits / (word.credits + 1);
  }
  if (weight == 0 || !is_today_) return weight == 0 ? 0 : 1;
  const int64_t all = block.tag_totals().Of(row, pool_.rarities().stamp(), [&] {
    int64_t sum = 0;
    for (Term tag : block.rows()[row]->tags) sum += rarities_.Of(tag);
    return sum;
  });
  return all == 0 ? 0 : std::min(2 * weight / static_cast<float>(all), 1.0f);
}

double OfferBound::Country(const OfferSketch& sketch) const {
  if (!sketch.countries.IsKnown()) return 1;
  if (sketch.countries.count == 0) return 0;
  float sum = 0;
  for (uint16_t mark : sketch.countries) sum += At(mark).role_share;
  return sum / static_cast<float>(sketch.countries.count);
}

double OfferBound::TraitTotal(const OfferBlock& block, uint32_t row) const {
  return static_cast<double>(block.trait_totals().Of(row, pool_.rarities().stamp(), [&] {
    const Demand& demand = *block.rows()[row];
    int64_t total = 0;
    const auto add = [&](const std::vector<Term>& terms, int64_t weight) {
      for (Term term : terms) total += weight * rarities_.Of(term);
    };
    add(demand.genres, kGenreWeight);
    add(demand.tags, kTagWeight);
    add(demand.companies, kCompanyWeight);
    add(demand.countries, kCountryWeight);
    if (demand.scalars.language) total += kLanguageWeight * rarities_.Of(demand.scalars.language);
    return total;
  }));
}

// As if one credit had all that the credits in the role, or all, have in common
// with the opening.
double OfferBound::Similarity(const OfferBlock& block, uint32_t row) const {
  const OfferSketch& sketch = block.sketches()[row];
  if (!sketch.genres.IsKnown() || !sketch.tags.IsKnown() || !sketch.companies.IsKnown() ||
      !sketch.countries.IsKnown() || !is_today_) {
    return 1;
  }
  float in_role = 0;
  float any = 0;
  const auto add = [&](uint16_t mark, int64_t kind) {
    const Word& word = At(mark);
    const float weight = static_cast<float>(kind) * word.rarity;
    any += weight;
    in_role += word.in_role ? weight : 0;
  };
  for (uint16_t mark : sketch.genres) add(mark, kGenreWeight);
  for (uint16_t mark : sketch.tags) add(mark, kTagWeight);
  for (uint16_t mark : sketch.companies) add(mark, kCompanyWeight);
  for (uint16_t mark : sketch.countries) add(mark, kCountryWeight);
  if (sketch.has_language) add(sketch.language, kLanguageWeight);
  if (any == 0) return 0;
  const double total = std::max(TraitTotal(block, row), 1.0);
  return std::max(std::min(in_role / total, 1.0), std::min(any / total, 1.0) / 2);
}

double OfferBound::Reciprocity(const OfferBlock& block, uint32_t row) const {
  const OfferBlock::Columns& columns = block.columns();
  double sum = 0;
  double kinds = 0;
  const auto add = [&](double value) {
    sum += value;
    ++kinds;
  };
  if (!view_.wished_genres.empty()) {
    const auto& genres = block.sketches()[row].genres;
    const bool any = std::any_of(genres.begin(), genres.end(),
                                 [&](uint16_t mark) { return At(mark).is_wished; });
    add(genres.count == 0 ? 0.5 : any || !genres.IsKnown() ? 1 : 0);
  }
  if (!view_.wished_places.empty()) add(1);
  if (const Amount& floor = view_.scalars->pay_floor; floor.IsStated()) {
    const uint32_t currency = columns.currency[row];
    const auto ceiling = static_cast<double>(columns.ceiling[row]);
    if (currency == 0) {
      add(0.5);
    } else if (currency != OfferBlock::CurrencyMark(floor.currency)) {
      add(0);
    } else if (columns.ceiling[row] == OfferBlock::kMostUnits) {
      add(1);
    } else {
      add(std::min(ceiling / std::max(static_cast<double>(floor.units), 1.0), 1.0));
    }
  }
  if (role_.grow_into) add(1);
  return kinds == 0 ? 0.5 : sum / kinds;
}

double OfferBound::Pay(const OfferBlock::Columns& columns, uint32_t row) const {
  if (columns.currency[row] == 0 || !role_.day_rate.IsStated()) return 0.5;
  if (columns.ceiling[row] == OfferBlock::kMostUnits) return 1;
  const double twice = 2.0 * columns.ceiling[row];
  const double left = twice - static_cast<double>(role_.day_rate.units);
  return std::clamp(left / std::max(twice, 1.0), 0.0, 1.0);
}

int64_t OfferBound::Of(const OfferBlock& block, uint32_t row, int64_t place) const {
  const OfferSketch& sketch = block.sketches()[row];
  double bound = kSlack;
  bound += Weight(Feature::kSkills) * Skills(sketch);
  bound += Weight(Feature::kGenres) * Genres(sketch);
  bound += Weight(Feature::kCompany) * Company(sketch);
  bound += Weight(Feature::kTags) * Tags(block, row);
  bound += Weight(Feature::kCountry) * Country(sketch);
  bound += Weight(Feature::kSimilarity) * Similarity(block, row);
  bound += Weight(Feature::kReciprocity) * Reciprocity(block, row);
  bound += Weight(Feature::kPay) * Pay(block.columns(), row);
  if (sketch.has_language) bound += Weight(Feature::kLanguage) * At(sketch.language).role_share;
  if (sketch.budget_octave >= 0) {
    bound += Weight(Feature::kBudget) * budgets_[static_cast<size_t>(sketch.budget_octave)];
  }
  const int64_t people = sketch.has_people ? base_.collaboration : 0;
  return base_.constant + place + people + static_cast<int64_t>(bound);
}

}  // namespace troupe
