#ifndef TROUPE_MATCHER_INDEX_OFFER_BLOCK_H_
#define TROUPE_MATCHER_INDEX_OFFER_BLOCK_H_

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "matcher/base/ids.h"
#include "matcher/base/term.h"
#include "matcher/index/demand.h"
#include "matcher/index/offer_record.h"
#include "matcher/index/offer_sketch.h"
#include "matcher/index/stamped_value.h"

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

// Some open openings in one role, sorted by OfferKey: as flat columns of 16 bits
// for a first test, which lets all pass that may be a match and little else; as
// sketches for a bound of the score; as records for the exact tests and the
// score. A block of a BlockList. Immutable, but for what it remembers; the
// demands outlive it.
class alignas(64) OfferBlock {
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

  template <typename Value>
  using Column = std::array<Value, kMostRows>;

  // By row.
  struct Columns {
    Column<int16_t> ceiling;   // UnitsCode; the most if there is none.
    Column<int16_t> currency;  // CurrencyMark; 0: no ceiling.
    Column<int16_t> accepts;   // AcceptBit.
    Column<int16_t> owner;     // OwnerMark.
    // Days since the epoch, held to 16 bits; kNoWindow as limit where there is
    // none.
    Column<uint16_t> window_start;
    Column<uint16_t> window_limit;
    Column<uint16_t> free_days;  // Days of the window to be free, kAllDays or kBlocks.
  };
  static constexpr uint16_t kNoWindow = 0xffff;
  static constexpr uint16_t kAllDays = 0xffff;
  static constexpr uint16_t kBlocks = 0;  // Several windows: nothing is known of their days.

  // Likewise, where anything of this is asked; unlimited where it is not.
  struct Casting {
    Column<int16_t> age_from, age_to, height_from, height_to;
  };

  explicit OfferBlock(std::vector<Row> rows);

  // Fetches what a first test reads, or begins with.
  void Fetch() const {
    __builtin_prefetch(this);
    for (const void* column : {static_cast<const void*>(&columns_.ceiling),
                               static_cast<const void*>(&columns_.currency),
                               static_cast<const void*>(&columns_.accepts),
                               static_cast<const void*>(&columns_.window_start),
                               static_cast<const void*>(&columns_.window_limit),
                               static_cast<const void*>(&columns_.free_days)}) {
      __builtin_prefetch(column);
      __builtin_prefetch(static_cast<const char*>(column) + 64);
    }
  }

  const std::vector<Row>& rows() const { return rows_; }
  const std::vector<Run>& runs() const { return runs_; }
  const Columns& columns() const { return columns_; }
  const Casting* casting() const { return casting_.get(); }  // Null: nothing is asked.
  // What a bound of the score reads.
  struct alignas(128) Promise {
    OfferSketch sketch;
    // By the stamp of a pool's rarities, kept here by whoever works them out:
    // what all the traits of the opening weigh, and what all its tags do.
    StampedValue traits;
    StampedValue tags;
  };
  const Promise& promise(uint32_t row) const { return promises_[row]; }
  const OfferSketch& sketch(uint32_t row) const { return promises_[row].sketch; }
  const OfferRecords& records() const { return records_; }  // By row.

  // Never falls as units rise.
  static int16_t UnitsCode(int64_t units);
  static int16_t CurrencyMark(Term currency) {
    return currency ? static_cast<int16_t>(currency.value() % 0x7fff + 1) : int16_t{0};
  }
  static int16_t OwnerMark(Term owner) { return static_cast<int16_t>(owner.value() & 0x7fff); }
  // Bits 0 to 3: a Gender is accepted; bit 7: trainees are.
  static constexpr int16_t kTrainees = 0x80;
  static int16_t AcceptBit(Gender gender) {
    return static_cast<int16_t>(1 << static_cast<unsigned>(gender));
  }

 private:
  void AddRow(const Demand& demand, size_t row);
  void AddCasting(const Demand& demand, size_t row);

  // Together at the beginning what is looked at of every block.
  std::vector<Run> runs_;
  std::unique_ptr<Casting> casting_;
  std::vector<Promise> promises_;  // By row.
  std::vector<Row> rows_;
  OfferRecords records_;
  alignas(64) Columns columns_;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_OFFER_BLOCK_H_
