#include "matcher/rank/shared_work.h"

#include <cstdint>
#include <map>
#include <memory_resource>
#include <random>

#include "gtest/gtest.h"

namespace troupe {
namespace {

int32_t TwiceAndOne(int32_t value) { return 2 * value + 1; }

TEST(SharedWorkTest, IsNoneOfAnybodyIfNothingWasAdded) {
  std::pmr::monotonic_buffer_resource memory;
  SharedWork work(&memory);
  work.Close(TwiceAndOne);
  EXPECT_TRUE(work.IsEmpty());
  EXPECT_EQ(work.values().Of(0), 0);
  EXPECT_EQ(work.values().Of(7), 0);
}

TEST(SharedWorkTest, WeighsWhatWasAddedForAllOfSomePeopleOnce) {
  std::pmr::monotonic_buffer_resource memory;
  SharedWork work(&memory);
  work.Add(7, 2);
  work.Add(7, 0);
  work.Add(9, 1);
  work.Add(7, 3);
  work.Close(TwiceAndOne);
  EXPECT_FALSE(work.IsEmpty());
  EXPECT_EQ(work.values().Of(7), 11);
  EXPECT_EQ(work.values().Of(9), 3);
  EXPECT_EQ(work.values().Of(0), 0);
  EXPECT_EQ(work.values().Of(8), 0);
}

TEST(SharedWorkTest, AgreesWithAMapWhoeverShareTheirLastBits) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    std::pmr::monotonic_buffer_resource memory;
    SharedWork work(&memory);
    std::map<uint32_t, int32_t> expected;
    const uint32_t step = uint32_t{1} << (seed % 10);
    for (size_t left = random() % 300; left > 0; --left) {
      const auto people = static_cast<uint32_t>(1 + random() % 100) * step;
      const auto value = static_cast<int32_t>(random() % 3);
      work.Add(people, value);
      expected[people] += value;
    }
    work.Close(TwiceAndOne);
    for (uint32_t people = 0; people < 101 * step; people += step < 4 ? 1 : step / 4) {
      const auto found = expected.find(people);
      const int32_t value = found == expected.end() ? 0 : TwiceAndOne(found->second);
      ASSERT_EQ(work.values().Of(people), value) << "seed " << seed << ", people " << people;
    }
  }
}

}  // namespace
}  // namespace troupe
