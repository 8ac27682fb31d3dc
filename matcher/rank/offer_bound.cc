#include "matcher/rank/offer_bound.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "matcher/base/millionths.h"
#include "matcher/rank/query.h"

namespace troupe {
namespace {

constexpr size_t kMostWords = 256;
// More than all that floats round off, in millionths.
constexpr float kSlack = 8;
// As much of a company as makes no difference; fits into 32 bits with others.
constexpr double kMostCompany = 1e8;

// 1 / n, and 0 for none.
constexpr std::array<float, 256> kShares = [] {
  std::array<float, 256> shares{};
  for (size_t i = 1; i < shares.size(); ++i) shares[i] = 1.0f / static_cast<float>(i);
  return shares;
}();

int32_t RoundedUp(double value) { return static_cast<int32_t>(std::ceil(value)); }

}  // namespace

OfferBound::OfferBound(const ProfileView& view, const RoleRow& role, const Weights& weights,
                       const TermTable& terms, const OfferTotals& totals,
                       std::pmr::memory_resource* memory, const Base& base)
    : weights_(weights), totals_(totals), words_(memory) {
  words_.reserve(64);
  words_.emplace_back();
  terms.ForEach([&](const TermTable::Entry& entry) {
    // No offer has the name of a production.
    if (entry.kind != TraitKind::kNoTrait || entry.is_declared) AddTerm(terms, entry, base);
  });
  for (const SkillRow& skill : view.skills) {
    uint8_t& level = levels_[SlotOf(skill.skill)];
    level = std::max(level, static_cast<uint8_t>(std::clamp<int64_t>(skill.level, 0, 255)));
  }
  constant_ = static_cast<float>(base.constant) + kSlack;
  skills_ = static_cast<float>(Weight(Feature::kSkills));
  company_ = static_cast<float>(Weight(Feature::kCompany));
  tags_ = static_cast<float>(Weight(Feature::kTags));
  similarity_ = static_cast<float>(Weight(Feature::kSimilarity));
  pay_ = static_cast<float>(Weight(Feature::kPay));
  has_rate_ = role.day_rate.IsStated();
  half_rate_ = static_cast<float>(role.day_rate.units) / 2;
  SetReciprocity(view, role);
}

uint8_t OfferBound::SlotOf(Term term) {
  uint8_t& slot = slots_[OfferSketch::MarkOf(term)];
  if (slot == 0) {
    if (words_.size() < kMostWords) {
      slot = static_cast<uint8_t>(words_.size());
      words_.emplace_back();
    } else {
      slot = kMostWords - 1;  // Shared, as by terms with one mark.
    }
  }
  return slot;
}

void OfferBound::AddTerm(const TermTable& terms, const TermTable::Entry& entry,
                         const Base& base) {
  Word added;
  const double rarity = entry.rarity;
  const double credits = entry.credits;
  const double share =
      static_cast<double>(entry.role_credits) / static_cast<double>(base.role_credits + 1);
  switch (entry.kind) {
    case TraitKind::kNoTrait:
    case TraitKind::kGenre: {
      const double worth = credits + entry.is_declared;
      added.kinds[kGenre] = RoundedUp(Weight(Feature::kGenres) * worth / (worth + 1));
      break;
    }
    case TraitKind::kTag:
      added.kinds[kTag] = RoundedUp(rarity * credits / (credits + 1));
      break;
    case TraitKind::kCompany:
      added.kinds[kCompany] = RoundedUp(std::min(credits * rarity, kMostCompany));
      break;
    case TraitKind::kCountry:
      added.kinds[kCountry] = RoundedUp(Weight(Feature::kCountry) * share);
      break;
    case TraitKind::kLanguage:
      added.alike[kLanguage] = RoundedUp(Weight(Feature::kLanguage) * share);
      break;
  }
  const auto worth = static_cast<int32_t>(WeightOf(entry.kind) * entry.rarity);
  size_t first = 0;
  for (uint64_t mask : terms.MaskOf(entry)) {
    const uint64_t in_role = first / 64 < base.in_role.size() ? base.in_role[first / 64] : 0;
    for (; mask != 0; mask &= mask - 1) {
      const auto bit = static_cast<size_t>(std::countr_zero(mask));
      const int32_t alike = in_role >> bit & 1 ? worth : (worth + 1) / 2;
      const size_t group = (first + bit) * kGroups / std::max(base.credits, kGroups);
      const size_t lane = group < 2 ? group + 2 : group - 2;
      Lanes& lanes = group < 2 ? added.alike : added.alike_too;
      lanes[lane] = std::max(lanes[lane], alike);
    }
    first += 64;
  }
  Word& word = words_[SlotOf(entry.term)];
  const auto raise = [](Lanes& lanes, Lanes to) { lanes = lanes > to ? lanes : to; };
  raise(word.kinds, added.kinds);
  raise(word.alike, added.alike);
  raise(word.alike_too, added.alike_too);
}

// The mean over the kinds of wishes that there are, each of which adds its part.
void OfferBound::SetReciprocity(const ProfileView& view, const RoleRow& role) {
  const Amount& floor = view.scalars->pay_floor;
  const int kinds = !view.wished_genres.empty() + !view.wished_places.empty() +
                    floor.IsStated() + (role.grow_into != 0);
  const auto all = static_cast<float>(Weight(Feature::kReciprocity));
  if (kinds == 0) {
    constant_ += all / 2;
    return;
  }
  const float part = all / static_cast<float>(kinds);
  if (role.grow_into) constant_ += part;
  if (!view.wished_genres.empty()) {
    wished_genre_ = part;
    no_genre_ = part / 2;
    for (Term genre : view.wished_genres) words_[SlotOf(genre)].alike[kWished] = 1;
  }
  if (floor.IsStated()) {
    pay_floor_ = part;
    floor_units_ = static_cast<float>(floor.units);
    floor_share_ = part / std::max(static_cast<float>(floor.units), 1.0f);
    floor_currency_ = OfferSketch::CurrencyBits(floor.currency);
  }
}

void OfferBound::AddBudget(int32_t octave, double share) {
  if (octave < 0) return;
  float& most = budgets_[static_cast<size_t>(std::min(octave, 127) + 1)];
  most = std::max(most, static_cast<float>(Weight(Feature::kBudget) * share));
}

float OfferBound::Skills(const OfferSketch& sketch) const {
  int32_t met = 0;
  for (size_t i = 0; i < OfferSketch::kSkills; ++i) {
    const int32_t level = sketch.levels[i] & ~OfferSketch::kRequired;
    const int32_t required = sketch.levels[i] / OfferSketch::kRequired;
    met += std::min<int32_t>(levels_[slots_[sketch.skills[i]]], level) << required;
  }
  return sketch.wanted == 0 ? skills_
                            : skills_ * static_cast<float>(met) * kShares[sketch.wanted];
}

float OfferBound::Pay(const OfferSketch& sketch) const {
  const bool is_compared = has_rate_ && (sketch.flags & OfferSketch::kHasCeiling) != 0;
  const float ceiling = std::max(static_cast<float>(sketch.ceiling), 0.5f);
  const float left = sketch.ceiling == OfferSketch::kMostUnits ? 1 : 1 - half_rate_ / ceiling;
  return is_compared ? pay_ * std::clamp(left, 0.0f, 1.0f) : pay_ / 2;
}

float OfferBound::Floor(const OfferSketch& sketch) const {
  if ((sketch.flags & OfferSketch::kHasCeiling) == 0) return pay_floor_ / 2;
  const auto ceiling = static_cast<float>(sketch.ceiling);
  const bool is_met = ceiling >= floor_units_ || sketch.ceiling == OfferSketch::kMostUnits;
  const float met = is_met ? pay_floor_ : std::max(floor_share_ * ceiling, 0.0f);
  return sketch.currency == floor_currency_ ? met : 0;
}

int64_t OfferBound::Of(const OfferBlock& block, uint32_t row) const {
  const OfferSketch& sketch = block.sketch(row);
  const Word* const words = words_.data();
  Lanes kinds{}, alike{}, alike_too{};
  for (uint16_t mark : sketch.marks) {
    const Word& word = words[slots_[mark]];
    kinds += word.kinds;
    alike += word.alike;
    alike_too += word.alike_too;
  }
  float bound = constant_ + Skills(sketch) + Pay(sketch) + Floor(sketch);
  bound += static_cast<float>(kinds[kGenre]) * kShares[sketch.kinds];
  bound += static_cast<float>(kinds[kCountry]) * kShares[sketch.countries];
  bound += static_cast<float>(alike[kLanguage]);
  bound += (sketch.flags & OfferSketch::kNoGenres) != 0 ? no_genre_
           : alike[kWished] != 0                        ? wished_genre_
                                                        : 0;
  bound += budgets_[static_cast<size_t>(sketch.budget_octave + 1)];
  const auto company = static_cast<float>(kinds[kCompany]);
  bound += company_ * (company >= kMostCompany ? 1 : company / (company + kMillionths));
  const auto tags = static_cast<float>(totals_.TagsOf(block, row));
  bound += tags_ * std::min(2 * static_cast<float>(kinds[kTag]) / std::max(tags, 1.0f), 1.0f);
  const int32_t most = std::max({alike[2], alike[3], alike_too[0], alike_too[1], alike_too[2],
                                 alike_too[3]});
  const auto traits = static_cast<float>(totals_.TraitsOf(block, row));
  bound += similarity_ * std::min(static_cast<float>(most) / std::max(traits, 1.0f), 1.0f);
  return static_cast<int64_t>(bound);
}

}  // namespace troupe
