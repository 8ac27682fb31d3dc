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
  explicit TopK(size_t k) : k_(k) { kept_.reserve(std::min<size_t>(k, 64)); }

  // Considers one, in O(log k), or O(k) of a few. One offered twice counts twice.
  void Offer(const Ranked<Id>& ranked) {
    if (kept_.size() < k_) {
      kept_.push_back(ranked);
    } else if (k_ == 0 || !RanksAbove(ranked, Worst())) {
      return;
    } else if (!IsFew()) {
      std::pop_heap(kept_.begin(), kept_.end(), kRanksAbove);
      kept_.back() = ranked;
    }
    if (!IsFew()) return std::push_heap(kept_.begin(), kept_.end(), kRanksAbove);
    size_t place = kept_.size() - 1;
    for (; place > 0 && RanksAbove(ranked, kept_[place - 1]); --place) {
      kept_[place] = kept_[place - 1];
    }
    kept_[place] = ranked;
  }

  // What scores less is not kept, whatever its id; 0 while everything is.
  int64_t least_score() const {
    if (kept_.size() < k_) return 0;
    return k_ == 0 ? std::numeric_limits<int64_t>::max() : Worst().score_millionths;
  }

  // The kept ones, best first.
  std::vector<Ranked<Id>> Take() && {
    if (!IsFew()) std::sort_heap(kept_.begin(), kept_.end(), kRanksAbove);
    return std::move(kept_);
  }

 private:
  // So many are kept in order: a heap of few hangs on comparisons whose outcomes
  // cannot be foreseen.
  static constexpr size_t kFew = 32;
  bool IsFew() const { return k_ <= kFew; }

  const Ranked<Id>& Worst() const { return IsFew() ? kept_.back() : kept_.front(); }

  // Not the function by its address, which would be called for each comparison.
  static constexpr auto kRanksAbove = [](const Ranked<Id>& a, const Ranked<Id>& b) {
    return RanksAbove(a, b);
  };

  size_t k_;
  std::vector<Ranked<Id>> kept_;  // Best first if few; else a heap with the worst in front.
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_TOP_K_H_
