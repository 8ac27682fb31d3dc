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

// Some days of a person's calendar: spans, which are the truth, and bits, which
// answer faster where they reach. A view; it owns nothing.
struct DaySet {
  absl::Span<const DaySpan> spans;  // Sorted, disjoint, not touching.
  const DayBits* bits = nullptr;    // Of `spans`, from `base` on; may be null.
  Day base;

  // How many days of `span` are in the set. O(words), or O(spans) outside the
  // reach of the bits.
  int32_t CountIn(DaySpan span) const;

  // The longest run of days of `span` that are not in the set.
  int32_t LongestGapIn(DaySpan span) const;

 private:
  bool BitsReach(DaySpan span) const {
    return bits != nullptr && base <= span.start && span.limit <= base + kDayBits;
  }
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_DAY_SET_H_
