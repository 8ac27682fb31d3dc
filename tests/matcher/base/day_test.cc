#include "matcher/base/day.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace troupe {
namespace {

using ::testing::Eq;
using ::testing::Optional;

TEST(DayTest, CountsFromTheEpoch) {
  EXPECT_THAT(Day::Parse("1970-01-02"), Optional(Day(1)));
  EXPECT_THAT(Day::Parse("1969-12-31"), Optional(Day(-1)));
  EXPECT_THAT(Day::Parse("2026-11-23"), Optional(Day(20780)));
}

TEST(DayTest, PrintsWhatItParsed) {
  for (const std::string text : {"1870-01-01", "1969-12-31", "2024-02-29", "2200-12-31"}) {
    EXPECT_EQ(Day::Parse(text).value().ToString(), text);
  }
}

TEST(DayTest, ParsesNothingButTheOneFormat) {
  for (const std::string text :
       {"", "2026-11-3", "2026-11-3 ", " 2026-11-3", "2026-1-003", "+026-11-03", "-026-11-03",
        "2026/11/03", "20261103xx", "2026-11-03T", "2026-11-033", "not-a-date"}) {
    EXPECT_EQ(Day::Parse(text), std::nullopt) << text;
  }
}

TEST(DayTest, ParsesNoDayThatIsNotInItsMonth) {
  for (const std::string text :
       {"2026-02-29", "2026-02-30", "2026-04-31", "2026-13-01", "2026-00-01", "2026-01-00"}) {
    EXPECT_EQ(Day::Parse(text), std::nullopt) << text;
  }
}

TEST(DayTest, IsTheCivilDayItWasMadeFrom) {
  EXPECT_EQ(Day(absl::CivilDay(2026, 11, 23)), Day(20780));
  EXPECT_EQ(Day(20780).civil(), absl::CivilDay(2026, 11, 23));
}

TEST(DayTest, MovesByDays) {
  EXPECT_EQ(Day(10) + 5, Day(15));
  EXPECT_EQ(Day(10) - 5, Day(5));
  EXPECT_EQ(Day(15) - Day(10), 5);
  EXPECT_LT(Day(10), Day(11));
}

TEST(DaySpanTest, HoldsItsStartAndNotItsLimit) {
  constexpr DaySpan kSpan = {.start = Day(3), .limit = Day(5)};
  EXPECT_FALSE(kSpan.Contains(Day(2)));
  EXPECT_TRUE(kSpan.Contains(Day(3)));
  EXPECT_TRUE(kSpan.Contains(Day(4)));
  EXPECT_FALSE(kSpan.Contains(Day(5)));
  EXPECT_EQ(kSpan.length(), 2);
}

TEST(DaySpanTest, IsEmptyWithoutADay) {
  EXPECT_TRUE((DaySpan{.start = Day(3), .limit = Day(3)}).IsEmpty());
  EXPECT_TRUE((DaySpan{.start = Day(3), .limit = Day(2)}).IsEmpty());
  EXPECT_FALSE((DaySpan{.start = Day(3), .limit = Day(4)}).IsEmpty());
}

TEST(DaySpanTest, OverlapsWhatSharesADay) {
  constexpr DaySpan kSpan = {.start = Day(3), .limit = Day(5)};
  EXPECT_FALSE(kSpan.Overlaps({.start = Day(1), .limit = Day(3)}));
  EXPECT_TRUE(kSpan.Overlaps({.start = Day(1), .limit = Day(4)}));
  EXPECT_TRUE(kSpan.Overlaps({.start = Day(4), .limit = Day(9)}));
  EXPECT_FALSE(kSpan.Overlaps({.start = Day(5), .limit = Day(9)}));
}

TEST(DaySpanTest, PrintsItsLastDayIncluded) {
  EXPECT_THAT((DaySpan{.start = Day(20780), .limit = Day(20787)}).ToString(),
              Eq("2026-11-23..2026-11-29"));
}

}  // namespace
}  // namespace troupe
