#ifndef TROUPE_MATCHER_RANK_TOP_K_H_
#define TROUPE_MATCHER_RANK_TOP_K_H_

#include <algorithm>
#include <array>
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
  explicit TopK(size_t k) : k_(k) {
    if (!IsFew()) heap_.reserve(kFew * 2);
  }

  // Considers one, in O(log k), or O(k) of a few. One offered twice counts twice.
  void Offer(const Ranked<Id>& ranked) { IsFew() ? OfferFew(ranked) : OfferHeap(ranked); }

  // What scores less is not kept, whatever its id; 0 while everything is.
  int64_t least_score() const {
    if (k_ == 0) return std::numeric_limits<int64_t>::max();
    if (IsFew()) return few_count_ < k_ ? 0 : few_[k_ - 1].score_millionths;
    return heap_.size() < k_ ? 0 : heap_.front().score_millionths;
  }

  // The kept ones, best first.
  std::vector<Ranked<Id>> Take() && {
    if (IsFew()) return {few_.begin(), few_.begin() + few_count_};
    std::sort_heap(heap_.begin(), heap_.end(), kRanksAbove);
    return std::move(heap_);
  }

 private:
  // So many are kept in order: a heap of few hangs on comparisons whose outcomes
  // cannot be foreseen.
  static constexpr size_t kFew = 32;
  bool IsFew() const { return k_ <= kFew; }

  void OfferFew(const Ranked<Id>& ranked) {
    size_t place = few_count_;
    for (; place > 0 && RanksAbove(ranked, few_[place - 1]); --place) few_[place] = few_[place - 1];
    if (place == k_) return;
    few_[place] = ranked;
    if (few_count_ < k_) ++few_count_;
  }

  void OfferHeap(const Ranked<Id>& ranked) {
    if (heap_.size() == k_) {
      if (!RanksAbove(ranked, heap_.front())) return;
      std::pop_heap(heap_.begin(), heap_.end(), kRanksAbove);
      heap_.pop_back();
    }
    heap_.push_back(ranked);
    std::push_heap(heap_.begin(), heap_.end(), kRanksAbove);
  }

  // Not the function by its address, which would be called for each comparison.
  static constexpr auto kRanksAbove = [](const Ranked<Id>& a, const Ranked<Id>& b) {
    return RanksAbove(a, b);
  };

  size_t k_;
  std::array<Ranked<Id>, kFew + 1> few_;  // Best first; and room to move one out.
  size_t few_count_ = 0;
  std::vector<Ranked<Id>> heap_;  // The worst kept one is at the front.
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_TOP_K_H_
