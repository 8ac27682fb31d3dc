#ifndef TROUPE_MATCHER_INDEX_SPREAD_DIRECTORY_H_
#define TROUPE_MATCHER_INDEX_SPREAD_DIRECTORY_H_

#include <bit>
#include <cstddef>
#include <cstdint>

#include "matcher/index/position_range.h"

namespace troupe {

// Where numbers lie in a sorted list of them that are spread over their range, as
// hashes are, but in clumps: how many there are below each of some steps of the
// range. `Positions` is a vector, which grows with the list, or an array.
template <typename Positions>
class SpreadDirectory {
 public:
  // Of `count` numbers, of which `number_at(i)` is the i-th. O(count).
  template <typename NumberAt>
  void Fill(size_t count, NumberAt number_at) {
    if constexpr (requires { positions_.resize(count); }) {
      positions_.resize(kStepsToNumber * std::bit_ceil(count));
    }
    count_ = static_cast<uint32_t>(count);
    if (count == 0) return;
    first_ = number_at(0);
    const auto bits = static_cast<int>(std::bit_width(number_at(count - 1) - first_));
    const auto step_bits = static_cast<int>(std::bit_width(positions_.size())) - 1;
    shift_ = static_cast<uint8_t>(bits > step_bits ? bits - step_bits : 0);
    size_t at = 0;
    for (size_t step = 0; step < positions_.size(); ++step) {
      while (at < count && StepOf(number_at(at)) < step) ++at;
      positions_[step] = static_cast<typename Positions::value_type>(at);
    }
  }

  size_t count() const { return count_; }

  // Numbers before `first` are below `number`, those from `limit` on above it.
  PositionRange Around(uint64_t number) const {
    if (count_ == 0 || number < first_) return {0, 0};
    const uint64_t step = StepOf(number);
    if (step >= positions_.size()) return {count_, count_};
    const uint64_t next = step + 1;
    return {positions_[step], next < positions_.size() ? positions_[next] : count_};
  }

 private:
  static constexpr size_t kStepsToNumber = 4;

  uint64_t StepOf(uint64_t number) const { return (number - first_) >> shift_; }

  uint64_t first_ = 0;
  Positions positions_{};
  uint32_t count_ = 0;
  uint8_t shift_ = 0;
};

// The same for a list of which nothing is known but how long it is.
class WholeRange {
 public:
  template <typename NumberAt>
  void Fill(size_t count, NumberAt) {
    count_ = count;
  }
  size_t count() const { return count_; }
  PositionRange Around(uint64_t) const { return {0, count_}; }

 private:
  size_t count_ = 0;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_SPREAD_DIRECTORY_H_
