#ifndef TROUPE_MATCHER_PLACEMENT_HELD_SEATS_H_
#define TROUPE_MATCHER_PLACEMENT_HELD_SEATS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "matcher/base/huge_pages.h"
#include "matcher/base/prefetch.h"
#include "matcher/placement/instance.h"

namespace troupe {

// Whom programs hold while others still propose: all programs' seats in one array,
// each program's a heap with the worst on top. Its cut-off lies by itself, so that
// a proposal in vain, the most frequent kind, costs one load of four bytes. Holders
// are numbers of the caller's. Thread-compatible.
class HeldSeats {
 public:
  // `capacity` by program, each at least 1 or never proposed to.
  explicit HeldSeats(std::span<const uint32_t> capacity) : cutoffs_(capacity.size(), kNoRow) {
    starts_.reserve(capacity.size() + 1);
    for (uint32_t seats : capacity) starts_.push_back(starts_.back() + seats);
    held_.resize(capacity.size(), 0);
    seats_.resize(starts_.back());
  }

  // Places below it are taken: kNoRow, above every place, while there is a seat.
  uint32_t CutoffOf(uint32_t program) const { return cutoffs_[program]; }
  const uint32_t* cutoffs() const { return cutoffs_.data(); }

  void Prefetch(uint32_t program) const {
    PrefetchToWrite(seats_.data() + starts_[program]);
    PrefetchToWrite(held_.data() + program);
  }

  // Holds whoever stands at `place`, below the cut-off. Returns whom it lets go for
  // that; kNoRow if there was a seat.
  uint32_t Hold(uint32_t program, uint32_t place, uint32_t holder) {
    uint64_t* const heap = seats_.data() + starts_[program];
    const uint32_t seats = starts_[program + 1] - starts_[program];
    const uint64_t seat = uint64_t{place} << 32 | holder;
    if (held_[program] < seats) {
      heap[held_[program]++] = seat;
      if (held_[program] == seats) {
        std::make_heap(heap, heap + seats);
        cutoffs_[program] = PlaceIn(heap[0]);
      }
      return kNoRow;
    }
    const auto out = static_cast<uint32_t>(heap[0]);
    ReplaceTop(heap, seats, seat);
    cutoffs_[program] = PlaceIn(heap[0]);
    return out;
  }

  // Calls `visit` with the program and each holder it has.
  template <typename Visit>
  void ForEach(Visit visit) const {
    for (uint32_t program = 0; program < held_.size(); ++program) {
      const uint64_t* const heap = seats_.data() + starts_[program];
      for (uint32_t i = 0; i < held_[program]; ++i) visit(program, static_cast<uint32_t>(heap[i]));
    }
  }

 private:
  static uint32_t PlaceIn(uint64_t seat) { return static_cast<uint32_t>(seat >> 32); }

  static void ReplaceTop(uint64_t* heap, uint32_t size, uint64_t seat) {
    uint32_t at = 0;
    for (uint32_t child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size) child += heap[child] < heap[child + 1];
      if (heap[child] <= seat) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = seat;
  }

  std::vector<uint32_t> cutoffs_;
  std::vector<uint32_t> starts_ = {0};
  std::vector<uint32_t> held_;
  std::vector<uint64_t, HugePageAllocator<uint64_t>> seats_;  // Place above, holder below.
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_HELD_SEATS_H_
