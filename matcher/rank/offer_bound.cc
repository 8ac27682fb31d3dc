#include "matcher/rank/offer_bound.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <limits>

#include "matcher/base/vectors.h"
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
[[gnu::always_inline]] inline void Raise(Lanes& lanes, const Lanes& to) {
  lanes = lanes > to ? lanes : to;
}

// One instruction where there is one: GCC 12 makes a comparison and a selection
// of the plain words.
template <typename Lanes>
[[gnu::always_inline]] inline Lanes LeastOf(Lanes a, Lanes b) {
#ifdef __SSE__
  if constexpr (sizeof(Lanes) == 16) return __builtin_ia32_minps(a, b);
#endif
  return a < b ? a : b;
}

template <typename Lanes>
[[gnu::always_inline]] inline Lanes MostOf(Lanes a, Lanes b) {
#ifdef __SSE__
  if constexpr (sizeof(Lanes) == 16) return __builtin_ia32_maxps(a, b);
#endif
  return a > b ? a : b;
}

// What stands first in each of four, second in each, and so on.
template <typename Lanes>
[[gnu::always_inline]] inline std::array<Lanes, 4> ByLane(const std::array<Lanes, 4>& four) {
  const auto low = [](Lanes a, Lanes b) { return __builtin_shufflevector(a, b, 0, 4, 1, 5); };
  const auto high = [](Lanes a, Lanes b) { return __builtin_shufflevector(a, b, 2, 6, 3, 7); };
  const Lanes first = low(four[0], four[2]), second = low(four[1], four[3]);
  const Lanes third = high(four[0], four[2]), fourth = high(four[1], four[3]);
  return {low(first, second), high(first, second), low(third, fourth), high(third, fourth)};
}

// The same of four times eight 16-bit numbers, none of which is negative.
template <typename Lanes, typename Word>
[[gnu::always_inline]] inline std::array<Lanes, 8> WidenedByLane(const std::array<Word, 4>& four) {
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

// What `by_lane` makes of each four of the items, side by side.
template <typename Lanes, typename Item, size_t kItems, typename ByLane>
[[gnu::always_inline]] inline auto ByLanes(const std::array<Item, kItems>& items, ByLane by_lane) {
  auto first = by_lane({items[0], items[1], items[2], items[3]});
  if constexpr (kItems == 4) {
    return first;
  } else {
    static_assert(kItems == 8);
    const auto second = by_lane({items[4], items[5], items[6], items[7]});
    std::array<Lanes, std::tuple_size_v<decltype(first)>> both;
    for (size_t at = 0; at < both.size(); ++at) {
      both[at] = __builtin_shufflevector(first[at], second[at], 0, 1, 2, 3, 4, 5, 6, 7);
    }
    return both;
  }
}

// What stands in a byte of 32 bits, the lowest being 0.
template <typename Lanes>
[[gnu::always_inline]] inline Lanes ByteOf(Lanes lanes, int at) {
  return lanes >> (8 * at) & 0xff;
}

// Of levels that a person has and that an offer wants, a byte each: how many are
// met in each lane, those of required skills twice.
template <size_t kBytes, typename Lanes>
[[gnu::always_inline]] inline Lanes LevelsMet(Lanes has, Lanes wants) {
  using Bytes = Vector<uint8_t, kBytes>;
  using SignedBytes = Vector<int8_t, kBytes>;
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
      levels_(memory),
      words_(terms.slot_count(), Word{}, memory) {
  genre_step_ += static_cast<float>(Weight(Feature::kGenres) / kMostInLane + 1);
  country_step_ += static_cast<float>(Weight(Feature::kCountry) / kMostInLane + 1);
  language_step_ += static_cast<float>(Weight(Feature::kLanguage) / kMostOfLanguage + 1);
  terms.ForEach([&](const TermTable::Entry& entry) {
    // No offer has the name of a production.
    if (entry.kind != TraitKind::kNoTrait || entry.is_declared) AddTerm(terms, entry, base);
  });
  constexpr int64_t kMostLevel = std::numeric_limits<uint8_t>::max();
  levels_.reserve(view.skills.size() + 1);
  levels_.push_back({.mark = 0, .level = kMostLevel});  // Everybody's.
  for (const SkillRow& skill : view.skills) {
    levels_.push_back(
        {.mark = OfferSketch::MarkOf(skill.skill),
         .level = static_cast<uint16_t>(std::clamp<int64_t>(skill.level, 0, kMostLevel))});
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
      added[kGenre] = Steps(Weight(Feature::kGenres) * worth / (worth + 1), genre_step_.number());
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
      added[kCountry] = Steps(Weight(Feature::kCountry) * share, country_step_.number());
      break;
    case TraitKind::kLanguage:
      added[kLanguage] = Steps(Weight(Feature::kLanguage) * share, language_step_.number());
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

template <size_t kBytes>
struct OfferBound::Lot {
  static constexpr size_t kLanes = LanesOf(kBytes);
  using Skills = decltype(OfferSketch::skills);

  std::array<Word, kLanes> gains;  // Of each offer.
  // What stands in each one's sketch from the levels on.
  std::array<FourLanes, kLanes> facts;
  std::array<Skills, kLanes> skills;
  std::array<uint32_t, kLanes> totals;
  bool knows_totals = true;
};

template <size_t kMostTerms>
[[gnu::always_inline]] inline OfferBound::Word OfferBound::GainOf(const OfferSketch& sketch) const {
  const auto* const words = reinterpret_cast<const std::byte*>(words_.data());
  Word gain{};
  for (size_t i = 0; i < kMostTerms; ++i) {
    gain += *reinterpret_cast<const Word*>(words + slots_[sketch.marks[i]]);
  }
  return gain;
}

// In the order of the skills that are wanted, a byte each.
template <size_t kBytes>
[[gnu::always_inline]] inline Vector<int32_t, kBytes> OfferBound::LevelsOf(
    const Lot<kBytes>& lot) const {
  using Shorts = Vector<uint16_t, kBytes>;
  using HalfBytes = Vector<uint8_t, kBytes / 2>;
  constexpr size_t kHalves = 2;
  std::array<Shorts, kHalves> marks, levels{};
  static_assert(sizeof(marks) == sizeof(lot.skills));
  std::memcpy(&marks, &lot.skills, sizeof(marks));
  for (const SkillLevel& known : levels_) {
    for (size_t half = 0; half < kHalves; ++half) {
      const Shorts is_known = reinterpret_cast<Shorts>(marks[half] == known.mark);
      Raise(levels[half], is_known & known.level);
    }
  }
  std::array<HalfBytes, kHalves> bytes;
  for (size_t half = 0; half < kHalves; ++half) {
    bytes[half] = __builtin_convertvector(levels[half], HalfBytes);
  }
  return std::bit_cast<Vector<int32_t, kBytes>>(bytes);
}

template <size_t kBytes, size_t kMostTerms>
[[gnu::always_inline]] inline OfferBound::Lot<kBytes> OfferBound::Gather(
    const OfferSketch* const* sketches) const {
  constexpr size_t kLanes = LanesOf(kBytes);
  Lot<kBytes> lot;
  for (size_t lane = 0; lane < kLanes; ++lane) {
    const OfferSketch& sketch = *sketches[lane];
    lot.gains[lane] = GainOf<kMostTerms>(sketch);
    std::memcpy(&lot.facts[lane], reinterpret_cast<const std::byte*>(&sketch) + kFacts,
                sizeof(lot.facts[lane]));
    lot.skills[lane] = sketch.skills;
    const OfferTotals::Inverse totals = totals_.InverseIn(sketch);
    lot.totals[lane] = totals.code;
    lot.knows_totals &= totals.is_known;
  }
  return lot;
}

template <size_t kBytes>
[[gnu::always_inline]] inline Vector<int32_t, kBytes> OfferBound::SumOf(
    const Lot<kBytes>& lot) const {
  using Lanes = Vector<int32_t, kBytes>;
  using FloatLanes = Vector<float, kBytes>;
  const auto totals = std::bit_cast<Lanes>(lot.totals);
  const auto gained = ByLanes<Lanes>(lot.gains, WidenedByLane<FourLanes, Word>);
  const auto [wanted_levels, ceilings, counts, flags] =
      ByLanes<Lanes>(lot.facts, ByLane<FourLanes>);
  const auto as_floats = [](Lanes lanes) __attribute__((always_inline)) {
    return __builtin_convertvector(lanes, FloatLanes);
  };
  // Half codes in the upper and in the lower bits.
  const auto upper = [](Lanes lanes) __attribute__((always_inline)) {
    return reinterpret_cast<FloatLanes>(lanes & ~0xffff);
  };
  const auto lower = [](Lanes lanes) __attribute__((always_inline)) {
    return reinterpret_cast<FloatLanes>(lanes << 16);
  };
  const auto floats = [](const Repeated<float>& number) __attribute__((always_inline)) {
    return number.template As<FloatLanes>();
  };
  const FloatLanes none{};
  const FloatLanes most = none + 1;

  FloatLanes bound = floats(constant_);
  bound += floats(skills_) * as_floats(LevelsMet<kBytes>(LevelsOf(lot), wanted_levels)) /
           as_floats(ByteOf(counts, 1));
  const FloatLanes ceiling = MostOf(lower(ceilings), none + kLeastUnits);
  const FloatLanes left = MostOf(1 - floats(half_rate_) / ceiling, none);
  const FloatLanes pay = floats(pay_);
  bound += (flags & compared_.template As<Lanes>()) != 0 ? pay * left : pay / 2;
  const FloatLanes pay_floor = floats(pay_floor_);
  const FloatLanes floor = LeastOf(floats(floor_share_) * ceiling, pay_floor);
  bound += (flags & kHasCeiling) == 0                               ? pay_floor / 2
           : ByteOf(flags, 0) == floor_currency_.template As<Lanes>() ? floor
                                                                      : none;
  bound += floats(genre_step_) * as_floats(gained[kGenre]) / as_floats(counts & 0xf);
  bound += floats(country_step_) * as_floats(gained[kCountry]) / as_floats(counts >> 4 & 0xf);
  const Lanes language = gained[kLanguage];
  bound += floats(language_step_) * as_floats(language & (kWished - 1));
  bound += (flags & kNoGenres) != 0 ? floats(no_genre_)
           : language >= kWished    ? floats(wished_genre_)
                                    : none;
  const Lanes companies = gained[kCompany];
  const FloatLanes company = as_floats(companies) * static_cast<float>(kCompanyStep);
  bound += floats(company_) *
           (companies >= kMostInLane ? most
                                     : company / (company + static_cast<float>(kMillionths)));
  const FloatLanes tags = as_floats(gained[kTag]) * static_cast<float>(2 * kTagStep);
  bound += floats(tags_) * LeastOf(tags * upper(totals), most);
  Lanes alike = gained[kAlike];
  for (size_t group = 1; group < kGroups; ++group) Raise(alike, gained[kAlike + group]);
  const FloatLanes similar = as_floats(alike) * static_cast<float>(kAlikeStep);
  bound += floats(similarity_) * LeastOf(similar * lower(totals), most);
  const FloatLanes all = most * static_cast<float>(kMillionths);
  return __builtin_convertvector((flags & kCrowded) != 0 ? all : bound, Lanes);
}

template <size_t kBytes, size_t kMostTerms>
[[gnu::always_inline]] inline bool OfferBound::AddSums(
    absl::Span<const OfferSketch* const> sketches, int32_t* bounds) const {
  using Lanes = Vector<int32_t, kBytes>;
  constexpr size_t kLanes = LanesOf(kBytes);
  size_t first = 0;
  bool know_totals = true;
  for (; first + kLanes <= sketches.size(); first += kLanes) {
    const Lot<kBytes> lot = Gather<kBytes, kMostTerms>(&sketches[first]);
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
  const Lot<kBytes> lot = Gather<kBytes, kMostTerms>(last.data());
  const Lanes sums = SumOf(lot);
  for (size_t at = first; at < sketches.size(); ++at) bounds[at] += sums[at - first];
  return know_totals && lot.knows_totals;
}

template <size_t kBytes>
[[gnu::always_inline]] inline bool OfferBound::AddBy(
    absl::Span<const OfferSketch* const> sketches, size_t most_terms, int32_t* bounds) const {
  if (most_terms <= 8) return AddSums<kBytes, 8>(sketches, bounds);
  if (most_terms <= 10) return AddSums<kBytes, 10>(sketches, bounds);
  return AddSums<kBytes, OfferSketch::kTerms>(sketches, bounds);
}

TROUPE_WITH_WIDE_VECTORS bool OfferBound::AddWide(absl::Span<const OfferSketch* const> sketches,
                                                  size_t most_terms, int32_t* bounds) const {
  return AddBy<kWideBytes>(sketches, most_terms, bounds);
}

bool OfferBound::AddTo(absl::Span<const OfferSketch* const> sketches, size_t most_terms,
                       int32_t* bounds) const {
  return HasWideVectors() ? AddWide(sketches, most_terms, bounds)
                          : AddBy<kNarrowBytes>(sketches, most_terms, bounds);
}

}  // namespace troupe
