#include "matcher/index/spread_directory.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <vector>

#include "gtest/gtest.h"
#include "tests/testing/dice.h"

namespace troupe {
namespace {

// Numbers in clumps, or spread, or all of them far up.
std::vector<uint64_t> DrawNumbers(std::mt19937_64& rng, size_t count) {
  testing::Dice dice(rng);
  const int shift = dice.Between(0, 60);
  std::vector<uint64_t> numbers;
  while (numbers.size() < count) {
    const uint64_t number = rng() >> shift;
    numbers.insert(numbers.end(), dice.Below(4) + 1, dice.OneIn(2) ? number : ~number);
  }
  numbers.resize(count);
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

// How many of some thousand answers a search of the list contradicts.
template <typename Positions>
int CountContradicted(size_t most) {
  int contradicted = 0;
  std::mt19937_64 rng(5);
  testing::Dice dice(rng);
  for (int round = 0; round < 500; ++round) {
    const std::vector<uint64_t> numbers = DrawNumbers(rng, dice.Below(most + 1));
    SpreadDirectory<Positions> directory;
    directory.Fill(numbers.size(), [&](size_t i) { return numbers[i]; });
    EXPECT_EQ(directory.count(), numbers.size());
    std::vector<uint64_t> asked = {0, ~uint64_t{0}, rng(), rng() >> dice.Between(0, 60)};
    for (uint64_t number : numbers) asked.insert(asked.end(), {number, number - 1, number + 1});
    for (uint64_t number : asked) {
      const auto [first, limit] = directory.Around(number);
      const auto at = [&](auto found) { return static_cast<size_t>(found - numbers.begin()); };
      const size_t below = at(std::lower_bound(numbers.begin(), numbers.end(), number));
      const size_t not_above = at(std::upper_bound(numbers.begin(), numbers.end(), number));
      contradicted += first > below || limit < not_above || limit > numbers.size();
    }
  }
  return contradicted;
}

TEST(SpreadDirectoryTest, SaysWhereNumbersLieInAnArrayOfSteps) {
  EXPECT_EQ((CountContradicted<std::array<uint8_t, 16>>(128)), 0);
}

TEST(SpreadDirectoryTest, SaysWhereNumbersLieInStepsThatGrow) {
  EXPECT_EQ(CountContradicted<std::vector<uint32_t>>(300), 0);
}

TEST(SpreadDirectoryTest, NarrowsSpreadNumbersDownToAFew) {
  std::mt19937_64 rng(6);
  std::vector<uint64_t> numbers(1'000);
  for (uint64_t& number : numbers) number = rng();
  std::sort(numbers.begin(), numbers.end());
  SpreadDirectory<std::vector<uint32_t>> directory;
  directory.Fill(numbers.size(), [&](size_t i) { return numbers[i]; });
  for (uint64_t number : numbers) {
    const auto [first, limit] = directory.Around(number);
    EXPECT_LE(limit - first, 6u);
  }
}

}  // namespace
}  // namespace troupe
