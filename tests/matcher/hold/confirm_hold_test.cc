#include "matcher/hold/confirm_hold.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "tests/matcher/hold/person.h"

namespace troupe {
namespace {

using testing::Person;
using testing::Told;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string ReasonAndFields(const absl::StatusOr<Notices>& result) {
  std::string text = ReasonOf(result.status());
  for (const FieldViolation& v : ViolationsOf(result.status())) {
    text += " " + v.field + ": " + v.problem;
  }
  return text;
}

TEST(BeginConfirmationTest, MakesTheDaysPending) {
  Person ada;
  ada.Accepted(1, {5, 7});
  EXPECT_THAT(Told(*ada.TryConfirm(1)), ElementsAre("1 CONFIRMING"));
  EXPECT_EQ(ada.Numbers(PendingDaysOf(ada.agenda)), (std::vector<int32_t>{5, 6}));
  EXPECT_THAT(UndecidedOf(ada.agenda),
              ElementsAre(Undecided{.hold = 1,
                                    .decision = DecisionId(1),
                                    .opening = ada.At(1).opening,
                                    .deadline = ada.now + absl::Seconds(30)}));
}

TEST(BeginConfirmationTest, IsForAcceptedHolds) {
  Person ada;
  ada.Offered(1, {5, 7});
  EXPECT_EQ(ReasonAndFields(ada.TryConfirm(1)), "NOT_ACCEPTED");
}

TEST(BeginConfirmationTest, NamesTheDaysOnWhichTheHoldIsNotFirst) {
  Person ada;
  ada.Offered(1, {5, 6});
  ada.Accepted(2, {5, 7});
  EXPECT_EQ(ReasonAndFields(ada.TryConfirm(2)),
            "NOT_FIRST days: 2026-12-06 has 2 holds, and this is option 2");
}

TEST(BeginConfirmationTest, NamesDaysOfOneRankTogether) {
  Person ada;
  ada.Offered(1, {5, 7});
  ada.Offered(2, {6, 9});
  ada.Accepted(3, {5, 9});
  EXPECT_EQ(ReasonAndFields(ada.TryConfirm(3)),
            "NOT_FIRST days: 2026-12-06, 2026-12-08..2026-12-09 have 2 holds, and this is option 2 "
            "days: 2026-12-07 has 3 holds, and this is option 3");
}

TEST(BeginConfirmationTest, NamesDaysThatHaveBecomeBusy) {
  Person ada;
  ada.Accepted(1, {5, 7});
  ada.busy = ada.List({6});
  EXPECT_EQ(ReasonAndFields(ada.TryConfirm(1)), "DAYS_NOT_FREE days: 2026-12-07 is busy");
}

TEST(BeginConfirmationTest, TakesTheEarliestDaysOnWhichItIsFirst) {
  Person ada;
  ada.Offered(1, {6, 7});
  ada.Accept(ada.Place(ada.AskingAny(2, {5, 9}, 2)));
  ada.Confirm(2);
  EXPECT_EQ(ada.Numbers(ada.At(2).confirmation->days.work), (std::vector<int32_t>{5, 7}));
}

TEST(BeginConfirmationTest, TakesTheDaysThatAreNamed) {
  Person ada;
  ada.Accept(ada.Place(ada.AskingAny(1, {5, 9}, 2)));
  ada.Confirm(1, {6, 8});
  EXPECT_EQ(ada.Numbers(ada.At(1).confirmation->days.work), (std::vector<int32_t>{6, 8}));
}

TEST(BeginConfirmationTest, RefusesDaysThatItCannotBe) {
  Person ada;
  ada.busy = ada.List({7});
  ada.Accept(ada.Place(ada.AskingAny(1, {5, 9}, 2)));
  EXPECT_EQ(ReasonAndFields(ada.TryConfirm(1, {5})),
            "INVALID_FIELD days: are not a choice that the hold's window allows");
  EXPECT_EQ(ReasonAndFields(ada.TryConfirm(1, {6, 7})),
            "INVALID_FIELD days: need 2026-12-08, on which the hold does not stand");
}

TEST(BeginConfirmationTest, ChangesNothingWhenItIsRetried) {
  Person ada;
  ada.Accepted(1, {5, 7});
  ada.Confirm(1);
  const Agenda before = ada.agenda;
  ada.now += absl::Hours(1);
  EXPECT_THAT(Told(*ada.TryConfirm(1)), IsEmpty());
  EXPECT_EQ(ada.agenda, before);
}

TEST(BeginConfirmationTest, RefusesAnotherDecision) {
  Person ada;
  ada.Accepted(1, {5, 7});
  ada.Confirm(1);
  EXPECT_EQ(ReasonAndFields(BeginConfirmation(
                ada.agenda, {.hold = 1, .decision = DecisionId(99)}, {}, ada.Now())),
            "CONFIRMATION_PENDING");
}

TEST(BeginConfirmationTest, IsTooLateForAnExpiredHoldThoughNoTimerRan) {
  Person ada;
  ada.Accepted(1, {50, 51});
  ada.now += absl::Hours(7 * 24);
  EXPECT_EQ(ReasonAndFields(ada.TryConfirm(1)), "HOLD_ENDED");
}

TEST(ResolveConfirmationTest, BooksTheDaysAndReleasesOthersOnThem) {
  Person ada;
  ada.Accepted(1, {5, 7});
  ada.Offered(2, {6, 8});
  ada.Offered(3, {7, 8});
  ada.Confirm(1);
  EXPECT_THAT(Told(*ada.Resolve(1, Decision::kCommit)),
              ElementsAre("1 BOOKED", "2 RELEASED DAYS_BOOKED", "3 PROMOTED"));
  EXPECT_EQ(ada.At(1).seat, 1);
  EXPECT_EQ(ada.Numbers(BookedDaysOf(ada.agenda)), (std::vector<int32_t>{5, 6}));
  EXPECT_EQ(ada.agenda.counts, (HoldCounts{.placed = 3, .booked = 1, .released = 1}));
}

TEST(ResolveConfirmationTest, LeavesThoseThatCanDoWithoutTheDays) {
  Person ada;
  ada.Accepted(1, {5, 7});
  ada.Place(ada.AskingAny(2, {5, 9}, 2));
  ada.Place(ada.AskingRun(3, {4, 8}, 2));
  ada.Confirm(1);
  EXPECT_THAT(Told(*ada.Resolve(1, Decision::kCommit)),
              ElementsAre("1 BOOKED", "2 DAYS_LOST DAYS_BOOKED", "3 RELEASED DAYS_BOOKED"));
  EXPECT_THAT(ada.DaysOf(2), ElementsAre(7, 8));
}

TEST(ResolveConfirmationTest, TakesTravelDaysToo) {
  Person ada;
  HoldRequest request = ada.Asking(1, {5, 6});
  request.travel_days = 1;
  ada.Accept(ada.Place(request));
  ada.Offered(2, {6, 7});
  ada.Book(1);
  EXPECT_EQ(ada.StateOf(2), HoldState::kReleased);
}

TEST(ResolveConfirmationTest, GivesUpTheDaysThatABookingDoesNotUse) {
  Person ada;
  ada.Accept(ada.Place(ada.AskingAny(1, {5, 9}, 2)));
  ada.Offered(2, {7, 9});
  ada.Confirm(1, {5, 6});
  EXPECT_THAT(Told(*ada.Resolve(1, Decision::kCommit)), ElementsAre("1 BOOKED", "2 PROMOTED"));
  EXPECT_THAT(ada.Ladder(7), ElementsAre(2));
}

TEST(ResolveConfirmationTest, LeavesTheHoldAsItWasIfItWasAborted) {
  Person ada;
  ada.Accepted(1, {5, 7});
  ada.Confirm(1);
  EXPECT_THAT(Told(*ada.Resolve(1, Decision::kAbort)), ElementsAre("1 NOT_CONFIRMED"));
  EXPECT_EQ(ada.StateOf(1), HoldState::kAccepted);
  EXPECT_THAT(ada.Ladder(5), ElementsAre(1));
}

TEST(ResolveConfirmationTest, CommitsEvenPastTheDeadlineOfTheHold) {
  Person ada;
  ada.Accepted(1, {5, 7});
  ada.Confirm(1);
  EXPECT_THAT(ada.Pass(absl::Hours(24 * 10)), IsEmpty());
  EXPECT_THAT(Told(*ada.Resolve(1, Decision::kCommit)), ElementsAre("1 BOOKED"));
}

TEST(ResolveConfirmationTest, ExpiresAHoldWhoseDeadlinePassedMeanwhile) {
  Person ada;
  ada.Accepted(1, {5, 7});
  ada.Confirm(1);
  ada.Pass(absl::Hours(24 * 10));
  EXPECT_THAT(Told(*ada.Resolve(1, Decision::kAbort)),
              ElementsAre("1 NOT_CONFIRMED", "1 EXPIRED DEADLINE_PASSED"));
  EXPECT_EQ(ada.At(1).end->time, ada.now);
}

TEST(ResolveConfirmationTest, TakesEffectOnce) {
  Person ada;
  ada.Accepted(1, {5, 7});
  ada.Book(1);
  const Agenda before = ada.agenda;
  EXPECT_THAT(*ada.Resolve(1, Decision::kCommit), IsEmpty());
  EXPECT_THAT(*ada.Resolve(1, Decision::kAbort), IsEmpty());
  EXPECT_THAT(*ada.TryConfirm(1), IsEmpty());
  EXPECT_EQ(ada.agenda, before);
}

TEST(ResolveConfirmationTest, LeavesAnotherDecisionsIntent) {
  Person ada;
  ada.Accepted(1, {5, 7});
  ada.Confirm(1);
  const Agenda before = ada.agenda;
  EXPECT_TRUE(ResolveConfirmation(ada.agenda, 1, DecisionId(99), Decision::kAbort, 0, ada.Now())
                  .ok());
  EXPECT_EQ(ada.agenda, before);
}

TEST(ResolveConfirmationTest, LetsTwoConfirmationsOnOtherDaysStandTogether) {
  Person ada;
  ada.Accept(ada.Place(ada.AskingAny(1, {5, 8}, 1)));
  ada.Accept(ada.Place(ada.AskingAny(2, {7, 10}, 1)));
  ada.Confirm(1, {6});
  ada.Confirm(2, {8});
  ASSERT_TRUE(ada.Resolve(2, Decision::kCommit).ok());
  ASSERT_TRUE(ada.Resolve(1, Decision::kCommit).ok());
  EXPECT_EQ(ada.Numbers(BookedDaysOf(ada.agenda)), (std::vector<int32_t>{6, 8}));
}

}  // namespace
}  // namespace troupe
