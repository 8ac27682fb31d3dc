#ifndef TROUPE_MATCHER_INDEX_OFFER_BLOCK_H_
#define TROUPE_MATCHER_INDEX_OFFER_BLOCK_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "matcher/base/ids.h"
#include "matcher/base/term.h"
#include "matcher/index/demand.h"
#include "matcher/index/offer_sketch.h"
#include "matcher/index/stamped_values.h"

namespace troupe {

// Where an opening stands among the offers in its role: by place, so that
// whoever does not come there skips many at once.
struct OfferKey {
  PlaceIndex place = kNone;
  OpeningId id;

  friend constexpr auto operator<=>(const OfferKey&, const OfferKey&) = default;
};

// True if the opening is among the offers of a pool: open, and not filled. The
// day on which its window ends is the question's affair.
bool IsOpenOffer(const Demand& demand);

// Some open openings in one role, sorted by OfferKey, as flat columns for a
// first test: what a column says no to is no match, what all say yes to may be
// one; and what a score looks at, for a second. A block of a BlockList. Immutable,
// but for what it remembers; the demands outlive it.
class OfferBlock {
 public:
  using Row = const Demand*;
  using Key = OfferKey;
  static constexpr size_t kMostRows = 256;

  static OfferKey KeyOf(Row demand) { return {demand->scalars.place, demand->id()}; }

  // Rows [first, limit), all of which work at one place.
  struct Run {
    PlaceIndex place = kNone;
    uint32_t first = 0;
    uint32_t limit = 0;
  };

  // A column each, by row.
  struct Columns {
    std::vector<PlaceIndex> place;
    // Whole units, at most kMostUnits; that if there is no ceiling.
    std::vector<int32_t> ceiling;
    std::vector<uint32_t> currency;  // CurrencyMark; 0: no ceiling.
    // A bit, by NeedBit, for each required language, credential and skill.
    std::vector<uint64_t> needs;
    // Days since the epoch, as far apart as can be where there is no window.
    std::vector<int32_t> window_start;
    std::vector<int32_t> window_limit;
    std::vector<int32_t> free_days;  // Days of the window to be free; -1: all.
    std::vector<uint8_t> accepts;    // AcceptBit.
    // Likewise unlimited where nothing is asked.
    std::vector<int16_t> age_from, age_to, height_from, height_to;
  };

  explicit OfferBlock(std::vector<Row> rows);

  const std::vector<Row>& rows() const { return rows_; }
  const std::vector<Run>& runs() const { return runs_; }
  const Columns& columns() const { return columns_; }
  // By row: for a bound of the score.
  const std::vector<OfferSketch>& sketches() const { return sketches_; }
  // By row, and by the stamp of a pool's rarities: what all the traits of an
  // opening weigh, and all its tags, kept here by whoever works them out.
  const StampedValues& trait_totals() const { return trait_totals_; }
  const StampedValues& tag_totals() const { return tag_totals_; }

  static constexpr int32_t kMostUnits = 2'000'000'000;
  static int32_t Units(int64_t units) {
    return static_cast<int32_t>(units < kMostUnits ? units : kMostUnits);
  }
  static uint32_t CurrencyMark(Term currency) {
    return currency ? static_cast<uint32_t>(currency.value()) | 1u : 0;
  }
  static uint64_t NeedBit(Term term) { return uint64_t{1} << (term.value() >> 58); }
  // Bits 0 to 3: a Gender is accepted; bit 7: trainees are.
  static constexpr uint8_t kTrainees = 0x80;
  static uint8_t AcceptBit(Gender gender) {
    return static_cast<uint8_t>(1u << static_cast<unsigned>(gender));
  }

 private:
  void AddRow(const Demand& demand);

  std::vector<Row> rows_;
  std::vector<Run> runs_;
  Columns columns_;
  std::vector<OfferSketch> sketches_;
  StampedValues trait_totals_;
  StampedValues tag_totals_;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_OFFER_BLOCK_H_
