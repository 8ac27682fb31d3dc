#ifndef TROUPE_MATCHER_INDEX_RANGE_ENDS_H_
#define TROUPE_MATCHER_INDEX_RANGE_ENDS_H_

#include <cstddef>
#include <cstdint>
#include <limits>

#include "matcher/base/prefetch.h"
#include "matcher/index/column.h"
#include "matcher/index/position_range.h"

namespace troupe {

// Where ranges of positions end that follow each other from position 0 on. They are
// added in order and do not change. Most are short, so that where one ends takes two
// bytes, counted from where its block of ranges begins; once a block outgrows that,
// it takes four for all. The empty ones before the first that is not take nothing,
// so that nothing at all is kept of a list that nobody has. Thread-compatible.
class RangeEnds {
 public:
  size_t size() const { return empty_ + ends_.size() + wide_ends_.size(); }

  PositionRange operator[](size_t range) const {
    if (range < empty_) return {0, 0};
    const size_t at = range - empty_;
    if (!wide_ends_.empty()) return {at == 0 ? 0 : wide_ends_[at - 1], wide_ends_[at]};
    const size_t first = block_firsts_[at / kBlockRanges];
    return {first + (at % kBlockRanges == 0 ? 0u : ends_[at - 1]), first + ends_[at]};
  }

  // Fetches what [range] reads.
  void Fetch(size_t range) const {
    if (range < empty_) return;
    if (!wide_ends_.empty()) return Prefetch(&wide_ends_[range - empty_]);
    Prefetch(&ends_[range - empty_]);
    Prefetch(&block_firsts_[(range - empty_) / kBlockRanges]);
  }

  // One from where the last ended to `end`, which is no less, and below 2^32.
  void Add(size_t end) {
    if (end == 0) {
      ++empty_;
      return;
    }
    if (wide_ends_.empty()) {
      if (ends_.size() % kBlockRanges == 0) block_firsts_.push_back(LastEnd());
      const size_t length = end - block_firsts_.back();
      if (length <= kMostShortEnd) return ends_.push_back(static_cast<uint16_t>(length));
      Widen();
    }
    wide_ends_.push_back(static_cast<uint32_t>(end));
  }

  // The flat columns it consists of, for writing and reading them as bytes.
  template <typename Visit>
  void ForEachColumn(Visit& visit) {
    visit(empty_);
    visit(block_firsts_);
    visit(ends_);
    visit(wide_ends_);
  }

 private:
  static constexpr size_t kBlockRanges = 64;
  static constexpr size_t kMostShortEnd = std::numeric_limits<uint16_t>::max();

  // While `wide_ends_` is empty.
  uint32_t LastEnd() const { return ends_.empty() ? 0 : block_firsts_.back() + ends_.back(); }

  void Widen() {
    wide_ends_.reserve(ends_.size() + 1);
    for (size_t at = 0; at < ends_.size(); ++at) {
      wide_ends_.push_back(block_firsts_[at / kBlockRanges] + ends_[at]);
    }
    ends_ = {};
    block_firsts_ = {};
  }

  uint32_t empty_ = 0;             // How many are empty at the beginning.
  Column<uint32_t> block_firsts_;  // Where each block begins.
  Column<uint16_t> ends_;          // Where each range ends, from there.
  Column<uint32_t> wide_ends_;     // Where each ends; or empty.
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_RANGE_ENDS_H_
