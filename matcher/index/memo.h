#ifndef TROUPE_MATCHER_INDEX_MEMO_H_
#define TROUPE_MATCHER_INDEX_MEMO_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>

#include "matcher/base/prefetch.h"

namespace troupe {

// Values that were worked out once, by a 64-bit key that is well spread, for as
// long as what they follow from stays as it is. It forgets nothing and, once
// full, takes nothing more. No value is the least int64_t. Takes memory from the
// first question on. Lock-free; thread-safe.
class Memo {
 public:
  Memo() = default;
  Memo(const Memo&) = delete;
  Memo& operator=(const Memo&) = delete;
  ~Memo() { delete[] slots_.load(std::memory_order_relaxed); }

  // Tells this memo from every other one (of the last four billion); not 0.
  uint32_t stamp() const { return stamp_; }

  // Fetches what Of(key) reads first.
  void Fetch(uint64_t key) const {
    const Slot* const slots = slots_.load(std::memory_order_relaxed);
    if (slots != nullptr) Prefetch(&slots[key & (kSlots - 1)]);
  }

  // The value of `key`; `work_out()` gives it if it is not known yet. Threads
  // that ask at once may each work it out: to the same value.
  template <typename WorkOut>
  int64_t Of(uint64_t key, WorkOut work_out) {
    if (key == 0) return work_out();
    Slot* const slots = Slots();
    size_t at = key & (kSlots - 1);
    for (size_t probes = 0; probes < kMostProbes; ++probes, at = (at + 1) & (kSlots - 1)) {
      Slot& slot = slots[at];
      const uint64_t there = slot.key.load(std::memory_order_acquire);
      if (there == key) return ValueIn(slot, work_out);
      if (there != 0) continue;
      uint64_t empty = 0;
      if (slot.key.compare_exchange_strong(empty, key) || empty == key) {
        return ValueIn(slot, work_out);
      }
    }
    return work_out();
  }

 private:
  static constexpr size_t kSlots = 1 << 14;
  static constexpr size_t kMostProbes = 16;

  // No value is this.
  static constexpr int64_t kUnknown = std::numeric_limits<int64_t>::min();

  // Lies in one cache line.
  struct alignas(16) Slot {
    std::atomic<uint64_t> key{0};
    std::atomic<int64_t> value{kUnknown};
  };

  template <typename WorkOut>
  static int64_t ValueIn(Slot& slot, WorkOut& work_out) {
    const int64_t known = slot.value.load(std::memory_order_relaxed);
    if (known != kUnknown) return known;
    const int64_t value = work_out();
    slot.value.store(value, std::memory_order_relaxed);
    return value;
  }

  Slot* Slots() {
    Slot* slots = slots_.load(std::memory_order_acquire);
    if (slots != nullptr) return slots;
    auto made = std::make_unique<Slot[]>(kSlots);
    if (slots_.compare_exchange_strong(slots, made.get())) return made.release();
    return slots;  // Another thread was first.
  }

  static uint32_t NextStamp() {
    static std::atomic<uint32_t> last{0};
    uint32_t next = 0;
    while (next == 0) next = last.fetch_add(1, std::memory_order_relaxed) + 1;
    return next;
  }

  std::atomic<Slot*> slots_{nullptr};
  const uint32_t stamp_ = NextStamp();
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_MEMO_H_
