#include "matcher/index/block_list.h"

#include <array>
#include <numeric>
#include <set>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/dice.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Numbers, at most four to a block.
class NumberBlock {
 public:
  using Row = int;
  using Key = int;
  static constexpr size_t kMostRows = 4;
  static int KeyOf(int row) { return row; }

  explicit NumberBlock(std::vector<int> rows) : rows_(std::move(rows)) {}
  const std::vector<int>& rows() const { return rows_; }

 private:
  std::vector<int> rows_;
};
using Numbers = BlockList<NumberBlock>;

std::vector<int> All(const Numbers& numbers) {
  std::vector<int> all;
  for (const auto& block : numbers.blocks()) {
    all.insert(all.end(), block->rows().begin(), block->rows().end());
  }
  return all;
}

std::vector<int> UpTo(int limit) {
  std::vector<int> rows(static_cast<size_t>(limit));
  std::iota(rows.begin(), rows.end(), 0);
  return rows;
}

TEST(BlockListTest, KeepsWhatIsAddedInOrder) {
  Numbers numbers;
  numbers.Replace({}, {5, 1, 9, 3, 7, 2});
  EXPECT_THAT(All(numbers), ElementsAre(1, 2, 3, 5, 7, 9));
  EXPECT_EQ(numbers.size(), 6u);
}

TEST(BlockListTest, VisitsRowsFromAKeyOnUntilToldToStop) {
  Numbers numbers;
  const auto from = [&](int key) {
    std::vector<int> visited;
    numbers.ForEachFrom(key, [&](int row) {
      if (row > 8) return false;
      visited.push_back(row);
      return true;
    });
    return visited;
  };
  EXPECT_THAT(from(1), IsEmpty());
  numbers.Replace({}, {1, 2, 3, 5, 6, 7, 8, 9, 10});
  EXPECT_THAT(from(-1), ElementsAre(1, 2, 3, 5, 6, 7, 8));
  EXPECT_THAT(from(4), ElementsAre(5, 6, 7, 8));
  EXPECT_THAT(from(8), ElementsAre(8));
  EXPECT_THAT(from(11), IsEmpty());
}

TEST(BlockListTest, TakesOutWhatIsRemovedAndMayPutItBack) {
  Numbers numbers;
  numbers.Replace({}, UpTo(6));
  numbers.Replace({2, 4, 77}, {4, 10});
  EXPECT_THAT(All(numbers), ElementsAre(0, 1, 3, 4, 5, 10));
}

TEST(BlockListTest, FindsByKey) {
  Numbers numbers;
  numbers.Replace({}, {2, 4, 6, 8, 10, 12});
  ASSERT_NE(numbers.Find(8), nullptr);
  EXPECT_EQ(*numbers.Find(8), 8);
  EXPECT_EQ(numbers.Find(1), nullptr);
  EXPECT_EQ(numbers.Find(7), nullptr);
  EXPECT_EQ(numbers.Find(13), nullptr);
}

TEST(BlockListTest, LeavesCopiesAsTheyWere) {
  Numbers numbers;
  numbers.Replace({}, UpTo(3));
  const Numbers before = numbers;
  numbers.Replace({1}, {});
  EXPECT_THAT(All(before), ElementsAre(0, 1, 2));
}

TEST(BlockListTest, SharesBlocksThatDoNotChange) {
  Numbers numbers;
  numbers.Replace({}, UpTo(16));
  const Numbers before = numbers;
  numbers.Replace({15}, {});
  EXPECT_EQ(numbers.blocks().front(), before.blocks().front());
  EXPECT_NE(numbers.blocks().back(), before.blocks().back());
}

TEST(BlockListTest, HasNoBlockWhenAllIsRemoved) {
  Numbers numbers;
  numbers.Replace({}, UpTo(9));
  numbers.Replace(UpTo(9), {});
  EXPECT_THAT(numbers.blocks(), IsEmpty());
  EXPECT_EQ(numbers.size(), 0u);
}

// Hashes, which are looked for where they should be.
class HashBlock {
 public:
  using Row = uint64_t;
  using Key = uint64_t;
  static constexpr size_t kMostRows = 8;
  static uint64_t KeyOf(uint64_t row) { return row; }
  static uint64_t SpreadOf(uint64_t key) { return key; }

  explicit HashBlock(std::vector<uint64_t> rows) : rows_(std::move(rows)) {}
  const std::vector<uint64_t>& rows() const { return rows_; }

 private:
  std::vector<uint64_t> rows_;
};

TEST(BlockListTest, FindsSpreadKeysAsASetDoesEvenIfTheyAreNotSpread) {
  std::mt19937_64 rng(3);
  testing::Dice dice(rng);
  for (int round = 0; round < 200; ++round) {
    std::set<uint64_t> expected;
    const bool crowded = dice.OneIn(2);
    for (size_t i = dice.Below(300); i > 0; --i) {
      expected.insert(crowded && !dice.OneIn(10) ? dice.Below(50) << dice.Below(58) : rng());
    }
    BlockList<HashBlock> hashes;
    std::vector<uint64_t> all(expected.begin(), expected.end());
    std::vector<uint64_t> first, second, gone;  // At once, then, and for a while.
    for (uint64_t key : all) dice.Pick(std::array{&first, &second, &gone})->push_back(key);
    hashes.Replace({}, first);
    hashes.Replace({}, gone);
    hashes.Replace(gone, second);
    hashes.Replace({}, gone);
    ASSERT_EQ(hashes.size(), expected.size());
    std::vector<uint64_t> keys(expected.begin(), expected.end());
    for (uint64_t key : {uint64_t{0}, ~uint64_t{0}, rng(), rng() >> 20}) keys.push_back(key);
    for (uint64_t key : keys) {
      EXPECT_EQ(hashes.Find(key) != nullptr, expected.count(key) == 1);
      std::vector<uint64_t> from;
      hashes.Fetch(key, 20);
      hashes.ForEachFrom(key, [&](uint64_t row) {
        from.push_back(row);
        return true;
      });
      ASSERT_EQ(from, std::vector<uint64_t>(expected.lower_bound(key), expected.end()));
    }
  }
}

TEST(BlockListTest, EqualsASetThroughRandomChanges) {
  std::mt19937_64 rng(7);
  testing::Dice dice(rng);
  Numbers numbers;
  std::set<int> expected;
  for (int step = 0; step < 2'000; ++step) {
    std::set<int> removed, added;
    for (size_t i = dice.Below(6); i > 0; --i) removed.insert(dice.Between(0, 60));
    for (size_t i = dice.Below(4); i > 0; --i) added.insert(dice.Between(0, 60));
    removed.insert(added.begin(), added.end());
    numbers.Replace({removed.begin(), removed.end()}, {added.begin(), added.end()});
    for (int key : removed) expected.erase(key);
    expected.insert(added.begin(), added.end());
    ASSERT_EQ(All(numbers), std::vector<int>(expected.begin(), expected.end()));
    ASSERT_EQ(numbers.size(), expected.size());
  }
}

}  // namespace
}  // namespace troupe
