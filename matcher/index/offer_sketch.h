#ifndef TROUPE_MATCHER_INDEX_OFFER_SKETCH_H_
#define TROUPE_MATCHER_INDEX_OFFER_SKETCH_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "matcher/base/term.h"
#include "matcher/index/demand.h"

namespace troupe {

// What a score looks at in an opening, small enough to stand beside thousands
// of others: terms as marks of a few bits, so that unlike terms may look alike
// but like ones never unlike. Enough to say how much an opening scores at most.
struct OfferSketch {
  static constexpr size_t kMarks = 1 << 12;
  static uint16_t MarkOf(Term term) { return static_cast<uint16_t>(term.value() >> 52); }

  // More terms than there is room for: nothing is known of them.
  static constexpr uint8_t kTooMany = 0xff;

  template <size_t kRoom>
  struct Marks {
    uint8_t count = 0;  // Or kTooMany.
    std::array<uint16_t, kRoom> marks{};

    explicit Marks(const std::vector<Term>& terms) {
      for (Term term : terms) Add(term);
    }
    void Add(Term term) {
      if (count >= kRoom) {
        count = kTooMany;
      } else {
        marks[count++] = MarkOf(term);
      }
    }
    bool IsKnown() const { return count != kTooMany; }
    const uint16_t* begin() const { return marks.data(); }
    const uint16_t* end() const { return marks.data() + (IsKnown() ? count : 0); }
  };

  explicit OfferSketch(const Demand& demand);

  Marks<6> genres;
  Marks<4> styles;
  Marks<8> tags;
  Marks<6> companies;
  Marks<4> countries;
  Marks<8> skills;
  std::array<uint8_t, 8> levels{};    // By skill.
  std::array<uint8_t, 8> weights{};  // By skill: 2 if required, else 1.
  uint16_t language = 0;
  uint8_t has_language = 0;
  int8_t budget_octave = -1;
  uint8_t has_people = 0;  // Somebody is attached.
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_OFFER_SKETCH_H_
