#ifndef TROUPE_MATCHER_RANK_TOP_K_H_
#define TROUPE_MATCHER_RANK_TOP_K_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace troupe {

// Something named `Id` and how well it fits.
template <typename Id>
struct Ranked {
  Id id;
  int64_t score_millionths = 0;

  friend bool operator==(const Ranked&, const Ranked&) = default;
};

// True if `a` ranks above `b`: higher score first, then lower id, so that no two
// tie and every run gives the same order.
template <typename Id>
bool RanksAbove(const Ranked<Id>& a, const Ranked<Id>& b) {
  if (a.score_millionths != b.score_millionths) return a.score_millionths > b.score_millionths;
  return a.id < b.id;
}

// Keeps the best `k` of what is offered to it, in O(k) memory.
// Thread-compatible.
template <typename Id>
class TopK {
 public:
  explicit TopK(size_t k) : k_(k) { heap_.reserve(std::min<size_t>(k, 64)); }

  // Considers one, in O(log k). One offered twice counts twice.
  void Offer(const Ranked<Id>& ranked) {
    if (heap_.size() == k_) {
      if (k_ == 0 || !RanksAbove(ranked, heap_.front())) return;
      std::pop_heap(heap_.begin(), heap_.end(), kRanksAbove);
      heap_.pop_back();
    }
    heap_.push_back(ranked);
    std::push_heap(heap_.begin(), heap_.end(), kRanksAbove);
  }

  // What scores less is not kept, whatever its id; 0 while everything is.
  int64_t least_score() const {
    if (heap_.size() < k_) return 0;
    return k_ == 0 ? std::numeric_limits<int64_t>::max() : heap_.front().score_millionths;
  }

  // The kept ones, best first.
  std::vector<Ranked<Id>> Take() && {
    std::sort_heap(heap_.begin(), heap_.end(), kRanksAbove);
    return std::move(heap_);
  }

 private:
  // Not the function by its address, which would be called for each comparison.
  static constexpr auto kRanksAbove = [](const Ranked<Id>& a, const Ranked<Id>& b) {
    return RanksAbove(a, b);
  };

  size_t k_;
  std::vector<Ranked<Id>> heap_;  // The worst kept one is at the front.
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_TOP_K_H_
