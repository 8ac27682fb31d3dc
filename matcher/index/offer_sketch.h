#ifndef TROUPE_MATCHER_INDEX_OFFER_SKETCH_H_
#define TROUPE_MATCHER_INDEX_OFFER_SKETCH_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "matcher/base/term.h"
#include "matcher/index/demand.h"

namespace troupe {

// What a score looks at in an opening, in one cache line beside thousands of
// others: terms as marks of a few bits, so that unlike terms may look alike but
// like ones never unlike. Enough to say how much an opening scores at most, and
// whether it needs a closer look at all.
struct alignas(64) OfferSketch {
  // A mark is never 0, which stands for no term.
  static constexpr size_t kMarks = 1 << 12;
  static uint16_t MarkOf(Term term) {
    const auto bits = static_cast<uint16_t>(term.value() >> 52);
    return bits == 0 ? uint16_t{1} : bits;
  }
  static constexpr size_t kTerms = 14;
  static constexpr size_t kSkills = 4;
  // An amount that is not stated, or too large.
  static constexpr int32_t kMostUnits = 2'000'000'000;
  static int32_t Units(int64_t units) {
    return static_cast<int32_t>(units < kMostUnits ? units : kMostUnits);
  }
  // A bit for each required language, credential and skill.
  static uint64_t NeedBit(Term term) { return uint64_t{1} << (term.value() >> 58); }

  // Flags.
  static constexpr uint8_t kCrowded = 1;      // More than there is room for: nothing is known.
  static constexpr uint8_t kHidden = 2;       // Not findable.
  static constexpr uint8_t kBlocksSome = 4;   // Organizations or people.
  static constexpr uint8_t kContiguous = 8;   // Asks for a run of days.
  static constexpr uint8_t kNoGenres = 16;
  static constexpr uint8_t kHasCeiling = 32;

  OfferSketch() = default;
  explicit OfferSketch(const Demand& demand);

  uint64_t needs = 0;
  uint32_t people = 0;           // Demand::people.
  int32_t ceiling = kMostUnits;
  // Of genres, styles, tags, companies, countries and the language.
  std::array<uint16_t, kTerms> marks{};
  std::array<uint16_t, kSkills> skills{};
  std::array<uint8_t, kSkills> levels{};  // By skill; the top bit: required.
  PlaceIndex place = kNone;
  uint8_t kinds = 0;             // Genres and styles: how many.
  uint8_t countries = 0;         // How many.
  uint8_t wanted = 0;            // All levels, those of required skills twice.
  int8_t budget_octave = -1;
  uint8_t currency = 0;          // CurrencyBits of the ceiling.
  uint8_t flags = 0;

  static constexpr uint8_t kRequired = 0x80;
  static uint8_t CurrencyBits(Term currency) {
    return static_cast<uint8_t>(currency.value() >> 32);
  }
};
static_assert(sizeof(OfferSketch) == 64);

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_OFFER_SKETCH_H_
