#include "matcher/rank/offer_bound.h"

#include <algorithm>
#include <bit>
#include <cmath>


namespace troupe {
namespace {

constexpr size_t kMostWords = 256;
// More than all that floats round off, in millionths.
constexpr float kSlack = 8;
// As much of a company as makes no difference; fits into 32 bits with others.
constexpr double kMostCompany = 1e8;

// 1 / n, and 1 for none.
constexpr std::array<float, 256> kShares = [] {
  std::array<float, 256> shares{1};
  for (size_t i = 1; i < shares.size(); ++i) shares[i] = 1.0f / static_cast<float>(i);
  return shares;
}();

int32_t RoundedUp(double value) { return static_cast<int32_t>(std::ceil(value)); }

template <typename Lanes>
void Raise(Lanes& lanes, const Lanes& to) {
  lanes = lanes > to ? lanes : to;
}

}  // namespace

OfferBound::OfferBound(const ProfileView& view, const RoleRow& role, const Weights& weights,
                       const TermTable& terms, const OfferTotals& totals,
                       std::pmr::memory_resource* memory, const Base& base)
    : weights_(weights), totals_(totals), words_(memory) {
  language_step_ = static_cast<float>(std::ceil(Weight(Feature::kLanguage) / kMostInLane));
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
  compared_ = role.day_rate.IsStated() ? OfferSketch::kHasCeiling : 0;
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
      added.alike[kLanguage] = static_cast<int16_t>(
          RoundedUp(Weight(Feature::kLanguage) * share / static_cast<double>(language_step_)));
      break;
  }
  const auto worth = static_cast<double>(WeightOf(entry.kind) * entry.rarity);
  const auto steps = [](double alike) {
    return static_cast<int16_t>(RoundedUp(alike / kAlikeStep));
  };
  size_t first = 0;
  for (uint64_t mask : terms.MaskOf(entry)) {
    const uint64_t in_role = first / 64 < base.in_role.size() ? base.in_role[first / 64] : 0;
    for (; mask != 0; mask &= mask - 1) {
      const auto bit = static_cast<size_t>(std::countr_zero(mask));
      const int16_t alike = steps(in_role >> bit & 1 ? worth : worth / 2);
      const size_t group = (first + bit) * kGroups / std::max(base.credits, kGroups);
      added.alike[group] = std::max(added.alike[group], alike);
    }
    first += 64;
  }
  Word& word = words_[SlotOf(entry.term)];
  Raise(word.kinds, added.kinds);
  Raise(word.alike, added.alike);
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

// By lane, of which as many are worked on at once as fit into a vector.
struct OfferBound::Lot {
  static constexpr size_t kOffers = 16;
  template <typename Value>
  using Lane = std::array<Value, kOffers>;

  alignas(16) std::array<Lanes, kOffers> kinds;  // By offer.
  alignas(16) Lane<int32_t> alike, language, wished, flags, currency, skills;
  alignas(16) Lane<float> ceiling, budget, skill_share, kind_share, country_share, tags, traits;
};

void OfferBound::Of(const OfferBlock& block, absl::Span<const uint16_t> rows,
                    int32_t* bounds) const {
  Lot lot{};
  for (size_t i = 0; i < rows.size(); i += Lot::kOffers) {
    const auto some = rows.subspan(i, Lot::kOffers);
    for (uint16_t row : rows.subspan(std::min(i + Lot::kOffers, rows.size()), Lot::kOffers)) {
      block.FetchSketch(row);
    }
    Gather(block, some, lot);
    alignas(16) std::array<int32_t, Lot::kOffers> sums;
    for (size_t lane = 0; lane < some.size(); lane += 4) Sum(lot, lane, &sums[lane]);
    std::copy_n(sums.begin(), some.size(), bounds + i);
  }
}

void OfferBound::Gather(const OfferBlock& block, absl::Span<const uint16_t> rows,
                        Lot& lot) const {
  const Word* const words = words_.data();
  for (size_t lane = 0; lane < rows.size(); ++lane) {
    const OfferSketch& sketch = block.sketch(rows[lane]);
    Lanes kinds{};
    ShortLanes alike{};
    for (uint16_t mark : sketch.marks) {
      const Word& word = words[slots_[mark]];
      kinds += word.kinds;
      alike += word.alike;
    }
    lot.kinds[lane] = kinds;
    lot.language[lane] = alike[kLanguage];
    lot.wished[lane] = alike[kWished];
    // The most of the groups.
    Raise(alike, ShortLanes(__builtin_shuffle(alike, ShortLanes{3, 4, 5, 3, 4, 5, 3, 4})));
    lot.alike[lane] = std::max({alike[0], alike[1], alike[2]});
    lot.flags[lane] = sketch.flags;
    lot.currency[lane] = sketch.currency;
    lot.ceiling[lane] = OfferSketch::HalfValue(sketch.ceiling);
    lot.budget[lane] = budgets_[static_cast<size_t>(sketch.budget_octave + 1)];
    lot.kind_share[lane] = kShares[sketch.kinds];
    lot.country_share[lane] = kShares[sketch.countries];
    lot.tags[lane] = static_cast<float>(totals_.TagsOf(block, rows[lane]));
    lot.traits[lane] = static_cast<float>(totals_.TraitsOf(block, rows[lane]));
    GatherSkills(sketch, lane, lot);
  }
}

void OfferBound::GatherSkills(const OfferSketch& sketch, size_t lane, Lot& lot) const {
  int32_t met = sketch.wanted == 0 ? 1 : 0;  // Nothing is wanted: all of it is met.
  for (size_t i = 0; i < OfferSketch::kSkills; ++i) {
    const int32_t level = sketch.levels[i] & ~OfferSketch::kRequired;
    const int32_t required = sketch.levels[i] / OfferSketch::kRequired;
    met += std::min<int32_t>(levels_[slots_[sketch.skills[i]]], level) << required;
  }
  lot.skills[lane] = met;
  lot.skill_share[lane] = kShares[sketch.wanted];
}

// Of the four offers from lane `first` on.
void OfferBound::Sum(const Lot& lot, size_t first, int32_t* bounds) const {
  const auto floats = [first](const Lot::Lane<float>& lane) {
    return *reinterpret_cast<const FloatLanes*>(&lane[first]);
  };
  const auto whole = [first](const Lot::Lane<int32_t>& lane) {
    return *reinterpret_cast<const Lanes*>(&lane[first]);
  };
  const auto as_floats = [](Lanes lanes) { return __builtin_convertvector(lanes, FloatLanes); };
  const auto all = [](float value) { return FloatLanes{value, value, value, value}; };
  const auto least = [](FloatLanes a, FloatLanes b) { return a < b ? a : b; };
  const auto most = [](FloatLanes a, FloatLanes b) { return a > b ? a : b; };
  const auto kind = [&lot, first](size_t which) {
    return Lanes{lot.kinds[first][which], lot.kinds[first + 1][which], lot.kinds[first + 2][which],
                 lot.kinds[first + 3][which]};
  };
  const Lanes flags = whole(lot.flags);
  const FloatLanes ceiling = floats(lot.ceiling);

  FloatLanes bound = all(constant_);
  bound += skills_ * as_floats(whole(lot.skills)) * floats(lot.skill_share);
  const FloatLanes left = 1 - half_rate_ / most(ceiling, all(0.5f));
  bound += (flags & compared_) != 0 ? pay_ * least(most(left, all(0)), all(1)) : all(pay_ / 2);
  const FloatLanes floor = ceiling >= floor_units_ ? all(pay_floor_) : floor_share_ * ceiling;
  bound += (flags & int32_t{OfferSketch::kHasCeiling}) == 0 ? all(pay_floor_ / 2)
           : whole(lot.currency) == floor_currency_         ? floor
                                                            : all(0);
  bound += as_floats(kind(kGenre)) * floats(lot.kind_share);
  bound += as_floats(kind(kCountry)) * floats(lot.country_share);
  bound += as_floats(whole(lot.language)) * language_step_;
  bound += (flags & int32_t{OfferSketch::kNoGenres}) != 0 ? all(no_genre_)
           : whole(lot.wished) != 0                       ? all(wished_genre_)
                                                          : all(0);
  bound += floats(lot.budget);
  const FloatLanes company = as_floats(kind(kCompany));
  bound += company_ * (company >= static_cast<float>(kMostCompany)
                           ? all(1)
                           : company / (company + static_cast<float>(kMillionths)));
  bound += tags_ * least(2 * as_floats(kind(kTag)) / most(floats(lot.tags), all(1)), all(1));
  const FloatLanes alike = as_floats(whole(lot.alike)) * static_cast<float>(kAlikeStep);
  bound += similarity_ * least(alike / most(floats(lot.traits), all(1)), all(1));
  const Lanes sums = __builtin_convertvector(bound, Lanes);
  for (size_t i = 0; i < 4; ++i) bounds[i] = sums[i];
}

}  // namespace troupe
