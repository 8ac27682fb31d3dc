#include "matcher/placement/ranked_lists.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(RankedListsTest, RanksByPositionWithoutTies) {
  RankedLists lists;
  lists.Add(std::vector<uint32_t>{7, 5});
  lists.Add(std::vector<uint32_t>{});
  EXPECT_THAT(lists[0], ElementsAre(7, 5));
  EXPECT_THAT(lists[1], IsEmpty());
  EXPECT_EQ(lists.RankAt(0, 1), 1u);
  EXPECT_FALSE(lists.HasTies());
}

TEST(RankedListsTest, GivesTiedEntriesOneRank) {
  RankedLists lists;
  lists.Add(std::vector<uint32_t>{1, 2});
  lists.Add({{3}, {4, 5}, {}, {6}});
  lists.Add(std::vector<uint32_t>{8, 9});
  EXPECT_TRUE(lists.HasTies());
  EXPECT_EQ(lists.RankAt(0, 1), 1u);
  EXPECT_EQ(lists.RankAt(1, 1), 1u);
  EXPECT_EQ(lists.RankAt(1, 2), 1u);
  EXPECT_EQ(lists.RankAt(1, 3), 2u);
  EXPECT_EQ(lists.RankAt(2, 1), 1u);
}

TEST(RankedListsTest, KnowsOfATieInTheVeryFirstPlace) {
  RankedLists lists;
  lists.Add({{1, 2}, {3}});
  EXPECT_EQ(lists.RankAt(0, 1), 0u);
  EXPECT_EQ(lists.RankAt(0, 2), 1u);
}

}  // namespace
}  // namespace troupe
