#ifndef TROUPE_MATCHER_INDEX_COLUMN_LIST_H_
#define TROUPE_MATCHER_INDEX_COLUMN_LIST_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "absl/types/span.h"
#include "matcher/base/huge_pages.h"

namespace troupe {

// A column of values, which every question reads some of.
template <typename T>
using Column = std::vector<T, HugePageAllocator<T>>;

// A column whose cells are lists, laid end to end. Cells are added in order and
// do not change. Most cells are short, so that where one ends takes two bytes,
// counted from where its block of cells begins; once a block outgrows that, it
// takes four in the whole column. Thread-compatible.
template <typename T>
class ColumnList {
 public:
  size_t size() const { return ends_.size() + wide_ends_.size(); }

  absl::Span<const T> operator[](size_t cell) const {
    const size_t first = FirstOf(cell);
    return absl::Span<const T>(values_).subspan(first, EndOf(cell) - first);
  }

  void Add(absl::Span<const T> cell) {
    const size_t at = size();
    const size_t first = values_.size();
    values_.insert(values_.end(), cell.begin(), cell.end());
    if (wide_ends_.empty()) {
      if (at % kBlockCells == 0) block_firsts_.push_back(static_cast<uint32_t>(first));
      const size_t end = values_.size() - block_firsts_.back();
      if (end <= kMostShortEnd) return ends_.push_back(static_cast<uint16_t>(end));
      Widen();
    }
    wide_ends_.push_back(static_cast<uint32_t>(values_.size()));
  }

  // The flat columns it consists of, for writing and reading them as bytes.
  template <typename Visit>
  void ForEachColumn(Visit& visit) {
    visit(block_firsts_);
    visit(ends_);
    visit(wide_ends_);
    visit(values_);
  }

 private:
  static constexpr size_t kBlockCells = 64;
  static constexpr size_t kMostShortEnd = std::numeric_limits<uint16_t>::max();

  size_t FirstOf(size_t cell) const {
    if (!wide_ends_.empty()) return cell == 0 ? 0 : wide_ends_[cell - 1];
    return block_firsts_[cell / kBlockCells] + (cell % kBlockCells == 0 ? 0u : ends_[cell - 1]);
  }
  size_t EndOf(size_t cell) const {
    if (!wide_ends_.empty()) return wide_ends_[cell];
    return size_t{block_firsts_[cell / kBlockCells]} + ends_[cell];
  }

  void Widen() {
    wide_ends_.reserve(ends_.size() + 1);
    for (size_t cell = 0; cell < ends_.size(); ++cell) {
      wide_ends_.push_back(block_firsts_[cell / kBlockCells] + ends_[cell]);
    }
    ends_ = {};
    block_firsts_ = {};
  }

  Column<uint32_t> block_firsts_;  // Where each block begins in `values_`.
  Column<uint16_t> ends_;          // Where each cell ends, from there.
  Column<uint32_t> wide_ends_;     // Where each ends in `values_`; or empty.
  Column<T> values_;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_COLUMN_LIST_H_
