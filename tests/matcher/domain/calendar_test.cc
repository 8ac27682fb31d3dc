#include "matcher/domain/calendar.h"

#include <random>
#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Kind = CalendarEntry::Kind;

constexpr DaySpan Days(int32_t start, int32_t limit) {
  return {.start = Day(start), .limit = Day(limit)};
}

CalendarEntry Entry(Kind kind, DaySpan days) { return {.kind = kind, .days = days}; }

TEST(UnionTest, SortsAndJoinsWhatOverlapsOrTouches) {
  EXPECT_THAT(Union({Days(8, 9), Days(1, 3), Days(2, 5), Days(5, 6)}),
              ElementsAre(Days(1, 6), Days(8, 9)));
}

TEST(UnionTest, KeepsTheLongerOfTwoThatStartTogether) {
  EXPECT_THAT(Union({Days(1, 9), Days(1, 3), Days(4, 5)}), ElementsAre(Days(1, 9)));
}

TEST(UnionTest, LeavesOutEmptySpans) {
  EXPECT_THAT(Union({Days(3, 3), Days(5, 4)}), IsEmpty());
}

TEST(UnionTest, HasTheDaysOfTheSpansAndNoOthers) {
  std::mt19937 rng(1);
  for (int round = 0; round < 200; ++round) {
    std::vector<DaySpan> spans;
    std::set<Day> days;
    for (unsigned i = 0; i < 6; ++i) {
      const Day start(static_cast<int32_t>(rng() % 30));
      spans.push_back({.start = start, .limit = start + static_cast<int32_t>(rng() % 5)});
      for (Day day = start; day < spans.back().limit; day = day + 1) days.insert(day);
    }
    std::set<Day> joined;
    for (const DaySpan& span : Union(spans)) {
      for (Day day = span.start; day < span.limit; day = day + 1) joined.insert(day);
    }
    EXPECT_EQ(joined, days) << "round " << round;
  }
}

TEST(CalendarTest, IsNotFreeWhenBusyBookedOrOnTheWay) {
  const Calendar calendar({Entry(Kind::kBusy, Days(1, 2)), Entry(Kind::kBooked, Days(4, 5)),
                           Entry(Kind::kTravel, Days(7, 8))});
  EXPECT_THAT(calendar.BusySpans(), ElementsAre(Days(1, 2), Days(4, 5), Days(7, 8)));
}

TEST(CalendarTest, IsFreeOnDaysThatAreOnlyHeld) {
  const Calendar calendar({Entry(Kind::kHeld, Days(1, 3))});
  EXPECT_THAT(calendar.BusySpans(), IsEmpty());
  EXPECT_THAT(calendar.HeldSpans(), ElementsAre(Days(1, 3)));
}

TEST(CalendarTest, IsHeldAlsoOnDaysThatAreNotFree) {
  const Calendar calendar({Entry(Kind::kHeld, Days(1, 5)), Entry(Kind::kBooked, Days(2, 3))});
  EXPECT_THAT(calendar.HeldSpans(), ElementsAre(Days(1, 5)));
  EXPECT_THAT(calendar.BusySpans(), ElementsAre(Days(2, 3)));
}

TEST(CalendarTest, KeepsHoldsOfTheSameDaysApart) {
  const Calendar calendar({Entry(Kind::kHeld, Days(3, 5)), Entry(Kind::kHeld, Days(1, 4)),
                           Entry(Kind::kBusy, Days(1, 2)), Entry(Kind::kHeld, Days(3, 5))});
  EXPECT_THAT(calendar.Holds(), ElementsAre(Days(1, 4), Days(3, 5), Days(3, 5)));
}

TEST(CalendarTest, JoinsATripWithItsBooking) {
  const Calendar calendar({Entry(Kind::kBooked, Days(4, 9)), Entry(Kind::kTravel, Days(3, 4)),
                           Entry(Kind::kTravel, Days(9, 10))});
  EXPECT_THAT(calendar.BusySpans(), ElementsAre(Days(3, 10)));
}

TEST(CalendarTest, IsFreeWithoutEntries) {
  EXPECT_THAT(Calendar().BusySpans(), IsEmpty());
  EXPECT_THAT(Calendar().HeldSpans(), IsEmpty());
}

}  // namespace
}  // namespace troupe
