#include "matcher/domain/opening.h"

#include "gtest/gtest.h"
#include "tests/testing/opening_builder.h"

namespace troupe {
namespace {

using testing::OpeningBuilder;

TEST(OpeningTest, CountsItsEmptySeats) {
  EXPECT_EQ(OpeningBuilder().Headcount(3).Build().OpenSeats(), 3);
  EXPECT_EQ(OpeningBuilder().Headcount(3).Seats(2, 7).Build().OpenSeats(), 2);
}

TEST(OpeningTest, IsFilledWhenNoSeatIsEmpty) {
  EXPECT_FALSE(OpeningBuilder().Headcount(2).Seats(1, 7).Build().IsFilled());
  EXPECT_TRUE(OpeningBuilder().Headcount(2).Seats(1, 7).Seats(2, 8).Build().IsFilled());
}

}  // namespace
}  // namespace troupe
