#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "matcher/hold/confirm_hold.h"
#include "tests/matcher/hold/person.h"

namespace troupe {
namespace {

using testing::Person;
using testing::Told;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(CancelBookingTest, FreesTheDays) {
  Person ada;
  ada.Book(ada.Accepted(1, {15, 17}));
  EXPECT_THAT(Told(*ada.TryCancel(1)), ElementsAre("1 CANCELLED"));
  EXPECT_THAT(BookedDaysOf(ada.agenda), IsEmpty());
  EXPECT_EQ(ada.agenda.counts, (HoldCounts{.placed = 1, .booked = 1}));
}

TEST(CancelBookingTest, ReopensWhatItReleasedInTheOldOrderAndState) {
  Person ada;
  ada.Accepted(1, {15, 17});
  ada.Offered(2, {15, 17});
  ada.Accepted(3, {16, 18});
  ada.Book(1);
  ada.Offered(4, {17, 19});
  EXPECT_THAT(Told(*ada.TryCancel(1)),
              ElementsAre("1 CANCELLED", "2 REOPENED BOOKING_CANCELLED",
                          "3 REOPENED BOOKING_CANCELLED", "4 OVERTAKEN"));
  EXPECT_THAT(ada.Ladder(16), ElementsAre(2, 3));
  EXPECT_THAT(ada.Ladder(17), ElementsAre(3, 4));
  EXPECT_EQ(ada.StateOf(2), HoldState::kOffered);
  EXPECT_EQ(ada.StateOf(3), HoldState::kAccepted);
  EXPECT_EQ(ada.agenda.counts, (HoldCounts{.placed = 4, .booked = 1}));
}

TEST(CancelBookingTest, LeavesWhatEndedOtherwise) {
  Person ada;
  ada.Accepted(1, {15, 17});
  ada.Release(ada.Offered(2, {15, 17}));
  ada.Book(1);
  ada.Cancel(1);
  EXPECT_EQ(ada.StateOf(2), HoldState::kReleased);
}

TEST(CancelBookingTest, LeavesWhatIsPastItsDeadline) {
  Person ada;
  ada.Accepted(1, {15, 17});
  ada.Offered(2, {15, 17});
  ada.Book(1);
  ada.Pass(absl::Hours(7 * 24));
  EXPECT_THAT(Told(*ada.TryCancel(1)), ElementsAre("1 CANCELLED"));
}

TEST(CancelBookingTest, LeavesWhoseDaysAreTakenMeanwhile) {
  Person ada;
  ada.Accepted(1, {15, 17});
  ada.Offered(2, {15, 18});
  ada.Offered(3, {16, 19});
  ada.Book(1);
  ada.Book(ada.Accepted(4, {17, 18}));
  ada.busy = ada.List({18});
  EXPECT_THAT(Told(*ada.TryCancel(1)), ElementsAre("1 CANCELLED"));
}

TEST(CancelBookingTest, LeavesWhoseOpeningHasAnotherHold) {
  Person ada;
  ada.Accepted(1, {15, 17});
  ada.Offered(2, {15, 17});
  ada.Book(1);
  ada.Offered(2, {20, 21});
  EXPECT_THAT(Told(*ada.TryCancel(1)), ElementsAre("1 CANCELLED"));
}

TEST(CancelBookingTest, GivesAHoldOfAnyDaysBackWhatIsLeft) {
  Person ada;
  ada.Accepted(1, {15, 17});
  ada.Place(ada.AskingAny(2, {14, 18}, 3));
  ada.Book(1);
  ada.busy = ada.List({14});
  ada.Cancel(1);
  EXPECT_THAT(ada.DaysOf(2), ElementsAre(15, 16, 17));
}

TEST(CancelBookingTest, IsForBookingsThatAreNotOver) {
  Person ada;
  ada.Accepted(1, {5, 7});
  EXPECT_EQ(ReasonOf(ada.TryCancel(1).status()), "NOT_BOOKED");
  ada.Book(1);
  ada.now += absl::Hours(24 * 6);  // During its last day.
  Person later = ada;
  later.now += absl::Hours(24);
  EXPECT_EQ(ReasonOf(later.TryCancel(1).status()), "BOOKING_OVER");
  EXPECT_TRUE(ada.TryCancel(1).ok());
  EXPECT_EQ(ReasonOf(ada.TryCancel(1).status()), "NOT_BOOKED");
}

}  // namespace
}  // namespace troupe
