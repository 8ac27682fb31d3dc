#ifndef TROUPE_MATCHER_INDEX_OFFER_SKETCH_H_
#define TROUPE_MATCHER_INDEX_OFFER_SKETCH_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "matcher/base/term.h"
#include "matcher/index/demand.h"
#include "matcher/index/stamped_value.h"

namespace troupe {

// What a score looks at in an opening, in one cache line beside thousands of
// others: terms as marks of a few bits, so that unlike terms may look alike but
// like ones never unlike. Enough to say how much an opening scores at most, and
// whether it needs a closer look at all. Immutable, but for what it remembers.
struct alignas(64) OfferSketch {
  // A mark is never 0, which stands for no term.
  static constexpr size_t kMarks = 1 << 12;
  static uint16_t MarkOf(Term term) {
    const auto bits = static_cast<uint16_t>(term.value() >> 52);
    return bits == 0 ? uint16_t{1} : bits;
  }
  static constexpr size_t kTerms = 12;
  static constexpr size_t kSkills = 4;
  // A bit for each required language, credential and skill.
  static uint32_t NeedBit(Term term) { return uint32_t{1} << (term.value() >> 59); }

  // Flags.
  static constexpr uint8_t kCrowded = 1;      // More than there is room for: nothing is known.
  static constexpr uint8_t kHidden = 2;       // Not findable.
  static constexpr uint8_t kBlocksSome = 4;   // Organizations or people.
  static constexpr uint8_t kContiguous = 8;   // Asks for a run of days.
  static constexpr uint8_t kNoGenres = 16;
  static constexpr uint8_t kHasCeiling = 32;

  OfferSketch() = default;
  explicit OfferSketch(const Demand& demand);

  // How many marks there are, if all fit.
  size_t CountTerms() const {
    return static_cast<size_t>(std::find(marks.begin(), marks.end(), 0) - marks.begin());
  }

  uint32_t needs = 0;
  uint32_t people = 0;           // Demand::people.
  // InverseTotals by the stamp of a pool's rarities, kept here by whoever works
  // them out.
  StampedValue totals{kUnknownTotals};
  // Of genres, styles, tags, companies, countries and the language.
  std::array<uint16_t, kTerms> marks{};
  std::array<uint16_t, kSkills> skills{};  // 0: one that everybody has.
  // From here on, what bounds are made of without looking anything up: in four
  // times 32 bits, so that it is read at once.
  std::array<uint8_t, kSkills> levels{};  // By skill; the top bit: required.
  uint16_t ceiling = 0;          // HalfCode: no less than the units of the ceiling.
  PlaceIndex place = kNone;
  // How many genres and styles there are, 1 if none; and countries, likewise.
  uint8_t kinds : 4 = 1;
  uint8_t countries : 4 = 1;
  uint8_t wanted = 0;            // All levels, those of required skills twice; never 0.
  int8_t budget_octave = -1;
  uint8_t record_lines = 0;      // Cache lines of the record; 255: or more.
  uint8_t currency = 0;          // CurrencyBits of the ceiling.
  uint8_t flags = 0;
  uint16_t record = 0;           // Which piece of its block the record begins at.

  static constexpr uint8_t kRequired = 0x80;
  static uint8_t CurrencyBits(Term currency) {
    return static_cast<uint8_t>(currency.value() >> 32);
  }
  // The upper half of a float that is no less than `units`, and that float.
  static uint16_t HalfCode(int64_t units);
  static float HalfValue(uint16_t code) { return std::bit_cast<float>(uint32_t{code} << 16); }
  static uint16_t HalfCode(float value);

  // One by what all the traits of the opening weigh, and by what all its tags do:
  // a half code each, the tags' in the upper bits, so that what some of them weigh
  // becomes a share by a multiplication, no less than it is. 0 where there are none.
  static uint32_t InverseTotals(int64_t traits, int64_t tags);
  // Whatever is there may be all that there is.
  static constexpr uint32_t kUnknownTotals = 0x3f80'3f80;
};
static_assert(sizeof(OfferSketch) == 64);
static_assert(offsetof(OfferSketch, levels) == 48);

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_OFFER_SKETCH_H_
