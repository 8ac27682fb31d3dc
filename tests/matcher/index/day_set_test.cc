#include "matcher/index/day_set.h"

#include <algorithm>
#include <random>
#include <vector>

#include "gtest/gtest.h"
#include "matcher/domain/calendar.h"
#include "tests/testing/dice.h"

namespace troupe {
namespace {

using testing::Dice;

constexpr Day kBase(20780);

DaySpan Days(int32_t from, int32_t to) { return {kBase + from, kBase + to}; }

bool Holds(const std::vector<DaySpan>& spans, Day day) {
  return std::any_of(spans.begin(), spans.end(),
                     [&](const DaySpan& span) { return span.Contains(day); });
}

int32_t CountDayByDay(const std::vector<DaySpan>& spans, DaySpan asked) {
  int32_t count = 0;
  for (Day day = asked.start; day < asked.limit; day = day + 1) count += Holds(spans, day);
  return count;
}

int32_t LongestGapDayByDay(const std::vector<DaySpan>& spans, DaySpan asked) {
  int32_t longest = 0;
  int32_t run = 0;
  for (Day day = asked.start; day < asked.limit; day = day + 1) {
    run = Holds(spans, day) ? 0 : run + 1;
    longest = std::max(longest, run);
  }
  return longest;
}

TEST(DaySetTest, CountsTheDaysOfASpan) {
  const std::vector<DaySpan> spans = {Days(2, 4), Days(6, 9)};
  const DaySet set{.spans = spans};
  EXPECT_EQ(set.CountIn(Days(0, 7)), 3);
}

TEST(DaySetTest, FindsTheLongestGap) {
  const std::vector<DaySpan> spans = {Days(2, 4), Days(9, 10)};
  const DaySet set{.spans = spans};
  EXPECT_EQ(set.LongestGapIn(Days(0, 12)), 5);
}

TEST(DaySetTest, HasNothingInAnEmptySpan) {
  const std::vector<DaySpan> spans = {Days(0, 10)};
  const DaySet set{.spans = spans};
  EXPECT_EQ(set.CountIn(Days(5, 5)), 0);
  EXPECT_EQ(set.LongestGapIn(Days(5, 3)), 0);
}

TEST(DaySetTest, BitsLeaveOutDaysBeyondTheirReach) {
  const DayBits bits = BitsOf(std::vector<DaySpan>{Days(-5, 1), Days(kDayBits - 1, 2000)}, kBase);
  EXPECT_EQ(bits.front(), uint64_t{1});
  EXPECT_EQ(bits.back(), uint64_t{1} << 63);
}

TEST(DaySetTest, AgreesWithLookingAtEveryDay) {
  constexpr int32_t kEdges[] = {-70, -1, 0, 1, 63, 64, 65, 128, 300, 448, 511, 512, 513, 600};
  std::mt19937_64 rng(1);
  Dice dice(rng);
  for (int round = 0; round < 3'000; ++round) {
    std::vector<DaySpan> spans(dice.Below(12));
    for (DaySpan& span : spans) {
      const int32_t from = dice.OneIn(3) ? dice.Pick(kEdges) : dice.Between(-100, 600);
      span = Days(from, from + dice.Between(0, 80));
    }
    spans = Union(spans);
    const DaySet set{.spans = spans};
    const int32_t from = dice.Pick(kEdges);
    const DaySpan asked = dice.OneIn(2) ? Days(from, dice.Pick(kEdges))
                                        : Days(from, from + dice.Between(1, 70));
    ASSERT_EQ(set.CountIn(asked), CountDayByDay(spans, asked)) << round;
    ASSERT_EQ(set.LongestGapIn(asked), LongestGapDayByDay(spans, asked)) << round;
  }
}

}  // namespace
}  // namespace troupe
