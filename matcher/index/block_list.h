#ifndef TROUPE_MATCHER_INDEX_BLOCK_LIST_H_
#define TROUPE_MATCHER_INDEX_BLOCK_LIST_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include "matcher/base/prefetch.h"
#include "matcher/index/spread_directory.h"

namespace troupe {

// A sorted list that lies in immutable blocks, so that the next version of it
// shares all blocks but those that change. Cheap to copy. Immutable but for
// Replace, which leaves copies made before as they are; thread-compatible.
//
// A Block has types Row and Key, an explicit constructor from rows sorted by
// key, `rows()`, `static Key KeyOf(const Row&)` and a constant kMostRows; and, if
// the keys begin with a number that is spread over 64 bits, as a hash is,
// `static uint64_t SpreadOf(const Key&)`, which never falls as keys rise: then
// directories say where a key is, which takes a read or two.
template <typename Block>
class BlockList {
 public:
  using Row = typename Block::Row;
  using Key = typename Block::Key;
  using Blocks = std::vector<std::shared_ptr<const Block>>;

  BlockList()
      : blocks_(std::make_shared<const Blocks>()), starts_(std::make_shared<const Starts>()) {}

  // In order; none is empty.
  const Blocks& blocks() const { return *blocks_; }
  size_t size() const { return size_; }

  // The row of `key`; null if there is none. O(log size).
  const Row* Find(const Key& key) const {
    const Start* const start = StartOf(key);
    if (start == nullptr) return nullptr;
    const Row* const row = LowerBound(*start, key);
    return row == start->limit() || Block::KeyOf(*row) != key ? nullptr : row;
  }

  // Calls `visit(const Row&)` for the rows from `key` on, in order, until it
  // returns false. O(log size) and the rows visited.
  template <typename Visit>
  void ForEachFrom(const Key& key, Visit visit) const {
    if (starts_->all.empty()) return;
    const Start* const limit = starts_->all.data() + starts_->all.size();
    const Start* start = StartOf(key);
    if (start == nullptr) start = starts_->all.data();
    const Row* row = LowerBound(*start, key);
    while (true) {
      for (; row != start->limit(); ++row) {
        if (!visit(*row)) return;
      }
      if (++start == limit) return;
      row = start->rows;
    }
  }

  // Fetches about so many of the rows that ForEachFrom(key) reads first.
  void Fetch(const Key& key, size_t rows) const
    requires kIsSpread
  {
    const Start* const start = StartOf(key);
    if (start == nullptr) return;
    constexpr size_t kLine = 64;
    const Row* const first = start->rows + start->Around(key).first;
    for (size_t row = 0; row < rows; row += std::max<size_t>(kLine / sizeof(Row), 1)) {
      Prefetch(first + row);
    }
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
        size_ += StartOfBlock(block).rows_count();
        next.Append(*block, StartOfBlock(block));
        continue;
      }
      AppendRows(Merged((*block)->rows(), gone, gone_limit, come, come_limit), next);
      gone = gone_limit;
      come = come_limit;
    }
    if (blocks_->empty()) AppendRows(std::move(added), next);
    next.starts.directory.Fill(next.starts.all.size(), [&](size_t at) {
      return NumberOf(next.starts.all[at].first);
    });
    blocks_ = std::make_shared<const Blocks>(std::move(next.blocks));
    starts_ = std::make_shared<const Starts>(std::move(next.starts));
  }

 private:
  static constexpr bool kIsSpread = requires(const Key& key) { Block::SpreadOf(key); };
  template <typename Positions>
  using Directory = std::conditional_t<kIsSpread, SpreadDirectory<Positions>, WholeRange>;
  static_assert(!kIsSpread || Block::kMostRows <= std::numeric_limits<uint8_t>::max());

  static uint64_t NumberOf(const Key& key) {
    if constexpr (kIsSpread) {
      return Block::SpreadOf(key);
    } else {
      return 0;
    }
  }

  // Where a block begins: the key of its first row, and its rows, so that looking a
  // key up reads nothing else of it.
  struct Start {
    Start(const Key& first_key, const std::vector<Row>& all) : first(first_key), rows(all.data()) {
      directory.Fill(all.size(), [&](size_t at) { return NumberOf(Block::KeyOf(all[at])); });
    }

    size_t rows_count() const { return directory.count(); }
    const Row* limit() const { return rows + rows_count(); }
    PositionRange Around(const Key& key) const { return directory.Around(NumberOf(key)); }

    Key first;
    const Row* rows;
    Directory<std::array<uint8_t, 16>> directory;
  };
  struct Starts {
    std::vector<Start> all;
    Directory<std::vector<uint32_t>> directory;
  };

  // What becomes the list.
  struct Next {
    Blocks blocks;
    Starts starts;

    void reserve(size_t size) {
      blocks.reserve(size);
      starts.all.reserve(size);
    }
    void Append(std::shared_ptr<const Block> block, const Start& start) {
      blocks.push_back(std::move(block));
      starts.all.push_back(start);
    }
  };

  const Start& StartOfBlock(typename Blocks::const_iterator block) const {
    return starts_->all[static_cast<size_t>(block - blocks_->begin())];
  }
  const Key& FirstOf(typename Blocks::const_iterator block) const {
    return StartOfBlock(block).first;
  }

  static bool IsBelow(const Row& a, const Row& b) { return Block::KeyOf(a) < Block::KeyOf(b); }

  static const Row* LowerBound(const Start& start, const Key& key) {
    const PositionRange range = start.Around(key);
    const auto is_below = [&](size_t at) { return Block::KeyOf(start.rows[at]) < key; };
    size_t first = range.first, limit = range.limit;
    if constexpr (kIsSpread) {  // Most likely it is near the first, which is fetched.
      limit = first;
      for (size_t step = 1; limit < range.limit && is_below(limit); step *= 2) {
        first = limit + 1;
        limit = std::min(first + step, range.limit);
      }
    }
    return std::partition_point(start.rows + first, start.rows + limit,
                                [&](const Row& row) { return Block::KeyOf(row) < key; });
  }

  // The start of the block that `key` belongs into; null if it is below all.
  const Start* StartOf(const Key& key) const {
    const Start* const starts = starts_->all.data();
    const PositionRange range = starts_->directory.Around(NumberOf(key));
    const Start* const above =
        std::partition_point(starts + range.first, starts + range.limit,
                             [&](const Start& start) { return !(key < start.first); });
    return above == starts ? nullptr : above - 1;
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

  // In as few blocks of like size as hold them, together with the block before
  // if both are small: removals must not leave many tiny blocks.
  void AppendRows(std::vector<Row> rows, Next& next) {
    if (!next.blocks.empty() &&
        next.blocks.back()->rows().size() + rows.size() <= Block::kMostRows / 2) {
      const std::vector<Row>& before = next.blocks.back()->rows();
      size_ -= before.size();
      rows.insert(rows.begin(), before.begin(), before.end());
      next.blocks.pop_back();
      next.starts.all.pop_back();
    }
    const size_t blocks = (rows.size() + Block::kMostRows - 1) / Block::kMostRows;
    for (size_t i = 0; i < blocks; ++i) {
      const auto at = [&](size_t block) {
        return rows.begin() + static_cast<std::ptrdiff_t>(rows.size() * block / blocks);
      };
      const Key first = Block::KeyOf(*at(i));
      auto block = std::make_shared<const Block>(std::vector<Row>(at(i), at(i + 1)));
      size_ += block->rows().size();
      next.Append(block, Start(first, block->rows()));
    }
  }

  std::shared_ptr<const Blocks> blocks_;
  std::shared_ptr<const Starts> starts_;  // Of each.
  size_t size_ = 0;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_BLOCK_LIST_H_
