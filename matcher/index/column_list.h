#ifndef TROUPE_MATCHER_INDEX_COLUMN_LIST_H_
#define TROUPE_MATCHER_INDEX_COLUMN_LIST_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace troupe {

// A column whose cells are lists, laid end to end. Cells are added in order and
// do not change. Thread-compatible.
template <typename T>
class ColumnList {
 public:
  size_t size() const { return limits_.size(); }

  absl::Span<const T> operator[](size_t cell) const {
    const size_t first = cell == 0 ? 0 : limits_[cell - 1];
    return absl::Span<const T>(values_).subspan(first, limits_[cell] - first);
  }

  void Add(absl::Span<const T> cell) {
    values_.insert(values_.end(), cell.begin(), cell.end());
    limits_.push_back(static_cast<uint32_t>(values_.size()));
  }

  // The flat columns it consists of, for writing and reading them as bytes.
  template <typename Visit>
  void ForEachColumn(Visit& visit) {
    visit(limits_);
    visit(values_);
  }

 private:
  std::vector<uint32_t> limits_;  // Where each cell ends in `values_`.
  std::vector<T> values_;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_COLUMN_LIST_H_
