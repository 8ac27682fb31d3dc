#ifndef TROUPE_MATCHER_INDEX_DAY_SET_H_
#define TROUPE_MATCHER_INDEX_DAY_SET_H_

#include <array>
#include <cstdint>

#include "absl/types/span.h"
#include "matcher/base/day.h"

namespace troupe {

// A bit a day from some base day on: the searchable 400 days and as many more
// as the base may lag behind today.
inline constexpr int32_t kDayBits = 512;
using DayBits = std::array<uint64_t, kDayBits / 64>;

// The bits of `spans` from `base` on; days outside are left out.
DayBits BitsOf(absl::Span<const DaySpan> spans, Day base);

// Some days of a person's calendar. A view; it owns nothing.
struct DaySet {
  absl::Span<const DaySpan> spans;  // Sorted, disjoint, not touching.

  // How many days of `span` are in the set. O(spans up to its end): calendars
  // have few.
  int32_t CountIn(DaySpan span) const;

  // The longest run of days of `span` that are not in the set.
  int32_t LongestGapIn(DaySpan span) const;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_DAY_SET_H_
