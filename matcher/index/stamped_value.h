#ifndef TROUPE_MATCHER_INDEX_STAMPED_VALUE_H_
#define TROUPE_MATCHER_INDEX_STAMPED_VALUE_H_

#include <atomic>
#include <cstdint>
#include <limits>

namespace troupe {

// A number worked out once for as long as what it follows from, which has a
// stamp, stays as it is. For what outlives that, such as a block that several
// pools share. Lock-free; thread-safe.
class StampedValue {
 public:
  static constexpr int64_t kMost = std::numeric_limits<uint32_t>::max();

  StampedValue() = default;
  // Holds `value` as of stamp 0, which nothing that may be kept has.
  explicit StampedValue(uint32_t value) : packed_(value) {}

  bool IsKnown(uint32_t stamp) const {
    return packed_.load(std::memory_order_relaxed) >> 32 == stamp;
  }

  // The value if it is known as of `stamp`; else -1.
  int64_t Known(uint32_t stamp) const {
    const uint64_t there = packed_.load(std::memory_order_relaxed);
    return there >> 32 == stamp ? static_cast<int64_t>(there & 0xffffffff) : -1;
  }

  // Holds `value`, not negative, as of `stamp`, unless it is too large to hold.
  // Stamp and value are one word, so that a reader of another stamp never sees
  // half of each.
  void Keep(uint32_t stamp, int64_t value) const {
    if (value > kMost) return;
    packed_.store(uint64_t{stamp} << 32 | static_cast<uint64_t>(value), std::memory_order_relaxed);
  }

 private:
  mutable std::atomic<uint64_t> packed_{0};
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_STAMPED_VALUE_H_
