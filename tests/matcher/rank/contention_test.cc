#include "matcher/rank/contention.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/matcher/rank/asked.h"
#include "tests/testing/builders.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using testing::Asked;
using testing::OpeningBuilder;
using testing::ProfileBuilder;
using testing::ProjectBuilder;
using testing::Span;

std::optional<Contention> Of(const OpeningBuilder& opening, ProfileBuilder person) {
  const Asked asked(ProjectBuilder().Place("xian").With(opening));
  const ProfileRow row = MakeProfileRow(person.Holds("director").Build());
  return ContentionOf(asked.query(), row.View(), HoldTotals());
}

ProfileBuilder Person() { return ProfileBuilder(); }

TEST(ContentionTest, CountsTheHoldsOfTheDayThatHasMost) {
  const auto contention = Of(OpeningBuilder().AllDays("2026-12-01", 5),
                             Person().Held("2026-12-01", 2).Held("2026-12-02", 1).Held(
                                 "2026-12-05", 3));
  ASSERT_TRUE(contention.has_value());
  EXPECT_EQ(contention->ladder_place, 3);
  EXPECT_EQ(contention->holds_above, 3);
  EXPECT_THAT(contention->days, ElementsAre(Span("2026-12-01", 5)));
}

TEST(ContentionTest, TakesDaysThatNobodyHoldsWhereTheRuleLeavesAChoice) {
  EXPECT_EQ(Of(OpeningBuilder().AnyDays(3, "2026-12-01", 5), Person().Held("2026-12-02", 2)),
            std::nullopt);
  const auto contention =
      Of(OpeningBuilder().RunOf(3, "2026-12-01", 5),
         Person().Held("2026-12-01", 3).Held("2026-12-02", 1).Held("2026-12-04", 1));
  ASSERT_TRUE(contention.has_value());
  EXPECT_EQ(contention->ladder_place, 2);
  EXPECT_THAT(contention->days, ElementsAre(Span("2026-12-03", 3)));
}

TEST(ContentionTest, CountsHoldsOfDaysOfTravel) {
  const auto contention = Of(OpeningBuilder().AllDays("2026-12-02", 2),
                             Person().Home("zhengzhou").Held("2026-12-04", 1));
  ASSERT_TRUE(contention.has_value());
  EXPECT_THAT(contention->days, ElementsAre(Span("2026-12-01", 4)));
}

TEST(ContentionTest, IsNoneForWhoIsNotFreeOrNotHeld) {
  const OpeningBuilder opening = OpeningBuilder().AllDays("2026-12-01", 5);
  EXPECT_EQ(Of(opening, Person().Held("2026-12-01", 2).Busy("2026-12-05", 1)), std::nullopt);
  EXPECT_EQ(Of(opening, Person().Held("2026-12-06", 2)), std::nullopt);
  EXPECT_EQ(Of(OpeningBuilder(), Person().Held("2026-12-01", 2)), std::nullopt);
}

TEST(BookedChanceTest, IsTheShippedOneUntilHoldsEnd) {
  EXPECT_EQ(BookedChance({}, {}), 400'000);
}

TEST(BookedChanceTest, IsDrawnFromTheMarketTowardsWhatWasCounted) {
  // (80 + 20 * 0.4) / (100 + 20) = 0.733333; (3 + 10 * 0.733333) / (10 + 10).
  EXPECT_EQ(BookedChance({.booked = 3, .ended = 10}, {.booked = 80, .ended = 100}), 516'666);
}

TEST(ContentionTest, MultipliesTheChancesThatHoldsFallAway) {
  const auto contention =
      Of(OpeningBuilder().AllDays("2026-12-01", 5),
         Person().Held("2026-12-01", 1).Held("2026-12-03", 1));
  EXPECT_EQ(contention->ladder_place, 2);
  EXPECT_EQ(contention->free_chance_millionths, 360'000);
}

TEST(PoolHoldsTest, CountThoseOfFindableProfilesAsTheyAreNow) {
  const auto with = [](ProfileBuilder builder, int64_t booked, int64_t declined) {
    Profile profile = builder.Holds("director").Build();
    profile.hold_counts = {.placed = 99, .booked = booked, .declined = declined};
    return profile;
  };
  PoolWriter writer;
  writer.Apply({.profiles = {with(Person().Id(1), 2, 3), with(Person().Id(2), 5, 5),
                             with(Person().Id(3).Hidden(), 7, 7)}});
  EXPECT_EQ(writer.pool()->CountHolds(), (HoldTotals{.booked = 7, .ended = 15, .declined = 8}));
  writer.Apply({.profiles = {with(Person().Id(1), 4, 4)}});
  EXPECT_EQ(writer.pool()->CountHolds(), (HoldTotals{.booked = 9, .ended = 18, .declined = 9}));
}

}  // namespace
}  // namespace troupe
