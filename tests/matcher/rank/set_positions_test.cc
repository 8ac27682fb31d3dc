#include "matcher/rank/set_positions.h"

#include <algorithm>
#include <array>
#include <random>
#include <vector>

#include "gtest/gtest.h"
#include "tests/testing/dice.h"

namespace troupe {
namespace {

TEST(SetPositionsTest, AreThoseOfALoopOverAllBytes) {
  std::mt19937_64 rng(4);
  testing::Dice dice(rng);
  for (int round = 0; round < 2'000; ++round) {
    const size_t first = kPositionsAtOnce * dice.Below(33);
    const size_t limit = first + kPositionsAtOnce * dice.Below(33 - first / kPositionsAtOnce);
    const size_t one_in = dice.Below(20) + 1;
    std::array<uint8_t, 256> bytes;
    for (uint8_t& byte : bytes) byte = dice.OneIn(one_in) ? 1 : 0;
    std::vector<uint8_t> expected;
    for (size_t i = first; i < limit; ++i) {
      if (bytes[i] == 1) expected.push_back(static_cast<uint8_t>(i));
    }
    std::array<uint8_t, 256 + kPositionsAtOnce> to;
    uint8_t* const end = WriteSetPositions(bytes.data(), first, limit, to.data());
    ASSERT_EQ(std::vector<uint8_t>(to.data(), end), expected);
  }
}

}  // namespace
}  // namespace troupe
