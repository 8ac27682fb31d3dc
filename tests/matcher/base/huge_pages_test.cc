#include "matcher/base/huge_pages.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <random>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "tests/testing/dice.h"

namespace troupe {
namespace {

constexpr size_t kChunk = size_t{2} << 20;

bool IsFilledWith(const HugePages& pages, std::byte value) {
  return std::all_of(pages.bytes().begin(), pages.bytes().end(),
                     [value](std::byte byte) { return byte == value; });
}

TEST(HugePagesTest, HoldsNothingOfNothing) {
  EXPECT_TRUE(HugePages().bytes().empty());
  EXPECT_TRUE(HugePages(0).bytes().empty());
}

TEST(HugePagesTest, IsZeroAndAlignedAndLargeEnough) {
  for (size_t bytes : {size_t{1}, size_t{4096}, size_t{4097}, kChunk, kChunk + 1}) {
    { const HugePages before(bytes); std::fill_n(before.bytes().data(), bytes, std::byte{7}); }
    const HugePages pages(bytes);
    EXPECT_GE(pages.bytes().size(), bytes);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(pages.bytes().data()) % 4096, 0u);
    EXPECT_TRUE(IsFilledWith(pages, std::byte{0})) << bytes;
  }
}

TEST(HugePagesTest, SharesAChunkAmongPieces) {
  const HugePages first(1);
  const size_t before = HugePages::reserved();
  const HugePages second(1);
  EXPECT_EQ(HugePages::reserved(), before);
}

TEST(HugePagesTest, GivesChunksWithoutPiecesBack) {
  const HugePages kept(1);
  const size_t before = HugePages::reserved();
  {
    const HugePages small(kChunk - 4096);
    const HugePages large(5 * kChunk);
    EXPECT_GE(HugePages::reserved(), before + 5 * kChunk);
    const HugePages chunk(kChunk);
    EXPECT_GE(HugePages::reserved(), before + 6 * kChunk);
  }
  EXPECT_EQ(HugePages::reserved(), before);
}

TEST(HugePagesTest, KeepsPiecesApartThroughRandomChanges) {
  std::mt19937_64 rng(11);
  testing::Dice dice(rng);
  std::vector<std::pair<std::byte, std::unique_ptr<HugePages>>> pieces;
  for (int step = 0; step < 400; ++step) {
    if (!pieces.empty() && dice.Below(5) < 2) {
      const size_t which = dice.Below(pieces.size());
      ASSERT_TRUE(IsFilledWith(*pieces[which].second, pieces[which].first));
      pieces.erase(pieces.begin() + static_cast<std::ptrdiff_t>(which));
      continue;
    }
    const auto mark = static_cast<std::byte>(dice.Below(256));
    const size_t bytes = dice.Below(20) == 0 ? kChunk + 5 : dice.Below(300'000) + 1;
    auto pages = std::make_unique<HugePages>(bytes);
    std::fill(pages->bytes().begin(), pages->bytes().end(), mark);
    pieces.emplace_back(mark, std::move(pages));
  }
  for (const auto& [mark, piece] : pieces) EXPECT_TRUE(IsFilledWith(*piece, mark));
}

TEST(HugePageAllocatorTest, PutsOnlyLargeContainersIntoHugePages) {
  const HugePages kept(1);
  const size_t before = HugePages::reserved();
  {
    std::vector<uint32_t, HugePageAllocator<uint32_t>> small(100, 7);
    EXPECT_EQ(HugePages::reserved(), before);
    std::vector<uint32_t, HugePageAllocator<uint32_t>> large(kChunk, 7);  // Of four bytes each.
    EXPECT_EQ(HugePages::reserved(), before + 4 * kChunk);
  }
  EXPECT_EQ(HugePages::reserved(), before);
}

TEST(HugePageAllocatorTest, KeepsWhatAContainerHoldsAsItGrowsAndMoves) {
  std::vector<uint64_t, HugePageAllocator<uint64_t>> grown;
  for (uint64_t i = 0; i < 700'000; ++i) grown.push_back(i * i);
  const std::vector<uint64_t, HugePageAllocator<uint64_t>> moved = std::move(grown);
  for (uint64_t i = 0; i < moved.size(); ++i) ASSERT_EQ(moved[i], i * i);
  EXPECT_EQ(moved.size(), 700'000u);
}

}  // namespace
}  // namespace troupe
