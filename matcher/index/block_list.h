#ifndef TROUPE_MATCHER_INDEX_BLOCK_LIST_H_
#define TROUPE_MATCHER_INDEX_BLOCK_LIST_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace troupe {

// A sorted list that lies in immutable blocks, so that the next version of it
// shares all blocks but those that change. Cheap to copy. Immutable but for
// Replace, which leaves copies made before as they are; thread-compatible.
//
// A Block has types Row and Key, an explicit constructor from rows sorted by
// key, `rows()`, `static Key KeyOf(const Row&)` and a constant kMostRows; and, if
// the keys begin with a number that is spread over 64 bits, as a hash is,
// `static uint64_t SpreadOf(const Key&)`, which never falls as keys rise: then a
// key is looked for where it should be, which takes a read or two.
template <typename Block>
class BlockList {
 public:
  using Row = typename Block::Row;
  using Key = typename Block::Key;
  using Blocks = std::vector<std::shared_ptr<const Block>>;

  BlockList()
      : blocks_(std::make_shared<const Blocks>()),
        starts_(std::make_shared<const std::vector<Start>>()) {}

  // In order; none is empty.
  const Blocks& blocks() const { return *blocks_; }
  size_t size() const { return size_; }

  // The row of `key`; null if there is none. O(log size).
  const Row* Find(const Key& key) const {
    const auto start = StartOf(key);
    if (start == starts_->end()) return nullptr;
    const Row* const row = LowerBound(start, key);
    return row == start->limit() || Block::KeyOf(*row) != key ? nullptr : row;
  }

  // Calls `visit(const Row&)` for the rows from `key` on, in order, until it
  // returns false. O(log size) and the rows visited.
  template <typename Visit>
  void ForEachFrom(const Key& key, Visit visit) const {
    if (starts_->empty()) return;
    auto start = StartOf(key);
    if (start == starts_->end()) start = starts_->begin();
    const Row* row = LowerBound(start, key);
    while (true) {
      for (; row != start->limit(); ++row) {
        if (!visit(*row)) return;
      }
      if (++start == starts_->end()) return;
      row = start->rows;
    }
  }

  // Fetches what ForEachFrom(key) reads first, or nearly.
  void Fetch(const Key& key) const {
    const auto start = StartOf(key);
    if (start == starts_->end()) return;
    constexpr size_t kAround = 4;  // Rows on either side of where it should be.
    const size_t guess = GuessIn(start, key);
    __builtin_prefetch(&start->rows[guess - std::min(guess, kAround)]);
    __builtin_prefetch(&start->rows[std::min(guess, start->count - 1)]);
    __builtin_prefetch(&start->rows[std::min(guess + kAround, start->count - 1)]);
  }

  // Takes out the rows of `removed`, which need not be there, and puts `added`
  // in, which have distinct keys that are then not there. O(changed blocks),
  // and a pointer for every other block.
  void Replace(std::vector<Key> removed, std::vector<Row> added) {
    if (removed.empty() && added.empty()) return;
    std::sort(removed.begin(), removed.end());
    std::sort(added.begin(), added.end(), IsBelow);
    Next next;
    next.reserve(blocks_->size() + added.size() / (Block::kMostRows / 2) + 1);
    size_ = 0;
    auto gone = removed.begin();
    auto come = added.begin();
    for (auto block = blocks_->begin(); block != blocks_->end(); ++block) {
      const bool is_last = std::next(block) == blocks_->end();
      const auto limit_of = [&](auto from, auto to, const auto& key_of) {
        if (is_last) return to;
        const Key& next_key = FirstOf(block + 1);
        return std::partition_point(from, to,
                                    [&](const auto& item) { return key_of(item) < next_key; });
      };
      const auto gone_limit = limit_of(gone, removed.end(), [](const Key& key) { return key; });
      const auto come_limit = limit_of(come, added.end(), Block::KeyOf);
      if (gone == gone_limit && come == come_limit) {
        Append(*block, FirstOf(block), next);
        continue;
      }
      AppendRows(Merged((*block)->rows(), gone, gone_limit, come, come_limit), next);
      gone = gone_limit;
      come = come_limit;
    }
    if (blocks_->empty()) AppendRows(std::move(added), next);
    blocks_ = std::make_shared<const Blocks>(std::move(next.blocks));
    starts_ = std::make_shared<const std::vector<Start>>(std::move(next.starts));
  }

 private:
  // Where a block begins: the key of its first row, and its rows, so that looking a
  // key up reads nothing else of it.
  struct Start {
    Key first;
    const Row* rows = nullptr;
    size_t count = 0;

    const Row* limit() const { return rows + count; }
  };
  using Starts = typename std::vector<Start>::const_iterator;

  // What becomes the list.
  struct Next {
    Blocks blocks;
    std::vector<Start> starts;

    void reserve(size_t size) {
      blocks.reserve(size);
      starts.reserve(size);
    }
  };

  const Key& FirstOf(typename Blocks::const_iterator block) const {
    return (*starts_)[static_cast<size_t>(block - blocks_->begin())].first;
  }

  static bool IsBelow(const Row& a, const Row& b) { return Block::KeyOf(a) < Block::KeyOf(b); }

  const Row* LowerBound(Starts start, const Key& key) const {
    const auto is_below = [&](const Row& row) { return Block::KeyOf(row) < key; };
    if constexpr (requires { Block::SpreadOf(key); }) {
      return PartitionPointNear(start->rows, start->limit(), GuessIn(start, key), is_below);
    } else {
      return std::partition_point(start->rows, start->limit(), is_below);
    }
  }

  // Where among its rows a spread key should be, without reading any of them.
  size_t GuessIn(Starts start, const Key& key) const {
    const auto next = std::next(start);
    return ShareOf(start->count, Block::SpreadOf(start->first),
                   next == starts_->end() ? ~uint64_t{0} : Block::SpreadOf(next->first),
                   Block::SpreadOf(key));
  }

  // The start of the block that `key` belongs into; the end if it is below all.
  Starts StartOf(const Key& key) const {
    const auto is_not_above = [&](const Start& start) { return !(key < start.first); };
    auto above = starts_->begin();
    if constexpr (requires { Block::SpreadOf(key); }) {
      const size_t guess = ShareOf(starts_->size(), 0, ~uint64_t{0}, Block::SpreadOf(key));
      above = PartitionPointNear(starts_->begin(), starts_->end(), guess, is_not_above);
    } else {
      above = std::partition_point(starts_->begin(), starts_->end(), is_not_above);
    }
    return above == starts_->begin() ? starts_->end() : std::prev(above);
  }

  // Where among `count` that lie evenly between `least` and `most` a value is.
  static size_t ShareOf(size_t count, uint64_t least, uint64_t most, uint64_t value) {
    if (value <= least || most <= least) return 0;
    const double share = static_cast<double>(value - least) / static_cast<double>(most - least);
    return static_cast<size_t>(std::min(share, 1.0) * static_cast<double>(count));
  }

  // std::partition_point, looked for around position `guess` in steps that double.
  template <typename Iterator, typename IsBefore>
  static Iterator PartitionPointNear(Iterator begin, Iterator end, size_t guess,
                                     IsBefore is_before) {
    const auto count = end - begin;
    auto first = std::min(static_cast<std::ptrdiff_t>(guess), count);
    auto limit = first;  // The point is not before `first`, nor behind `limit`.
    for (std::ptrdiff_t step = 1; first > 0 && !is_before(begin[first - 1]); step *= 2) {
      limit = first - 1;
      first = std::max<std::ptrdiff_t>(first - 1 - step, 0);
    }
    for (std::ptrdiff_t step = 1; limit < count && is_before(begin[limit]); step *= 2) {
      first = limit + 1;
      limit = std::min(limit + 1 + step, count);
    }
    return std::partition_point(begin + first, begin + limit, is_before);
  }

  template <typename Keys, typename Rows>
  static std::vector<Row> Merged(const std::vector<Row>& rows, Keys gone, Keys gone_limit,
                                 Rows come, Rows come_limit) {
    std::vector<Row> kept;
    kept.reserve(rows.size());
    for (const Row& row : rows) {
      if (!std::binary_search(gone, gone_limit, Block::KeyOf(row))) kept.push_back(row);
    }
    std::vector<Row> merged;
    merged.reserve(kept.size() + static_cast<size_t>(come_limit - come));
    std::merge(kept.begin(), kept.end(), come, come_limit, std::back_inserter(merged), IsBelow);
    return merged;
  }

  void Append(std::shared_ptr<const Block> block, const Key& first, Next& next) {
    const std::vector<Row>& rows = block->rows();
    size_ += rows.size();
    next.starts.push_back({first, rows.data(), rows.size()});
    next.blocks.push_back(std::move(block));
  }

  // In as few blocks of like size as hold them, together with the block before
  // if both are small: removals must not leave many tiny blocks.
  void AppendRows(std::vector<Row> rows, Next& next) {
    if (!next.blocks.empty() &&
        next.blocks.back()->rows().size() + rows.size() <= Block::kMostRows / 2) {
      const std::vector<Row>& before = next.blocks.back()->rows();
      size_ -= before.size();
      rows.insert(rows.begin(), before.begin(), before.end());
      next.blocks.pop_back();
      next.starts.pop_back();
    }
    const size_t blocks = (rows.size() + Block::kMostRows - 1) / Block::kMostRows;
    for (size_t i = 0; i < blocks; ++i) {
      const auto at = [&](size_t block) {
        return rows.begin() + static_cast<std::ptrdiff_t>(rows.size() * block / blocks);
      };
      const Key first = Block::KeyOf(*at(i));
      Append(std::make_shared<const Block>(std::vector<Row>(at(i), at(i + 1))), first, next);
    }
  }

  std::shared_ptr<const Blocks> blocks_;
  std::shared_ptr<const std::vector<Start>> starts_;  // Of each.
  size_t size_ = 0;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_BLOCK_LIST_H_
