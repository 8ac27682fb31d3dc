#include "matcher/index/offer_block.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <memory>
#include <new>
#include <utility>

#include "matcher/domain/opening.h"

namespace troupe {
namespace {

constexpr int16_t kLeast = std::numeric_limits<int16_t>::min();
constexpr int16_t kMost = std::numeric_limits<int16_t>::max();

// The last that is not kNoWindow: the year 2149.
uint16_t DayCode(int32_t day) { return static_cast<uint16_t>(std::clamp(day, 0, 0xfffe)); }

int16_t FewDays(int32_t days) { return static_cast<int16_t>(std::clamp(days, 0, 0x7ffe)); }

// How many pieces of so many bytes its record takes.
size_t PiecesOf(const Demand& demand, size_t piece) {
  return (OfferRecord::SizeOf(demand) + piece - 1) / piece;
}

size_t StripsFor(size_t rows) {
  return (rows + OfferBlock::kStripRows - 1) / OfferBlock::kStripRows;
}

}  // namespace

bool IsOpenOffer(const Demand& demand) {
  return demand.scalars.state == static_cast<uint8_t>(Opening::State::kOpen) &&
         demand.scalars.open_seats > 0 && demand.scalars.role != kNone;
}

// How long the number is, and the ten bits behind its first.
int16_t OfferBlock::UnitsCode(int64_t units) {
  constexpr int kBits = 10;
  constexpr int kLongest = 31;
  if (units <= 0) return 0;
  const int length = static_cast<int>(std::bit_width(static_cast<uint64_t>(units)));
  if (length > kLongest) return kMost;
  const int64_t scaled = length > kBits ? units >> (length - 1 - kBits)
                                        : units << (kBits + 1 - length);
  return static_cast<int16_t>((length << kBits) | (scaled & ((1 << kBits) - 1)));
}

OfferBlock::Layout::Layout(const std::vector<Row>& rows) {
  sketches = strips + StripsFor(rows.size()) * sizeof(Strip);
  records = sketches + rows.size() * sizeof(OfferSketch);
  // As many pieces as sketches can tell apart: of a line, unless records are huge.
  constexpr size_t kMostPieces = std::numeric_limits<decltype(OfferSketch::record)>::max();
  size_t pieces = 0;
  const auto count = [&] {
    pieces = 0;
    for (const Row& row : rows) pieces += PiecesOf(*row, piece);
  };
  for (count(); pieces > kMostPieces; count()) piece *= 2;
  size = records + pieces * piece;
}

OfferBlock::OfferBlock(std::vector<Row> rows) : OfferBlock(std::move(rows), Layout(rows)) {}

OfferBlock::OfferBlock(std::vector<Row>&& rows, const Layout& layout)
    : rows_(std::move(rows)),
      memory_(layout.size),
      strips_(At<Strip>(layout.strips)),
      sketches_(At<OfferSketch>(layout.sketches)),
      records_(At<std::byte>(layout.records)),
      piece_(layout.piece) {
  std::uninitialized_value_construct_n(strips_, StripsFor(rows_.size()));
  owners_.resize(StripsFor(rows_.size()));
  size_t piece = 0;
  for (uint32_t row = 0; row < rows_.size(); ++row) {
    const PlaceIndex place = rows_[row]->scalars.place;
    if (runs_.empty() || runs_.back().place != place) runs_.push_back({place, row, row});
    runs_.back().limit = row + 1;
    piece += AddRecord(*rows_[row], row, piece);
    AddRow(*rows_[row], row);
  }
}

// Returns how many pieces the record takes.
size_t OfferBlock::AddRecord(const Demand& demand, size_t row, size_t piece) {
  OfferSketch& sketch = *new (&sketches_[row]) OfferSketch(demand);
  sketch.record = static_cast<uint16_t>(piece);
  sketch.record_lines = static_cast<uint8_t>(std::min<size_t>(PiecesOf(demand, kLine), 255));
  most_terms_ = std::max(most_terms_, sketch.CountTerms());
  OfferRecord::Write(demand, records_ + piece * piece_);
  return PiecesOf(demand, piece_);
}

void OfferBlock::AddRow(const Demand& demand, size_t row) {
  const DemandScalars& scalars = demand.scalars;
  Strip& strip = strips_[row / kStripRows];
  const size_t at = row % kStripRows;
  const bool has_ceiling = scalars.ceiling.IsStated();
  strip.ceiling[at] = has_ceiling ? UnitsCode(scalars.ceiling.units) : kMost;
  strip.needs[at] = NeedsCode(sketches_[row].needs);
  owners_[row / kStripRows][at] = OwnerMark(scalars.owner);
  // Who states no gender is none of those asked for.
  const int genders = scalars.genders == 0 ? 0x0f : scalars.genders & 0x0e;
  const int currency = has_ceiling ? CurrencyMark(scalars.ceiling.currency) : 0;
  strip.accepts[at] = static_cast<int16_t>(
      genders << 8 | (scalars.trainees_allowed ? kTrainees : 0) | currency);
  const bool has_window = demand.HasWindow();
  strip.window_start[at] = DayCode(
      has_window ? std::max(scalars.window_start, scalars.window_limit - kLongestWindow) : 0);
  strip.window_limit[at] = has_window ? DayCode(scalars.window_limit) : kNoWindow;
  const bool all_days = scalars.window_rule == static_cast<uint8_t>(Window::Rule::kAllDays);
  strip.free_days[at] = all_days || !has_window ? kAllDays : FewDays(scalars.window_days);
  AddCasting(demand, row);
}

void OfferBlock::AddCasting(const Demand& demand, size_t row) {
  const DemandScalars& scalars = demand.scalars;
  const bool asks_age = scalars.playing_age_from != kNone;
  const bool asks_height = scalars.height_from != kNone;
  if (!asks_age && !asks_height) return;
  if (casting_.empty()) {
    CastingStrip anybody;
    anybody.age_from.fill(kLeast);
    anybody.age_to.fill(kMost);
    anybody.height_from.fill(kLeast);
    anybody.height_to.fill(kMost);
    casting_.resize(StripsFor(rows_.size()), anybody);
  }
  CastingStrip& strip = casting_[row / kStripRows];
  const size_t at = row % kStripRows;
  if (asks_age) {
    strip.age_from[at] = scalars.playing_age_from;
    strip.age_to[at] = scalars.playing_age_to;
  }
  if (asks_height) {
    strip.height_from[at] = scalars.height_from;
    strip.height_to[at] = scalars.height_to;
  }
}

}  // namespace troupe
