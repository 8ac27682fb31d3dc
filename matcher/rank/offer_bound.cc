#include "matcher/rank/offer_bound.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <limits>

#include "matcher/rank/features.h"

namespace troupe {
namespace {

// Where the levels of a sketch stand, and behind them what else is read at once,
// the last of which are the flags, behind the currency.
constexpr size_t kFacts = offsetof(OfferSketch, levels);
static_assert(OfferSketch::kRequired == 0x80);
static_assert(offsetof(OfferSketch, flags) == kFacts + 13);
constexpr int32_t kCrowded = OfferSketch::kCrowded << 8;
constexpr int32_t kNoGenres = OfferSketch::kNoGenres << 8;
constexpr int32_t kHasCeiling = OfferSketch::kHasCeiling << 8;
// More than all that floats round off, in millionths.
constexpr float kSlack = 8;
// What ceilings are taken for at least.
constexpr float kLeastUnits = 0.5f;

// How many steps come to `value`.
int16_t Steps(double value, double step) {
  const double steps = value / std::max(step, 1.0);
  const auto whole = static_cast<int32_t>(steps);
  return static_cast<int16_t>(whole + (whole < steps));
}

template <typename Lanes>
void Raise(Lanes& lanes, const Lanes& to) {
  lanes = lanes > to ? lanes : to;
}

// One instruction where there is one: GCC 12 makes a comparison and a selection
// of the plain words.
template <typename Lanes>
Lanes LeastOf(Lanes a, Lanes b) {
#ifdef __SSE__
  return __builtin_ia32_minps(a, b);
#else
  return a < b ? a : b;
#endif
}

template <typename Lanes>
Lanes MostOf(Lanes a, Lanes b) {
#ifdef __SSE__
  return __builtin_ia32_maxps(a, b);
#else
  return a > b ? a : b;
#endif
}

// What stands first in each of four, second in each, and so on.
template <typename Lanes>
std::array<Lanes, 4> ByLane(const std::array<Lanes, 4>& four) {
  const auto low = [](Lanes a, Lanes b) { return __builtin_shufflevector(a, b, 0, 4, 1, 5); };
  const auto high = [](Lanes a, Lanes b) { return __builtin_shufflevector(a, b, 2, 6, 3, 7); };
  const Lanes first = low(four[0], four[2]), second = low(four[1], four[3]);
  const Lanes third = high(four[0], four[2]), fourth = high(four[1], four[3]);
  return {low(first, second), high(first, second), low(third, fourth), high(third, fourth)};
}

// The same of four times eight 16-bit numbers, none of which is negative.
template <typename Lanes, typename Word>
std::array<Lanes, 8> WidenedByLane(const std::array<Word, 4>& four) {
  const auto low = [](Word a, Word b) {
    return __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
  };
  const auto high = [](Word a, Word b) {
    return __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
  };
  const Word first = low(four[0], four[2]), second = low(four[1], four[3]);
  const Word third = high(four[0], four[2]), fourth = high(four[1], four[3]);
  std::array<Lanes, 8> lanes;
  size_t at = 0;
  for (const Word& two : {low(first, second), high(first, second), low(third, fourth),
                          high(third, fourth)}) {
    lanes[at++] = reinterpret_cast<Lanes>(low(two, Word{}));  // Zeros between: 32 bits each.
    lanes[at++] = reinterpret_cast<Lanes>(high(two, Word{}));
  }
  return lanes;
}

// What stands in a byte of 32 bits, the lowest being 0.
template <typename Lanes>
Lanes ByteOf(Lanes lanes, int at) {
  return lanes >> (8 * at) & 0xff;
}

// Of levels that a person has and that an offer wants, a byte each: how many are
// met in each lane, those of required skills twice.
template <typename Lanes>
Lanes LevelsMet(Lanes has, Lanes wants) {
  using Bytes = uint8_t __attribute__((vector_size(16)));
  using SignedBytes = int8_t __attribute__((vector_size(16)));
  const auto levels = reinterpret_cast<Bytes>(has);
  const Bytes wanted = reinterpret_cast<Bytes>(wants) & uint8_t{0x7f};
  Bytes met = levels < wanted ? levels : wanted;
  met += met & reinterpret_cast<Bytes>(reinterpret_cast<SignedBytes>(wants) < 0);
  const auto sums = reinterpret_cast<Lanes>(met);
  const Lanes pairs = (sums & 0xff00ff) + (sums >> 8 & 0xff00ff);
  return (pairs + (pairs >> 16)) & 0xffff;
}

}  // namespace

OfferBound::OfferBound(const ProfileView& view, const RoleRow& role, const Weights& weights,
                       const TermTable& terms, const OfferTotals& totals,
                       std::pmr::memory_resource* memory, const Base& base)
    : weights_(weights),
      totals_(totals),
      slots_(terms.slots()),
      words_(terms.slot_count(), Word{}, memory) {
  genre_step_ += static_cast<float>(Weight(Feature::kGenres) / kMostInLane + 1);
  country_step_ += static_cast<float>(Weight(Feature::kCountry) / kMostInLane + 1);
  language_step_ += static_cast<float>(Weight(Feature::kLanguage) / kMostOfLanguage + 1);
  terms.ForEach([&](const TermTable::Entry& entry) {
    // No offer has the name of a production.
    if (entry.kind != TraitKind::kNoTrait || entry.is_declared) AddTerm(terms, entry, base);
  });
  levels_[0] = std::numeric_limits<uint8_t>::max();
  for (const SkillRow& skill : view.skills) {
    uint8_t& level = levels_[OfferSketch::MarkOf(skill.skill)];
    level = std::max(level, static_cast<uint8_t>(std::clamp<int64_t>(skill.level, 0, 255)));
  }
  constant_ += static_cast<float>(base.constant) + kSlack;
  skills_ += static_cast<float>(Weight(Feature::kSkills));
  company_ += static_cast<float>(Weight(Feature::kCompany));
  tags_ += static_cast<float>(Weight(Feature::kTags));
  similarity_ += static_cast<float>(Weight(Feature::kSimilarity));
  pay_ += static_cast<float>(Weight(Feature::kPay));
  compared_ += role.day_rate().IsStated() ? kHasCeiling : 0;
  half_rate_ += static_cast<float>(role.day_rate().units) / 2;
  SetReciprocity(view, role);
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
      added[kGenre] = Steps(Weight(Feature::kGenres) * worth / (worth + 1), genre_step_[0]);
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
      added[kCountry] = Steps(Weight(Feature::kCountry) * share, country_step_[0]);
      break;
    case TraitKind::kLanguage:
      added[kLanguage] = Steps(Weight(Feature::kLanguage) * share, language_step_[0]);
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
  if (role.grow_into) {
    constant_ += part * static_cast<float>(GrowthValue(role.role, view)) /
                 static_cast<float>(kMillionths);
  }
  if (!view.wished_genres.empty()) {
    wished_genre_ += part;
    no_genre_ += part / 2;
    for (Term genre : view.wished_genres) {
      Word& word = WordOf(genre);
      if (word[kLanguage] < kWished) word[kLanguage] = static_cast<int16_t>(word[kLanguage] + kWished);
    }
  }
  if (floor.IsStated()) {
    pay_floor_ += part;
    floor_share_ += part / std::max(static_cast<float>(floor.units), kLeastUnits);
    floor_currency_ += int32_t{OfferSketch::CurrencyBits(floor.currency)};
  }
}

void OfferBound::AddBudget(int32_t octave, double share) {
  if (octave < 0) return;
  int32_t& most = budgets_[static_cast<size_t>(std::min(octave, 127) + 1)];
  most = std::max(most, static_cast<int32_t>(Weight(Feature::kBudget) * share) + 1);
}

struct OfferBound::Lot {
  std::array<Word, kLanes> gains;   // Of each offer.
  // What stands in each one's sketch from the levels on.
  std::array<Lanes, kLanes> facts;
  Lanes levels, totals;
  bool knows_totals = true;
};

bool OfferBound::AddTo(absl::Span<const OfferSketch* const> sketches, size_t most_terms,
                       int32_t* bounds) const {
  if (most_terms <= 8) return AddSums<8>(sketches, bounds);
  if (most_terms <= 10) return AddSums<10>(sketches, bounds);
  return AddSums<OfferSketch::kTerms>(sketches, bounds);
}

template <size_t kMostTerms>
bool OfferBound::AddSums(absl::Span<const OfferSketch* const> sketches, int32_t* bounds) const {
  size_t first = 0;
  bool know_totals = true;
  for (; first + kLanes <= sketches.size(); first += kLanes) {
    const Lot lot = Gather<kMostTerms>(&sketches[first]);
    know_totals &= lot.knows_totals;
    Lanes there;
    std::memcpy(&there, &bounds[first], sizeof(there));
    there += SumOf(lot);
    std::memcpy(&bounds[first], &there, sizeof(there));
  }
  if (first == sketches.size()) return know_totals;
  // The last one for every lane that has none.
  std::array<const OfferSketch*, kLanes> last;
  last.fill(sketches.back());
  std::copy(sketches.begin() + static_cast<std::ptrdiff_t>(first), sketches.end(), last.begin());
  const Lot lot = Gather<kMostTerms>(last.data());
  const Lanes sums = SumOf(lot);
  for (size_t at = first; at < sketches.size(); ++at) bounds[at] += sums[at - first];
  return know_totals && lot.knows_totals;
}

template <size_t kMostTerms>
inline OfferBound::Word OfferBound::GainOf(const OfferSketch& sketch) const {
  const auto* const words = reinterpret_cast<const std::byte*>(words_.data());
  Word gain{};
  for (size_t i = 0; i < kMostTerms; ++i) {
    gain += *reinterpret_cast<const Word*>(words + slots_[sketch.marks[i]]);
  }
  return gain;
}

// In the order of the skills that are wanted, a byte each.
inline int32_t OfferBound::LevelsOf(const OfferSketch& sketch) const {
  uint32_t levels = 0;
  for (size_t i = 0; i < OfferSketch::kSkills; ++i) {
    levels |= static_cast<uint32_t>(levels_[sketch.skills[i]]) << (8 * i);
  }
  return static_cast<int32_t>(levels);
}

template <size_t kMostTerms>
inline OfferBound::Lot OfferBound::Gather(const OfferSketch* const* sketches) const {
  Lot lot;
  for (size_t lane = 0; lane < kLanes; ++lane) {
    const OfferSketch& sketch = *sketches[lane];
    lot.gains[lane] = GainOf<kMostTerms>(sketch);
    std::memcpy(&lot.facts[lane], reinterpret_cast<const std::byte*>(&sketch) + kFacts,
                sizeof(Lanes));
    lot.levels[lane] = LevelsOf(sketch);
    const OfferTotals::Inverse totals = totals_.InverseIn(sketch);
    lot.totals[lane] = static_cast<int32_t>(totals.code);
    lot.knows_totals &= totals.is_known;
  }
  return lot;
}

inline OfferBound::Lanes OfferBound::SumOf(const Lot& lot) const {
  const std::array<Lanes, 8> gained = WidenedByLane<Lanes>(lot.gains);
  const auto [wanted_levels, ceilings, counts, flags] = ByLane(lot.facts);
  const auto as_floats = [](Lanes lanes) { return __builtin_convertvector(lanes, FloatLanes); };
  // Half codes in the upper and in the lower bits.
  const auto upper = [](Lanes lanes) { return reinterpret_cast<FloatLanes>(lanes & ~0xffff); };
  const auto lower = [](Lanes lanes) { return reinterpret_cast<FloatLanes>(lanes << 16); };
  const FloatLanes none{};
  const FloatLanes most = none + 1;

  FloatLanes bound = constant_;
  bound += skills_ * as_floats(LevelsMet(lot.levels, wanted_levels)) / as_floats(ByteOf(counts, 1));
  const FloatLanes ceiling = MostOf(lower(ceilings), none + kLeastUnits);
  const FloatLanes left = MostOf(1 - half_rate_ / ceiling, none);
  bound += (flags & compared_) != 0 ? pay_ * left : pay_ / 2;
  const FloatLanes floor = LeastOf(floor_share_ * ceiling, pay_floor_);
  bound += (flags & kHasCeiling) == 0            ? pay_floor_ / 2
           : ByteOf(flags, 0) == floor_currency_ ? floor
                                                 : none;
  bound += genre_step_ * as_floats(gained[kGenre]) / as_floats(counts & 0xf);
  bound += country_step_ * as_floats(gained[kCountry]) / as_floats(counts >> 4 & 0xf);
  const Lanes language = gained[kLanguage];
  bound += language_step_ * as_floats(language & (kWished - 1));
  bound += (flags & kNoGenres) != 0 ? no_genre_ : language >= kWished ? wished_genre_ : none;
  const Lanes companies = gained[kCompany];
  const FloatLanes company = as_floats(companies) * static_cast<float>(kCompanyStep);
  bound += company_ * (companies >= kMostInLane
                           ? most
                           : company / (company + static_cast<float>(kMillionths)));
  const FloatLanes tags = as_floats(gained[kTag]) * static_cast<float>(2 * kTagStep);
  bound += tags_ * LeastOf(tags * upper(lot.totals), most);
  Lanes alike = gained[kAlike];
  for (size_t group = 1; group < kGroups; ++group) Raise(alike, gained[kAlike + group]);
  const FloatLanes similar = as_floats(alike) * static_cast<float>(kAlikeStep);
  bound += similarity_ * LeastOf(similar * lower(lot.totals), most);
  const FloatLanes all = most * static_cast<float>(kMillionths);
  return __builtin_convertvector((flags & kCrowded) != 0 ? all : bound, Lanes);
}

}  // namespace troupe
