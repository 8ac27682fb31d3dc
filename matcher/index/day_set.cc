#include "matcher/index/day_set.h"

#include <algorithm>
#include <bit>

namespace troupe {
namespace {

// Calls `visit(word)` for each 64-bit piece of [from, to), lowest days first,
// with the piece's days in its low bits and its length.
template <typename Visit>
void ForEachPiece(const DayBits& bits, int32_t from, int32_t to, Visit visit) {
  for (int32_t at = from; at < to;) {
    const int32_t shift = at % 64;
    const int32_t length = std::min(64 - shift, to - at);
    uint64_t piece = bits[static_cast<size_t>(at / 64)] >> shift;
    if (length < 64) piece &= (uint64_t{1} << length) - 1;
    visit(piece, length);
    at += length;
  }
}

}  // namespace

DayBits BitsOf(absl::Span<const DaySpan> spans, Day base) {
  DayBits bits{};
  for (const DaySpan& span : spans) {
    const int32_t from = std::max(span.start - base, 0);
    const int32_t to = std::min(span.limit - base, kDayBits);
    for (int32_t at = from; at < to; ++at) {
      bits[static_cast<size_t>(at / 64)] |= uint64_t{1} << (at % 64);
    }
  }
  return bits;
}

int32_t DaySet::CountIn(DaySpan span) const {
  if (span.IsEmpty()) return 0;
  int32_t count = 0;
  if (BitsReach(span)) {
    ForEachPiece(*bits, span.start - base, span.limit - base,
                 [&](uint64_t piece, int32_t) { count += std::popcount(piece); });
    return count;
  }
  for (const DaySpan& set : spans) {
    if (set.Overlaps(span)) {
      count += std::min(set.limit, span.limit) - std::max(set.start, span.start);
    }
  }
  return count;
}

int32_t DaySet::LongestGapIn(DaySpan span) const {
  if (span.IsEmpty()) return 0;
  int32_t longest = 0;
  if (BitsReach(span)) {
    int32_t run = 0;
    ForEachPiece(*bits, span.start - base, span.limit - base,
                 [&](uint64_t piece, int32_t length) {
                   for (int32_t at = 0; at < length; ++at) {
                     run = (piece >> at) & 1 ? 0 : run + 1;
                     longest = std::max(longest, run);
                   }
                 });
    return longest;
  }
  Day free_from = span.start;
  for (const DaySpan& set : spans) {
    if (!set.Overlaps(span)) continue;
    longest = std::max(longest, set.start - free_from);
    free_from = std::max(free_from, set.limit);
  }
  return std::max(longest, span.limit - free_from);
}

}  // namespace troupe
