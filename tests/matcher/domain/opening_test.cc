#include "matcher/domain/opening.h"

#include "gtest/gtest.h"
#include "tests/testing/builders.h"

namespace troupe {
namespace {

using testing::OpeningBuilder;
using testing::Span;

TEST(OpeningTest, CountsItsEmptySeats) {
  EXPECT_EQ(OpeningBuilder().Headcount(3).Build().OpenSeats(), 3);
  EXPECT_EQ(OpeningBuilder().Headcount(3).Seats(2, 7).Build().OpenSeats(), 2);
}

TEST(OpeningTest, IsFilledWhenNoSeatIsEmpty) {
  EXPECT_FALSE(OpeningBuilder().Headcount(2).Seats(1, 7).Build().IsFilled());
  EXPECT_TRUE(OpeningBuilder().Headcount(2).Seats(1, 7).Seats(2, 8).Build().IsFilled());
}

TEST(OpeningTest, TakesDatesFromTheFirstBlockToTheLast) {
  EXPECT_EQ(OpeningBuilder().Build().Dates(), std::nullopt);
  EXPECT_EQ(OpeningBuilder().AllDays("2026-12-01", 5).Build().Dates(), Span("2026-12-01", 5));
  EXPECT_EQ(OpeningBuilder().Block("2026-12-01", 2).Block("2026-12-06", 3).Build().Dates(),
            Span("2026-12-01", 8));
}

TEST(OpeningTest, MovesAllItsDates) {
  Opening opening = OpeningBuilder().Block("2026-12-01", 2).Block("2026-12-06", 3).Build();
  opening.MoveDates(-1);
  EXPECT_EQ(opening.blocks[0].span, Span("2026-11-30", 2));
  EXPECT_EQ(opening.blocks[1].span, Span("2026-12-05", 3));
}

}  // namespace
}  // namespace troupe
