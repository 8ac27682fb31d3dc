#include "matcher/rank/shortfall.h"

#include <optional>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/rank/comparison.h"
#include "tests/testing/builders.h"

namespace troupe {
namespace {

using testing::Cny;
using testing::D;
using testing::OpeningBuilder;
using testing::ProfileBuilder;
using ::testing::Optional;

const Day kToday = D("2026-11-23");
const Day kLast = kToday + (kCalendarHorizonDays - 1);

ProfileBuilder Director() { return ProfileBuilder().Holds("director"); }

std::optional<int32_t> ShiftFor(const ProfileBuilder& person, const OpeningBuilder& asks,
                                Day as_of = kToday) {
  const Profile profile = person.Build();
  const Opening opening = asks.Build();
  const Project project;
  const Comparison comparison(profile, project, opening, as_of);
  return SmallestShift(comparison.query(), comparison.view());
}

int64_t Shortfall(Requirement requirement, const ProfileBuilder& person,
                  const OpeningBuilder& asks) {
  const Profile profile = person.Build();
  const Opening opening = asks.Build();
  const Project project;
  const Comparison comparison(profile, project, opening, kToday);
  EXPECT_TRUE(comparison.Failures().Has(requirement));
  const RoleRow* role = comparison.view().FindRole(comparison.query().demand().scalars.role);
  return ShortfallOf(requirement, comparison.query(), comparison.view(), role);
}

TEST(SmallestShiftTest, IsNoneForAFreePerson) {
  EXPECT_THAT(ShiftFor(Director(), OpeningBuilder().AllDays("2026-12-01", 7)), Optional(0));
}

TEST(SmallestShiftTest, IsNoneWithoutAWindow) {
  EXPECT_THAT(ShiftFor(Director().Busy("2026-11-01", 900), OpeningBuilder()), Optional(0));
}

TEST(SmallestShiftTest, PrefersLaterToAsMuchEarlier) {
  EXPECT_THAT(ShiftFor(Director().Busy("2026-12-02", 1),
                       OpeningBuilder().AllDays("2026-12-01", 3)),
              Optional(2));
}

TEST(SmallestShiftTest, GoesEarlierWhereThatIsNearer) {
  EXPECT_THAT(ShiftFor(Director().Busy("2026-12-03", 5),
                       OpeningBuilder().AllDays("2026-12-01", 3)),
              Optional(-1));
}

TEST(SmallestShiftTest, DoesNotGoBeforeToday) {
  EXPECT_THAT(ShiftFor(Director().Busy("2026-11-25", 30),
                       OpeningBuilder().AllDays("2026-11-24", 3)),
              Optional(31));
}

TEST(SmallestShiftTest, GoesBackToTodayItself) {
  EXPECT_THAT(ShiftFor(Director().Busy("2026-11-26", 30),
                       OpeningBuilder().AllDays("2026-11-24", 3)),
              Optional(-1));
}

TEST(SmallestShiftTest, DoesNotGoFurtherIntoThePast) {
  EXPECT_THAT(ShiftFor(Director().Busy("2026-11-24", 5),
                       OpeningBuilder().AllDays("2026-11-22", 3)),
              Optional(7));
}

TEST(SmallestShiftTest, CountsOnlyDaysThatLieAhead) {
  EXPECT_THAT(ShiftFor(Director().Busy("2026-11-20", 5),
                       OpeningBuilder().AnyDays(2, "2026-11-20", 6)),
              Optional(1));
}

TEST(SmallestShiftTest, FindsARunOfDays) {
  EXPECT_THAT(ShiftFor(Director().Busy("2026-11-23", 11).Busy("2026-12-05", 1),
                       OpeningBuilder().RunOf(3, "2026-12-01", 6)),
              Optional(2));
}

TEST(SmallestShiftTest, ReachesTheLastSearchableDay) {
  const auto asks = OpeningBuilder().AllDays("2026-12-01", 1);
  EXPECT_THAT(ShiftFor(Director().Busy("2026-11-23", 399), asks),
              Optional(kLast - D("2026-12-01")));
}

TEST(SmallestShiftTest, IsNotFoundPastTheLastSearchableDay) {
  const auto asks = OpeningBuilder().AllDays("2026-12-01", 1);
  EXPECT_EQ(ShiftFor(Director().Busy("2026-11-23", 400), asks), std::nullopt);
}

TEST(SmallestShiftTest, BringsAWindowBackBeforeTheLastSearchableDay) {
  const auto asks = OpeningBuilder().AllDays((kLast - 1).ToString(), 5);
  const auto busy_at_its_end = Director().Busy((kLast + 3).ToString(), 1);
  EXPECT_THAT(ShiftFor(busy_at_its_end, asks), Optional(-3));
}

TEST(SmallestShiftTest, SearchesFromTheDayOfTheQuestion) {
  const auto asks = OpeningBuilder().AllDays("2026-12-01", 3);
  EXPECT_THAT(ShiftFor(Director().Busy("2026-12-02", 9), asks, D("2026-11-30")), Optional(10));
  EXPECT_THAT(ShiftFor(Director().Busy("2026-12-02", 9), asks, D("2026-11-29")), Optional(-2));
}

TEST(ShortfallTest, OfACalendarIsTheMoveOfTheWindow) {
  EXPECT_EQ(Shortfall(Requirement::kCalendar, Director().Busy("2026-12-03", 1),
                      OpeningBuilder().AllDays("2026-12-01", 3)),
            1);
}

TEST(ShortfallTest, OfACalendarThatNoMoveHelpsIsLarge) {
  EXPECT_EQ(Shortfall(Requirement::kCalendar, Director().Busy("2026-11-20", 500),
                      OpeningBuilder().AllDays("2026-12-01", 3)),
            1'003);
}

TEST(ShortfallTest, OfADayRateIsWholeUnitsRoundedUp) {
  const auto asks = OpeningBuilder().Ceiling(Cny(1'000, 5));
  const auto rated = [](int64_t units, int32_t nanos) {
    return Director().Rate("director", Cny(units, nanos));
  };
  EXPECT_EQ(Shortfall(Requirement::kDayRate, rated(1'000, 6), asks), 1);
  EXPECT_EQ(Shortfall(Requirement::kDayRate, rated(1'001, 5), asks), 1);
  EXPECT_EQ(Shortfall(Requirement::kDayRate, rated(1'001, 0), asks), 1);
  EXPECT_EQ(Shortfall(Requirement::kDayRate, rated(1'001, 6), asks), 2);
}

TEST(ShortfallTest, CountsMissingLanguagesAndCredentials) {
  EXPECT_EQ(Shortfall(Requirement::kLanguages, Director().Speaks("zh"),
                      OpeningBuilder().Language("zh").Language("en").Language("yue")),
            2);
  EXPECT_EQ(Shortfall(Requirement::kCredentials, Director(),
                      OpeningBuilder().Credential("first-aid")),
            1);
}

TEST(ShortfallTest, CountsTheLevelsOfRequiredSkillsThatAreMissing) {
  EXPECT_EQ(Shortfall(Requirement::kSkills, Director().Knows("riding", 1).Knows("singing", 5),
                      OpeningBuilder()
                          .Requires("riding", 3)
                          .Requires("singing", 3)
                          .Requires("fencing", 2)
                          .Wants("excel", 5)),
            4);
}

TEST(ShortfallTest, OfAPlaceIsTheDistance) {
  EXPECT_EQ(Shortfall(Requirement::kPlace, Director().Home("zhengzhou"),
                      OpeningBuilder().Place("xian")),
            431);
  EXPECT_EQ(Shortfall(Requirement::kPlace, Director(), OpeningBuilder().Place("xian")), 100'000);
}

TEST(ShortfallTest, IsOneWhereThereIsNothingToCount) {
  EXPECT_EQ(Shortfall(Requirement::kRole, ProfileBuilder().GrowsInto("director"),
                      OpeningBuilder()),
            1);
}

}  // namespace
}  // namespace troupe
