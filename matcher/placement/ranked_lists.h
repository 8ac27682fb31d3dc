#ifndef TROUPE_MATCHER_PLACEMENT_RANKED_LISTS_H_
#define TROUPE_MATCHER_PLACEMENT_RANKED_LISTS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace troupe {

// Whom each of many rows ranks, best first, one list after the other in memory.
// Entries that a row ranks equal follow each other and share a rank; whom a list
// leaves out is unacceptable. Ranks are kept only once there is a tie: without
// one, a rank is a position. At most 2^32 - 1 entries. Thread-compatible.
class RankedLists {
 public:
  using Tied = std::vector<uint32_t>;  // Ranked equal.

  void Reserve(size_t lists, size_t entries) {
    starts_.reserve(lists + 1);
    entries_.reserve(entries);
  }

  // Adds the list of the next row.
  void Add(std::span<const uint32_t> best_first) {
    entries_.insert(entries_.end(), best_first.begin(), best_first.end());
    if (HasTies()) {
      for (uint32_t rank = 0; rank < best_first.size(); ++rank) ranks_.push_back(rank);
    }
    starts_.push_back(static_cast<uint32_t>(entries_.size()));
  }
  void Add(const std::vector<Tied>& best_first) {
    uint32_t rank = 0;
    for (const Tied& tied : best_first) {
      if (tied.size() > 1) KeepRanks();
      entries_.insert(entries_.end(), tied.begin(), tied.end());
      if (HasTies()) ranks_.insert(ranks_.end(), tied.size(), rank);
      if (!tied.empty()) ++rank;
    }
    starts_.push_back(static_cast<uint32_t>(entries_.size()));
  }

  size_t size() const { return starts_.size() - 1; }
  size_t entry_count() const { return entries_.size(); }
  bool HasTies() const { return has_ties_; }

  std::span<const uint32_t> operator[](size_t row) const {
    return {entries_.data() + starts_[row], starts_[row + 1] - starts_[row]};
  }

  // The rank of an entry by its position in the list: 0 is best.
  uint32_t RankAt(size_t row, size_t position) const {
    return HasTies() ? ranks_[starts_[row] + position] : static_cast<uint32_t>(position);
  }

 private:
  // Writes down the ranks so far, which were positions. The last list may have
  // been begun.
  void KeepRanks() {
    if (std::exchange(has_ties_, true)) return;
    ranks_.reserve(entries_.capacity());
    for (size_t row = 0; row < starts_.size(); ++row) {
      const size_t end = row + 1 < starts_.size() ? starts_[row + 1] : entries_.size();
      for (size_t i = starts_[row]; i < end; ++i) {
        ranks_.push_back(static_cast<uint32_t>(i - starts_[row]));
      }
    }
  }

  std::vector<uint32_t> starts_ = {0};
  std::vector<uint32_t> entries_;
  std::vector<uint32_t> ranks_;  // By entry; empty without ties.
  bool has_ties_ = false;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_RANKED_LISTS_H_
