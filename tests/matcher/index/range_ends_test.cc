#include "matcher/index/range_ends.h"

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "matcher/index/column_bytes.h"

namespace troupe {
namespace {

uint64_t BytesOf(RangeEnds& ends) {
  ColumnMeter meter;
  ends.ForEachColumn(meter);
  return meter.bytes();
}

RangeEnds ReadBack(RangeEnds& written) {
  ColumnWriter writer;
  written.ForEachColumn(writer);
  const std::string bytes = std::move(writer).Take();
  ColumnReader reader(bytes);
  RangeEnds read;
  read.ForEachColumn(reader);
  EXPECT_TRUE(reader.ok());
  return read;
}

void ExpectRanges(const RangeEnds& ends, const std::vector<size_t>& expected) {
  ASSERT_EQ(ends.size(), expected.size());
  for (size_t at = 0; at < expected.size(); ++at) {
    EXPECT_EQ(ends[at].first, at == 0 ? 0 : expected[at - 1]) << at;
    EXPECT_EQ(ends[at].limit, expected[at]) << at;
  }
}

TEST(RangeEndsTest, FindsEveryRangeOfManyAtRandom) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    const size_t empty = seed % 3 == 0 ? 0 : random() % 150;
    const size_t longest = seed % 4 == 0 ? 3'000 : 3;  // Some blocks outgrow 16 bits.
    RangeEnds ends;
    std::vector<size_t> expected(empty, 0);
    for (size_t at = random() % 200; at > 0; --at) {
      expected.push_back((expected.empty() ? 0 : expected.back()) + random() % (longest + 1));
    }
    for (size_t end : expected) ends.Add(end);
    ExpectRanges(ends, expected);
    ExpectRanges(ReadBack(ends), expected);
  }
}

TEST(RangeEndsTest, GoesOnAfterItWasReadBack) {
  RangeEnds written;
  std::vector<size_t> expected;
  for (size_t end : {0, 0, 2, 2, 5}) {
    written.Add(end);
    expected.push_back(end);
  }
  RangeEnds read = ReadBack(written);
  for (size_t end = 6; end < 200; ++end) {
    read.Add(end);
    expected.push_back(end);
  }
  ExpectRanges(read, expected);
}

TEST(RangeEndsTest, KeepsNothingOfRangesThatAreEmptyAtTheBeginning) {
  RangeEnds none, empty;
  for (int i = 0; i < 10'000; ++i) empty.Add(0);
  EXPECT_EQ(BytesOf(empty), BytesOf(none));
  EXPECT_EQ(empty.size(), 10'000u);
  EXPECT_EQ(empty[9'999].limit, 0u);
}

TEST(RangeEndsTest, TakesTwoBytesForAShortRange) {
  RangeEnds none, ends;
  for (size_t end = 1; end <= 6'400; ++end) ends.Add(end);
  EXPECT_EQ(BytesOf(ends) - BytesOf(none), 6'400 * 2 + 100 * 4u);
}

}  // namespace
}  // namespace troupe
