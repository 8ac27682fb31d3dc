#ifndef TROUPE_MATCHER_INDEX_POSITION_RANGE_H_
#define TROUPE_MATCHER_INDEX_POSITION_RANGE_H_

#include <cstddef>

namespace troupe {

// Positions [first, limit) of a list.
struct PositionRange {
  size_t first = 0;
  size_t limit = 0;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_POSITION_RANGE_H_
