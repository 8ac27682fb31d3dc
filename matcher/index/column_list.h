#ifndef TROUPE_MATCHER_INDEX_COLUMN_LIST_H_
#define TROUPE_MATCHER_INDEX_COLUMN_LIST_H_

#include <cstddef>

#include "absl/types/span.h"
#include "matcher/index/column.h"
#include "matcher/index/range_ends.h"

namespace troupe {

// A column whose cells are lists, laid end to end. Cells are added in order and
// do not change. Thread-compatible.
template <typename T>
class ColumnList {
 public:
  size_t size() const { return ends_.size(); }

  absl::Span<const T> operator[](size_t cell) const {
    const PositionRange range = ends_[cell];
    return absl::Span<const T>(values_).subspan(range.first, range.limit - range.first);
  }

  // Fetches where the cell lies, which is what [cell] reads.
  void Fetch(size_t cell) const { ends_.Fetch(cell); }

  void Add(absl::Span<const T> cell) {
    values_.insert(values_.end(), cell.begin(), cell.end());
    ends_.Add(values_.size());
  }

  // The flat columns it consists of, for writing and reading them as bytes.
  template <typename Visit>
  void ForEachColumn(Visit& visit) {
    ends_.ForEachColumn(visit);
    visit(values_);
  }

 private:
  RangeEnds ends_;  // Of the cells, in `values_`.
  Column<T> values_;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_COLUMN_LIST_H_
