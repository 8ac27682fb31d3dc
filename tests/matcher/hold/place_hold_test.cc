#include "matcher/hold/place_hold.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "tests/matcher/hold/person.h"
#include "tests/testing/values.h"

namespace troupe {
namespace {

using testing::Cny;
using testing::Person;
using testing::Told;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string ReasonAndFields(const absl::Status& status) {
  std::string text = ReasonOf(status);
  for (const FieldViolation& v : ViolationsOf(status)) text += " " + v.field + ": " + v.problem;
  return text;
}

TEST(PlaceHoldTest, OffersAllDaysOfTheWindow) {
  Person ada;
  const uint32_t hold = ada.Offered(1, {5, 8});
  EXPECT_EQ(ada.StateOf(hold), HoldState::kOffered);
  EXPECT_THAT(ada.DaysOf(hold), ElementsAre(5, 6, 7));
  EXPECT_EQ(ada.agenda.counts, (HoldCounts{.placed = 1}));
}

TEST(PlaceHoldTest, HoldsTravelDaysToo) {
  Person ada;
  HoldRequest request = ada.Asking(1, {5, 6});
  request.travel_days = 2;
  EXPECT_THAT(ada.DaysOf(ada.Place(request)), ElementsAre(3, 4, 5, 6, 7));
}

TEST(PlaceHoldTest, NumbersHoldsFromOneAndNeverTwice) {
  Person ada;
  EXPECT_EQ(ada.Offered(1, {5, 8}), 1u);
  ada.Release(1);
  EXPECT_EQ(ada.Offered(1, {5, 8}), 2u);
}

TEST(PlaceHoldTest, NamesDaysThatAreBusyBookedOrPending) {
  Person ada;
  ada.busy = ada.List({5});
  ada.Book(ada.Accepted(1, {6, 7}));
  ada.Confirm(ada.Accepted(2, {7, 8}));
  EXPECT_EQ(ReasonAndFields(ada.TryPlace(ada.Asking(3, {5, 9})).status()),
            "DAYS_NOT_FREE days: 2026-12-07 is booked days: 2026-12-06 is busy "
            "days: 2026-12-08 is pending");
}

TEST(PlaceHoldTest, ChangesNothingIfItIsRefused) {
  Person ada;
  ada.Offered(1, {5, 6});
  ada.busy = ada.List({6});
  const Agenda before = ada.agenda;
  ada.now += absl::Hours(24 * 30);  // The hold is past its deadline, too.
  EXPECT_FALSE(ada.TryPlace(ada.Asking(2, {33, 33})).ok());
  EXPECT_FALSE(ada.TryPlace(ada.Asking(2, {6, 7})).ok());
  EXPECT_EQ(ada.agenda, before);
}

TEST(PlaceHoldTest, JoinsWhatIsLeftIfItNeedsSomeDaysOnly) {
  Person ada;
  ada.busy = ada.List({6});
  EXPECT_THAT(ada.DaysOf(ada.Place(ada.AskingAny(1, {5, 9}, 2))), ElementsAre(5, 7, 8));
  EXPECT_THAT(ada.DaysOf(ada.Place(ada.AskingRun(2, {5, 9}, 2))), ElementsAre(5, 7, 8));
}

TEST(PlaceHoldTest, IsRefusedIfTooFewDaysAreLeft) {
  Person ada;
  ada.busy = ada.List({6});
  EXPECT_EQ(ReasonOf(ada.TryPlace(ada.AskingAny(1, {5, 8}, 3)).status()), "DAYS_NOT_FREE");
  EXPECT_EQ(ReasonOf(ada.TryPlace(ada.AskingRun(1, {5, 8}, 2)).status()), "DAYS_NOT_FREE");
}

TEST(PlaceHoldTest, SkipsDaysThatHaveBegun) {
  Person ada;
  EXPECT_THAT(ada.DaysOf(ada.Place(ada.AskingAny(1, {-2, 3}, 1))), ElementsAre(1, 2));
}

TEST(PlaceHoldTest, RefusesAWindowThatHasBegun) {
  Person ada;
  EXPECT_EQ(ReasonAndFields(ada.TryPlace(ada.Asking(1, {0, 3})).status()),
            "INVALID_FIELD window: has begun, travel included");
  EXPECT_EQ(ReasonAndFields(ada.TryPlace(ada.AskingAny(1, {-2, 1}, 1)).status()),
            "INVALID_FIELD window: has begun, travel included");
  EXPECT_EQ(ReasonAndFields(ada.TryPlace(ada.AskingAny(1, {-2, 3}, 3)).status()),
            "INVALID_FIELD window: has begun, and too few days of it are to come");
}

TEST(PlaceHoldTest, ReachesAsFarAsTheHorizonAndNoFurther) {
  Person ada;
  EXPECT_TRUE(ada.TryPlace(ada.Asking(1, {395, 400})).ok());
  EXPECT_EQ(ReasonAndFields(ada.TryPlace(ada.Asking(2, {395, 401})).status()),
            "INVALID_FIELD window: ends, with travel, past the last day that can be held");
}

TEST(PlaceHoldTest, RefusesAnImpossibleNumberOfDays) {
  Person ada;
  EXPECT_EQ(ReasonAndFields(ada.TryPlace(ada.AskingAny(1, {5, 8}, 4)).status()),
            "INVALID_FIELD window.days: is 4");
  EXPECT_EQ(ReasonAndFields(ada.TryPlace(ada.AskingAny(1, {5, 8}, 0)).status()),
            "INVALID_FIELD window.days: is 0");
  EXPECT_EQ(ReasonAndFields(ada.TryPlace(ada.Asking(1, {5, 5})).status()),
            "INVALID_FIELD window: has no day");
}

TEST(PlaceHoldTest, ExpiresAfterAWeekOrWhenAsked) {
  Person ada;
  EXPECT_EQ(ada.At(ada.Offered(1, {50, 51})).deadline, ada.now + absl::Hours(7 * 24));
  HoldRequest request = ada.Asking(2, {50, 51});
  request.deadline = ada.now + absl::Hours(3);
  EXPECT_EQ(ada.At(ada.Place(request)).deadline, ada.now + absl::Hours(3));
}

TEST(PlaceHoldTest, ExpiresAtTheLatestWhenItsFirstDayBeginsThere) {
  Person ada;
  HoldRequest request = ada.Asking(1, {4, 5});
  request.travel_days = 1;
  Moment moment = ada.Now();
  ASSERT_TRUE(absl::LoadTimeZone("Asia/Shanghai", &moment.zone));
  ASSERT_TRUE(PlaceHold(ada.agenda, request, {}, {}, moment).ok());
  EXPECT_EQ(ada.At(1).deadline,
            absl::FromCivil(absl::CivilHour(2026, 12, 3, 16), absl::UTCTimeZone()));
}

TEST(PlaceHoldTest, RefusesADeadlineThatIsOver) {
  Person ada;
  HoldRequest request = ada.Asking(1, {4, 5});
  request.deadline = ada.now;
  EXPECT_EQ(ReasonAndFields(ada.TryPlace(request).status()), "INVALID_FIELD deadline: is over");
}

TEST(PlaceHoldTest, IsOnceAnOpening) {
  Person ada;
  ada.Offered(1, {4, 5});
  EXPECT_EQ(ReasonOf(ada.TryPlace(ada.Asking(1, {8, 9})).status()), "HOLD_EXISTS");
  ada.Release(1);
  EXPECT_TRUE(ada.TryPlace(ada.Asking(1, {8, 9})).ok());
}

TEST(PlaceHoldTest, IsRefusedForAnOpeningThatThePersonIsBookedFor) {
  Person ada;
  ada.Book(ada.Accepted(1, {4, 5}));
  EXPECT_EQ(ReasonOf(ada.TryPlace(ada.Asking(1, {8, 9})).status()), "HOLD_EXISTS");
}

TEST(PlaceHoldTest, DoesFirstWhatIsDue) {
  Person ada;
  ada.Offered(1, {20, 21});
  ada.now += absl::Hours(7 * 24);
  EXPECT_THAT(Told(*ada.TryPlace(ada.Asking(1, {20, 21}))),
              ElementsAre("1 EXPIRED DEADLINE_PASSED", "2 PLACED"));
}

TEST(PlaceHoldTest, IsAcceptedAtOnceByARule) {
  Person ada;
  ada.rules = {{.roles = {"director"}, .pay_floor = Cny(900)}};
  HoldRequest request = ada.Asking(1, {4, 5});
  request.terms.day_rate = Cny(900);
  EXPECT_THAT(Told(*ada.TryPlace(request)), ElementsAre("1 PLACED", "1 ACCEPTED PRE_ACCEPTED"));
  EXPECT_EQ(ada.StateOf(1), HoldState::kAccepted);
}

TEST(PlaceHoldTest, RefusesLongConditions) {
  Person ada;
  HoldRequest request = ada.Asking(1, {4, 5});
  request.terms.conditions = std::string(1'001, 'x');
  EXPECT_EQ(ReasonAndFields(ada.TryPlace(request).status()),
            "INVALID_FIELD terms.conditions: has 1001 bytes");
}

TEST(PlaceHoldTest, StopsAtTwoHundredActiveHolds) {
  Person ada;
  for (uint32_t opening = 1; opening <= 200; ++opening) ada.Offered(opening, {4, 5});
  EXPECT_EQ(ReasonOf(ada.TryPlace(ada.Asking(201, {4, 5})).status()), "TOO_MANY_HOLDS");
  ada.Release(7);
  EXPECT_TRUE(ada.TryPlace(ada.Asking(201, {4, 5})).ok());
}

TEST(PlaceHoldTest, LeavesTheRevisionOfOthers) {
  Person ada;
  ada.Offered(1, {4, 5});
  ada.Offered(2, {4, 5});
  EXPECT_EQ(ada.At(1).revision, 1u);
  ada.Release(1);
  EXPECT_EQ(ada.At(1).revision, 2u);
  EXPECT_EQ(ada.At(2).revision, 2u);  // It was told that it is first now.
}

}  // namespace
}  // namespace troupe
