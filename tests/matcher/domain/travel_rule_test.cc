#include "matcher/domain/travel_rule.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/domain/domain_data.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using ::testing::HasSubstr;
using testing::StatusIs;

absl::StatusOr<TravelRule> Rule(absl::string_view lines) {
  return TravelRule::Parse(absl::StrCat("up_to_km,days_each_way\n", lines));
}

int Index(absl::string_view id) { return ShippedPlaces().IndexOf(id); }

TEST(TravelRuleTest, TakesTheDaysOfTheFirstLineThatReaches) {
  const TravelRule rule = Rule("100,0\n500,1\n20100,3\n").value();
  EXPECT_EQ(rule.DaysEachWay(0), 0);
  EXPECT_EQ(rule.DaysEachWay(100), 0);
  EXPECT_EQ(rule.DaysEachWay(101), 1);
  EXPECT_EQ(rule.DaysEachWay(500), 1);
  EXPECT_EQ(rule.DaysEachWay(501), 3);
}

TEST(TravelRuleTest, RefusesLinesOutOfOrder) {
  constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;
  EXPECT_THAT(Rule("500,0\n500,1\n20100,2\n"), StatusIs(kInvalid, HasSubstr("line 3")));
  EXPECT_THAT(Rule("500,1\n20100,0\n"), StatusIs(kInvalid, HasSubstr("line 3")));
  EXPECT_THAT(Rule("500,0\n20100,8\n"), StatusIs(kInvalid, HasSubstr("line 3")));
  EXPECT_THAT(Rule("-1,0\n20100,1\n"), StatusIs(kInvalid, HasSubstr("line 2")));
  EXPECT_THAT(Rule("far,0\n20100,1\n"), StatusIs(kInvalid, HasSubstr("line 2")));
}

TEST(TravelRuleTest, RefusesATableThatDoesNotReachEverywhere) {
  EXPECT_THAT(Rule("20037,1\n"), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("last line")));
  EXPECT_THAT(Rule(""), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("last line")));
}

TEST(TravelRuleTest, ShipsATableThatIsRight) {
  EXPECT_THAT(TravelRule::Parse(data::kTravelDays), testing::IsOk());
}

TEST(TravelDaysTest, AreNoneWithinACityOrToItsNeighbours) {
  EXPECT_EQ(TravelDays("xian", "xian"), 0);
  EXPECT_EQ(TravelDays("hangzhou", "hangzhou-linping"), 0);
  EXPECT_EQ(TravelDays("zhejiang", "hengdian"), 0);  // One contains the other.
}

TEST(TravelDaysTest, GrowWithTheDistanceAndAreTheSameBothWays) {
  EXPECT_EQ(TravelDays("xian", "zhengzhou"), 1);
  EXPECT_EQ(TravelDays("harbin", "sanya"), 2);
  EXPECT_EQ(TravelDays("sanya", "harbin"), 2);
}

TEST(TravelDaysTest, AreNoneWhereAPlaceIsNotKnown) {
  EXPECT_EQ(TravelDays("", "xian"), 0);
  EXPECT_EQ(TravelDays("harbin", "atlantis"), 0);
  EXPECT_EQ(TravelDays(-1, Index("xian")), 0);
  EXPECT_EQ(TravelDays(Index("xian"), -1), 0);
}

TEST(TravelDaysTest, FollowTheRuleBetweenAnyTwoPlaces) {
  const Gazetteer& places = ShippedPlaces();
  for (int home = 0; home < static_cast<int>(places.places().size()); ++home) {
    for (int place = 0; place < static_cast<int>(places.places().size()); ++place) {
      const bool stays = places.IsWithin(home, place) || places.IsWithin(place, home);
      const int32_t km = stays ? 0 : places.DistanceKm(home, place);
      ASSERT_EQ(TravelDays(home, place), ShippedTravelRule().DaysEachWay(km));
    }
  }
}

}  // namespace
}  // namespace troupe
