#include "matcher/rank/offer_bound.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace troupe {
namespace {

constexpr size_t kLanes = 4;
// Most offers have no more.
constexpr size_t kUsualMarks = 8;
// More than all that floats round off, in millionths.
constexpr float kSlack = 8;

// 1 / n, and 1 for none.
constexpr std::array<float, 256> kShares = [] {
  std::array<float, 256> shares{1};
  for (size_t i = 1; i < shares.size(); ++i) shares[i] = 1.0f / static_cast<float>(i);
  return shares;
}();

// How many steps come to `value`.
int16_t Steps(double value, double step) {
  return static_cast<int16_t>(std::ceil(value / std::max(step, 1.0)));
}

template <typename Lanes>
void Raise(Lanes& lanes, const Lanes& to) {
  lanes = lanes > to ? lanes : to;
}

}  // namespace

OfferBound::OfferBound(const ProfileView& view, const RoleRow& role, const Weights& weights,
                       const TermTable& terms, const OfferTotals& totals,
                       std::pmr::memory_resource* memory, const Base& base)
    : weights_(weights), totals_(totals), words_(memory) {
  genre_step_ = static_cast<float>(Weight(Feature::kGenres) / kMostInLane + 1);
  country_step_ = static_cast<float>(Weight(Feature::kCountry) / kMostInLane + 1);
  language_step_ = static_cast<float>(Weight(Feature::kLanguage) / kMostOfLanguage + 1);
  words_.reserve(64);
  words_.push_back(Word{});
  terms.ForEach([&](const TermTable::Entry& entry) {
    // No offer has the name of a production.
    if (entry.kind != TraitKind::kNoTrait || entry.is_declared) AddTerm(terms, entry, base);
  });
  for (const SkillRow& skill : view.skills) {
    uint8_t& level = levels_[OfferSketch::MarkOf(skill.skill)];
    level = std::max(level, static_cast<uint8_t>(std::clamp<int64_t>(skill.level, 0, 255)));
  }
  constant_ = static_cast<float>(base.constant) + kSlack;
  skills_ = static_cast<float>(Weight(Feature::kSkills));
  company_ = static_cast<float>(Weight(Feature::kCompany));
  tags_ = static_cast<float>(Weight(Feature::kTags));
  similarity_ = static_cast<float>(Weight(Feature::kSimilarity));
  pay_ = static_cast<float>(Weight(Feature::kPay));
  compared_ = role.day_rate().IsStated() ? OfferSketch::kHasCeiling : 0;
  half_rate_ = static_cast<float>(role.day_rate().units) / 2;
  SetReciprocity(view, role);
}

OfferBound::Word& OfferBound::WordOf(Term term) {
  uint16_t& slot = slots_[OfferSketch::MarkOf(term)];
  if (slot == 0) {
    slot = static_cast<uint16_t>(words_.size());  // There are no more than marks.
    words_.push_back(Word{});
  }
  return words_[slot];
}

void OfferBound::AddTerm(const TermTable& terms, const TermTable::Entry& entry,
                         const Base& base) {
  Word added{};
  const double rarity = entry.rarity;
  const double credits = entry.credits;
  const double share =
      static_cast<double>(entry.role_credits) / static_cast<double>(base.role_credits + 1);
  switch (entry.kind) {
    case TraitKind::kNoTrait:
    case TraitKind::kGenre: {
      const double worth = credits + entry.is_declared;
      added[kGenre] = Steps(Weight(Feature::kGenres) * worth / (worth + 1), genre_step_);
      break;
    }
    case TraitKind::kTag:
      added[kTag] = Steps(rarity * credits / (credits + 1), kTagStep);
      break;
    case TraitKind::kCompany:
      added[kCompany] = Steps(std::min(credits * rarity, 1.0 * kCompanyStep * kMostInLane),
                              kCompanyStep);
      break;
    case TraitKind::kCountry:
      added[kCountry] = Steps(Weight(Feature::kCountry) * share, country_step_);
      break;
    case TraitKind::kLanguage:
      added[kLanguage] = Steps(Weight(Feature::kLanguage) * share, language_step_);
      break;
  }
  const auto worth = static_cast<double>(WeightOf(entry.kind) * entry.rarity);
  size_t first = 0;
  for (uint64_t mask : terms.MaskOf(entry)) {
    const uint64_t in_role = first / 64 < base.in_role.size() ? base.in_role[first / 64] : 0;
    for (; mask != 0; mask &= mask - 1) {
      const auto bit = static_cast<size_t>(std::countr_zero(mask));
      const int16_t alike = Steps(in_role >> bit & 1 ? worth : worth / 2, kAlikeStep);
      const size_t group = (first + bit) * kGroups / std::max(base.credits, kGroups);
      added[kAlike + group] = std::max(added[kAlike + group], alike);
    }
    first += 64;
  }
  Raise(WordOf(entry.term), added);
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
    for (Term genre : view.wished_genres) {
      Word& word = WordOf(genre);
      if (word[kLanguage] < kWished) word[kLanguage] = static_cast<int16_t>(word[kLanguage] + kWished);
    }
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

  std::array<Word, kOffers> words;  // What all marks of the offer gain.
  alignas(16) Lane<int32_t> flags, currency, skills;
  alignas(16) Lane<float> ceiling, budget, skill_share, kind_share, country_share, tags, traits;
};

bool OfferBound::AddTo(const OfferBlock& block, absl::Span<const OfferBlock::RowNumber> rows,
                       int32_t* bounds) const {
  Lot lot;
  int32_t flags = 0;
  for (size_t first = 0; first < rows.size(); first += Lot::kOffers) {
    const size_t count = std::min(Lot::kOffers, rows.size() - first);
    // All lanes of a vector have an offer, if the last one more than once.
    const size_t filled = (count + kLanes - 1) / kLanes * kLanes;
    for (size_t lane = 0; lane < filled; ++lane) {
      Gather(block, rows[first + std::min(lane, count - 1)], lane, lot);
      flags |= lot.flags[lane];
    }
    for (size_t lane = 0; lane < filled; lane += kLanes) {
      const Lanes sums = SumOf(lot, lane);
      for (size_t i = lane; i < std::min(lane + kLanes, count); ++i) {
        bounds[first + i] += sums[i - lane];
      }
    }
  }
  return (flags & OfferSketch::kCrowded) != 0;
}

void OfferBound::Gather(const OfferBlock& block, OfferBlock::RowNumber row, size_t lane, Lot& lot) const {
  const OfferSketch& sketch = block.sketch(row);
  const Word* const words = words_.data();
  Word sum{};
  const auto add = [&](size_t first, size_t limit) {
    for (size_t i = first; i < limit; ++i) sum += words[slots_[sketch.marks[i]]];
  };
  add(0, kUsualMarks);
  if (sketch.marks[kUsualMarks] != 0) add(kUsualMarks, OfferSketch::kTerms);
  lot.words[lane] = sum;
  lot.flags[lane] = sketch.flags;
  lot.currency[lane] = sketch.currency;
  lot.ceiling[lane] = OfferSketch::HalfValue(sketch.ceiling);
  lot.budget[lane] = budgets_[static_cast<size_t>(sketch.budget_octave + 1)];
  lot.kind_share[lane] = kShares[sketch.kinds];
  lot.country_share[lane] = kShares[sketch.countries];
  lot.tags[lane] = static_cast<float>(totals_.TagsOf(block, row));
  lot.traits[lane] = static_cast<float>(totals_.TraitsOf(block, row));
  lot.skills[lane] = SkillsMet(sketch);
  lot.skill_share[lane] = kShares[sketch.wanted];
}

// Of sketch.wanted; 1 if nothing is wanted.
int32_t OfferBound::SkillsMet(const OfferSketch& sketch) const {
  const auto met = [&](size_t i) {
    const int32_t level = sketch.levels[i] & ~OfferSketch::kRequired;
    const int32_t required = sketch.levels[i] / OfferSketch::kRequired;
    return std::min<int32_t>(levels_[sketch.skills[i]], level) << required;
  };
  if (sketch.wanted == 0) return 1;
  const int32_t first = met(0) + met(1);
  return sketch.skills[2] == 0 ? first : first + met(2) + met(3);
}

// The eight lanes of four words, by lane, of each word one.
std::array<OfferBound::Lanes, 8> OfferBound::Transposed(const Word* words) {
  const Word low{0, 8, 1, 9, 2, 10, 3, 11};
  const Word high{4, 12, 5, 13, 6, 14, 7, 15};
  std::array<Lanes, 8> lanes;
  size_t at = 0;
  for (const Word& half : {low, high}) {
    const Word first = __builtin_shuffle(words[0], words[2], half);
    const Word second = __builtin_shuffle(words[1], words[3], half);
    for (const Word& pair : {low, high}) {
      const Word two = __builtin_shuffle(first, second, pair);
      for (const Word& one : {low, high}) {  // With zeros between: 32 bits each.
        lanes[at++] = reinterpret_cast<Lanes>(__builtin_shuffle(two, Word{}, one));
      }
    }
  }
  return lanes;
}

// Of the four offers from lane `first` on.
OfferBound::Lanes OfferBound::SumOf(const Lot& lot, size_t first) const {
  const std::array<Lanes, 8> gained = Transposed(&lot.words[first]);
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
  bound += genre_step_ * as_floats(gained[kGenre]) * floats(lot.kind_share);
  bound += country_step_ * as_floats(gained[kCountry]) * floats(lot.country_share);
  const Lanes language = gained[kLanguage];
  bound += language_step_ * as_floats(language & (kWished - 1));
  bound += (flags & int32_t{OfferSketch::kNoGenres}) != 0 ? all(no_genre_)
           : language >= kWished                          ? all(wished_genre_)
                                                          : all(0);
  bound += floats(lot.budget);
  const Lanes companies = gained[kCompany];
  const FloatLanes company = as_floats(companies * kCompanyStep);
  bound += company_ * (companies >= kMostInLane
                           ? all(1)
                           : company / (company + static_cast<float>(kMillionths)));
  const FloatLanes tags = as_floats(gained[kTag] * (2 * kTagStep));
  bound += tags_ * least(tags / most(floats(lot.tags), all(1)), all(1));
  Lanes alike = gained[kAlike];
  for (size_t group = 1; group < kGroups; ++group) Raise(alike, gained[kAlike + group]);
  bound += similarity_ * least(as_floats(alike) * static_cast<float>(kAlikeStep) /
                                   most(floats(lot.traits), all(1)),
                               all(1));
  return __builtin_convertvector(bound, Lanes);
}

}  // namespace troupe
