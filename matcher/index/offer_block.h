#ifndef TROUPE_MATCHER_INDEX_OFFER_BLOCK_H_
#define TROUPE_MATCHER_INDEX_OFFER_BLOCK_H_

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "matcher/base/huge_pages.h"
#include "matcher/base/ids.h"
#include "matcher/base/prefetch.h"
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
class OfferBlock {
 public:
  using Row = const Demand*;
  using Key = OfferKey;
  static constexpr size_t kMostRows = 256;
  using RowNumber = uint8_t;  // Of a row of a block.

  static OfferKey KeyOf(Row demand) { return {demand->scalars.place, demand->id()}; }

  // Rows [first, limit), all of which work at one place.
  struct Run {
    PlaceIndex place = kNone;
    uint32_t first = 0;
    uint32_t limit = 0;
  };
  // So many rows in turn, in flat columns: what is tested of them at a time.
  static constexpr size_t kStripRows = 16;
  struct alignas(64) Strip {
    template <typename Value>
    using Column = std::array<Value, kStripRows>;

    Column<int16_t> ceiling;   // UnitsCode; the most if there is none.
    Column<int16_t> accepts;   // AcceptBit, and the CurrencyMark of the ceiling.
    // Days since the epoch, held to 16 bits; kNoWindow as limit where there is
    // none. A window that is longer than kLongestWindow begins later here.
    Column<uint16_t> window_start;
    Column<uint16_t> window_limit;
    Column<int16_t> free_days;  // Days of the window to be free, kAllDays or kBlocks.
    Column<uint16_t> needs;     // NeedsCode.
  };
  static constexpr uint16_t kNoWindow = 0xffff;
  static constexpr int16_t kAllDays = 0x7fff;
  static constexpr int16_t kBlocks = 0;  // Several windows: nothing is known of their days.
  static constexpr int32_t kLongestWindow = 0x3fff;

  // Likewise, where anything of this is asked; unlimited where it is not.
  struct CastingStrip {
    Strip::Column<int16_t> age_from, age_to, height_from, height_to;
  };
  // Whose they are, as OwnerMark.
  using OwnerStrip = Strip::Column<int16_t>;

  explicit OfferBlock(std::vector<Row> rows);

  OfferBlock(const OfferBlock&) = delete;
  OfferBlock& operator=(const OfferBlock&) = delete;

  // Fetches what is read before any row, in two steps: where its parts are, and,
  // which reads that, its runs.
  void FetchHead() const {
    const auto* const begin = reinterpret_cast<const std::byte*>(this);
    for (size_t at = 0; at < sizeof(OfferBlock); at += kLine) Prefetch(begin + at);
    Prefetch(begin + sizeof(OfferBlock) - 1);
  }
  void FetchRuns() const { Prefetch(runs_.data()); }

  // Fetches what a first test of rows [first, limit) reads.
  void Fetch(uint32_t first, uint32_t limit) const {
    FetchLines(&StripOf(first), &StripOf(limit - 1) + 1);
    if (!casting_.empty()) FetchLines(CastingOf(first), CastingOf(limit - 1) + 1);
  }

  const std::vector<Row>& rows() const { return rows_; }
  const std::vector<Run>& runs() const { return runs_; }
  // Those of one row and of others around it.
  const Strip& StripOf(size_t row) const { return strips_[row / kStripRows]; }
  const CastingStrip* CastingOf(size_t row) const {  // Null: nothing is asked.
    return casting_.empty() ? nullptr : &casting_[row / kStripRows];
  }
  const OwnerStrip& OwnersOf(size_t row) const { return owners_[row / kStripRows]; }
  // What a bound of the score reads.
  const OfferSketch* sketches() const { return sketches_; }  // By row.
  const OfferSketch& sketch(uint32_t row) const { return sketches_[row]; }
  size_t most_terms() const { return most_terms_; }  // Of any sketch.
  const OfferRecord& record(uint32_t row) const {
    return *reinterpret_cast<const OfferRecord*>(RecordAt(row));
  }

  // Reads the sketch.
  void FetchRecord(uint32_t row) const {
    const std::byte* const begin = RecordAt(row);
    for (size_t line = 0; line < sketches_[row].record_lines; ++line) {
      Prefetch(begin + line * kLine);
    }
  }

  // Never falls as units rise.
  static int16_t UnitsCode(int64_t units);
  // In bits 0 to 7; 0 for none.
  static constexpr int16_t kCurrencyBits = 0xff;
  static int16_t CurrencyMark(Term currency) {
    return currency ? static_cast<int16_t>(currency.value() % kCurrencyBits + 1) : int16_t{0};
  }
  static int16_t OwnerMark(Term owner) { return static_cast<int16_t>(owner.value() & 0x7fff); }
  // Half as many bits for a sketch's needs, or for what a person has of them.
  static uint16_t NeedsCode(uint32_t needs) {
    return static_cast<uint16_t>(needs | needs >> 16);
  }
  // Bits 8 to 11: a Gender is accepted; bit 14: trainees are.
  static constexpr int16_t kTrainees = 0x4000;
  static int16_t AcceptBit(Gender gender) {
    return static_cast<int16_t>(0x100 << static_cast<unsigned>(gender));
  }

 private:
  static constexpr size_t kLine = 64;

  template <typename Value>
  static void FetchLines(const Value* begin, const Value* end) {
    for (const auto* at = reinterpret_cast<const std::byte*>(begin);
         at < reinterpret_cast<const std::byte*>(end); at += kLine) {
      Prefetch(at);
    }
  }

  void AddRow(const Demand& demand, size_t row);
  void AddCasting(const Demand& demand, size_t row);
  size_t AddRecord(const Demand& demand, size_t row, size_t piece);

  // Where each part of the memory begins, in bytes, and what all of it takes; and
  // of how many bytes the pieces are that records take some of.
  struct Layout {
    explicit Layout(const std::vector<Row>& rows);

    size_t strips = 0, sketches = 0, records = 0, size = 0;
    size_t piece = kLine;
  };
  OfferBlock(std::vector<Row>&& rows, const Layout& layout);

  template <typename Value>
  Value* At(size_t offset) const {
    return reinterpret_cast<Value*>(memory_.bytes().data() + offset);
  }
  const std::byte* RecordAt(uint32_t row) const {
    return records_ + sketches_[row].record * piece_;
  }

  std::vector<Run> runs_;
  std::vector<CastingStrip> casting_;
  std::vector<OwnerStrip> owners_;
  std::vector<Row> rows_;
  HugePages memory_;  // Of what follows.
  Strip* strips_;
  OfferSketch* sketches_;  // By row.
  std::byte* records_;  // One after the other.
  size_t piece_;        // Bytes.
  size_t most_terms_ = 0;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_OFFER_BLOCK_H_
