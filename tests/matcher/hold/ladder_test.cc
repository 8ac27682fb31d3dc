#include "matcher/hold/ladder.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/matcher/hold/person.h"

namespace troupe {
namespace {

using testing::Person;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(LadderTest, IsInTheOrderOfArrival) {
  Person ada;
  ada.Offered(1, {5, 8});
  ada.Offered(2, {6, 7});
  ada.Offered(3, {6, 9});
  EXPECT_THAT(ada.Ladder(6), ElementsAre(1, 2, 3));
  EXPECT_THAT(ada.Ladder(8), ElementsAre(3));
  EXPECT_THAT(ada.Ladder(9), IsEmpty());
}

TEST(LadderTest, IsInTheOrderOfArrivalWhateverTheClockSays) {
  Person ada;
  ada.Offered(1, {5, 8});
  ada.now -= absl::Hours(5);
  ada.Offered(2, {5, 8});
  EXPECT_THAT(ada.Ladder(5), ElementsAre(1, 2));
}

TEST(LadderTest, MovesUpWhenAHoldLeavesIt) {
  Person ada;
  ada.Offered(1, {5, 8});
  const uint32_t second = ada.Offered(2, {7, 9});
  ada.Release(1);
  EXPECT_THAT(ada.Ladder(7), ElementsAre(second));
  EXPECT_TRUE(IsFirstEverywhere(ada.agenda, ada.At(second)));
}

TEST(LadderTest, TellsTheRankOfEachDay) {
  Person ada;
  ada.Offered(1, {5, 7});
  const uint32_t second = ada.Offered(2, {6, 8});
  EXPECT_THAT(RanksOf(ada.agenda, ada.At(second)),
              ElementsAre(DayRank{ada.DayAt(6), 2, 2}, DayRank{ada.DayAt(7), 1, 1}));
  EXPECT_EQ(ada.Numbers(FirstDaysOf(ada.agenda, ada.At(second))), std::vector<int32_t>{7});
}

TEST(LadderTest, HasNoRankForWhatIsNotOnIt) {
  Person ada;
  ada.Offered(1, {5, 7});
  EXPECT_EQ(RankOn(ada.agenda, ada.At(1), ada.DayAt(7)), 0);
  ada.Release(1);
  EXPECT_EQ(RankOn(ada.agenda, ada.At(1), ada.DayAt(5)), 0);
  EXPECT_THAT(RanksOf(ada.agenda, ada.At(1)), IsEmpty());
}

TEST(LadderTest, CountsAsAboveOnlyWhoSharesADay) {
  Person ada;
  ada.Offered(1, {5, 6});
  ada.Offered(2, {6, 7});
  ada.Offered(3, {6, 8});
  EXPECT_THAT(Above(ada.agenda, ada.At(3)), ElementsAre(&ada.At(2)));
}

}  // namespace
}  // namespace troupe
