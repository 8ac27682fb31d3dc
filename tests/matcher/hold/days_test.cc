#include "matcher/hold/days.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;

constexpr DaySpan Span(int32_t start, int32_t limit) {
  return {.start = Day(start), .limit = Day(limit)};
}

TEST(DaysTest, AreSortedAndEachOnce) {
  EXPECT_THAT(Days({Day(3), Day(1), Day(3)}), ElementsAre(Day(1), Day(3)));
}

TEST(DaysTest, AreThoseOfSpansThatMayOverlap) {
  EXPECT_THAT(Days::Of({Span(4, 6), Span(1, 2), Span(5, 7)}),
              ElementsAre(Day(1), Day(4), Day(5), Day(6)));
}

TEST(DaysTest, ComeBackFromTheirSpans) {
  const Days days({Day(1), Day(2), Day(5)});
  EXPECT_THAT(days.Spans(), ElementsAre(Span(1, 3), Span(5, 6)));
  EXPECT_EQ(Days::Of(days.Spans()), days);
}

TEST(DaysTest, AreJoinedCutAndSubtracted) {
  const Days a = Days::Of(Span(1, 4));
  const Days b = Days::Of(Span(3, 6));
  EXPECT_EQ(a.Or(b), Days::Of(Span(1, 6)));
  EXPECT_EQ(a.And(b), Days::Of(Span(3, 4)));
  EXPECT_EQ(a.Without(b), Days::Of(Span(1, 3)));
}

TEST(DaysTest, MeetWhereTheyShareADay) {
  EXPECT_TRUE(Days::Of(Span(1, 4)).Meets(Days::Of(Span(3, 6))));
  EXPECT_FALSE(Days::Of(Span(1, 3)).Meets(Days::Of(Span(3, 6))));
}

TEST(DaysTest, AreShownAsSpans) {
  EXPECT_EQ(Days({Day(0), Day(1), Day(4)}).ToString(), "1970-01-01..1970-01-02, 1970-01-05");
}

}  // namespace
}  // namespace troupe
