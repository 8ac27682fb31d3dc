#ifndef TROUPE_MATCHER_INDEX_STAMPED_VALUES_H_
#define TROUPE_MATCHER_INDEX_STAMPED_VALUES_H_

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>

namespace troupe {

// Numbers worked out once each for as long as what they follow from, which has
// a stamp, stays as it is. For what outlives that, such as a block that several
// pools share. Values above kMost are held as kMost. Lock-free; thread-safe.
class StampedValues {
 public:
  static constexpr int64_t kMost = std::numeric_limits<uint32_t>::max();

  explicit StampedValues(size_t size)
      : packed_(std::make_unique<std::atomic<uint64_t>[]>(size)) {}

  // The value at `at` as of `stamp`, which is not 0; `work_out()`, not negative,
  // gives it if it is not known. Stamp and value are one word, so that a reader
  // of another stamp never sees half of each.
  template <typename WorkOut>
  int64_t Of(size_t at, uint32_t stamp, WorkOut work_out) const {
    const uint64_t there = packed_[at].load(std::memory_order_relaxed);
    if (there >> 32 == stamp) return static_cast<int64_t>(there & 0xffffffff);
    const int64_t value = std::min<int64_t>(work_out(), kMost);
    packed_[at].store(uint64_t{stamp} << 32 | static_cast<uint64_t>(value),
                      std::memory_order_relaxed);
    return value;
  }

 private:
  std::unique_ptr<std::atomic<uint64_t>[]> packed_;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_STAMPED_VALUES_H_
