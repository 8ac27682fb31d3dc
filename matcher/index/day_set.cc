#include "matcher/index/day_set.h"

#include <algorithm>

namespace troupe {
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
  for (const DaySpan& set : spans) {
    if (span.limit <= set.start) break;
    if (set.Overlaps(span)) {
      count += std::min(set.limit, span.limit) - std::max(set.start, span.start);
    }
  }
  return count;
}

int32_t DaySet::LongestGapIn(DaySpan span) const {
  if (span.IsEmpty()) return 0;
  int32_t longest = 0;
  Day free_from = span.start;
  for (const DaySpan& set : spans) {
    if (span.limit <= set.start) break;
    if (!set.Overlaps(span)) continue;
    longest = std::max(longest, set.start - free_from);
    free_from = std::max(free_from, set.limit);
  }
  return std::max(longest, span.limit - free_from);
}

}  // namespace troupe
