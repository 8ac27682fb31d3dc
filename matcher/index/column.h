#ifndef TROUPE_MATCHER_INDEX_COLUMN_H_
#define TROUPE_MATCHER_INDEX_COLUMN_H_

#include <vector>

#include "matcher/base/huge_pages.h"

namespace troupe {

// A column of values, which every question reads some of.
template <typename T>
using Column = std::vector<T, HugePageAllocator<T>>;

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_COLUMN_H_
