#include "matcher/hold/pre_accepts.h"

#include "gtest/gtest.h"
#include "tests/testing/values.h"

namespace troupe {
namespace {

using testing::Cny;
using testing::D;
using testing::Span;

HoldRequest Asked() {
  return {.role = "director",
          .place = "xian-qujiang",
          .window = {.span = Span("2026-12-10", 3)},
          .travel_days = 1,
          .terms = {.day_rate = Cny(1'000)}};
}

TEST(PreAcceptsTest, NeedsARule) { EXPECT_FALSE(PreAccepts({}, Asked())); }

TEST(PreAcceptsTest, NeedsEveryPartThatIsStated) {
  EXPECT_TRUE(PreAccepts({{.roles = {"actor", "director"}, .pay_floor = Cny(1'000)}}, Asked()));
  EXPECT_FALSE(PreAccepts({{.roles = {"actor"}, .pay_floor = Cny(1'000)}}, Asked()));
  EXPECT_FALSE(PreAccepts({{.roles = {"director"}, .pay_floor = Cny(1'001)}}, Asked()));
}

TEST(PreAcceptsTest, NeedsOneOfTheRules) {
  EXPECT_TRUE(PreAccepts({{.roles = {"actor"}}, {.roles = {"director"}}}, Asked()));
}

TEST(PreAcceptsTest, TakesPlacesWithinAPlace) {
  EXPECT_TRUE(PreAccepts({{.places = {"xian"}}}, Asked()));
  EXPECT_FALSE(PreAccepts({{.places = {"hangzhou"}}}, Asked()));
}

TEST(PreAcceptsTest, NeedsAKnownPlaceIfPlacesAreStated) {
  HoldRequest request = Asked();
  request.place = "";
  EXPECT_FALSE(PreAccepts({{.places = {"xian"}}}, request));
}

TEST(PreAcceptsTest, NeedsARateInTheCurrencyOfTheFloor) {
  EXPECT_FALSE(PreAccepts({{.pay_floor = Money{.currency = "USD", .units = 1}}}, Asked()));
  HoldRequest request = Asked();
  request.terms.day_rate.reset();
  EXPECT_FALSE(PreAccepts({{.pay_floor = Cny(0)}}, request));
}

TEST(PreAcceptsTest, NeedsTravelToLieInTheDatesToo) {
  EXPECT_TRUE(PreAccepts({{.dates = Span("2026-12-09", 5)}}, Asked()));
  EXPECT_FALSE(PreAccepts({{.dates = Span("2026-12-10", 5)}}, Asked()));
  EXPECT_FALSE(PreAccepts({{.dates = Span("2026-12-09", 4)}}, Asked()));
}

TEST(PreAcceptsTest, IgnoresARuleThatStatesNothing) { EXPECT_FALSE(PreAccepts({{}}, Asked())); }

}  // namespace
}  // namespace troupe
