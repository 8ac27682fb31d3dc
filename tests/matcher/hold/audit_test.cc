#include "matcher/hold/audit.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/matcher/hold/person.h"

namespace troupe {
namespace {

using testing::Person;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// A booking and, on other days, two holds of which the second challenges.
Person Somebody() {
  Person ada;
  ada.Book(ada.Accepted(1, {5, 7}));
  ada.Accepted(2, {15, 17});
  ada.Challenge(ada.Accepted(3, {16, 18}));
  return ada;
}

auto Breaks(const char* name) { return Contains(StartsWith(std::string(name) + ": ")); }

TEST(AuditTest, FindsNothingWrongWithWhatCommandsMake) {
  EXPECT_THAT(BrokenInvariants(Somebody().agenda), IsEmpty());
  EXPECT_THAT(BrokenInvariants(Agenda()), IsEmpty());
}

TEST(AuditTest, FindsTwoBookingsOfADay) {
  Person ada = Somebody();
  ada.Book(2);
  ada.agenda.holds[1].days = ada.List({6});
  EXPECT_THAT(BrokenInvariants(ada.agenda), Breaks("NO_DOUBLE_BOOKING"));
}

TEST(AuditTest, FindsAHoldOnABookedDay) {
  Person ada = Somebody();
  ada.agenda.holds[1].days = ada.List({6});
  EXPECT_THAT(BrokenInvariants(ada.agenda), Breaks("BOOKED_DAYS_ARE_CLEAR"));
}

TEST(AuditTest, FindsAConfirmationThatSkipsTheQueue) {
  Person ada = Somebody();
  ada.Confirm(2);
  std::swap(ada.agenda.holds[1].position, ada.agenda.holds[2].position);
  EXPECT_THAT(BrokenInvariants(ada.agenda), Breaks("NO_QUEUE_SKIPPED"));
}

TEST(AuditTest, FindsAConfirmationOfWhatNobodyAccepted) {
  Person ada = Somebody();
  ada.Confirm(2);
  ada.agenda.holds[1].state = HoldState::kOffered;
  EXPECT_THAT(BrokenInvariants(ada.agenda), Breaks("CONFIRMED_IF_ACCEPTED"));
}

TEST(AuditTest, FindsABookingWithoutADecision) {
  Person ada = Somebody();
  ada.agenda.holds[0].decision = DecisionId();
  EXPECT_THAT(BrokenInvariants(ada.agenda), Breaks("BOOKED_BY_DECISION"));
}

TEST(AuditTest, FindsAPositionThatTwoHave) {
  Person ada = Somebody();
  ada.agenda.holds[2].position = ada.agenda.holds[1].position;
  EXPECT_THAT(BrokenInvariants(ada.agenda), Breaks("POSITIONS"));
}

TEST(AuditTest, FindsDaysThatCannotMeetTheWindow) {
  Person ada = Somebody();
  ada.agenda.holds[1].days = ada.List({15});
  EXPECT_THAT(BrokenInvariants(ada.agenda), Breaks("CAN_BE_MET"));
}

TEST(AuditTest, FindsAChallengeOfWhatIsNotAbove) {
  Person ada = Somebody();
  ada.agenda.holds[2].challenge->challenged = {1};
  EXPECT_THAT(BrokenInvariants(ada.agenda), Breaks("CHALLENGES_THOSE_ABOVE"));
}

TEST(AuditTest, FindsWrongCounts) {
  Person ada = Somebody();
  ++ada.agenda.counts.expired;
  EXPECT_THAT(BrokenInvariants(ada.agenda), Breaks("COUNTS"));
}

TEST(AuditTest, FindsTwoHoldsOfAnOpening) {
  Person ada = Somebody();
  ada.agenda.holds[2].opening = ada.agenda.holds[1].opening;
  EXPECT_THAT(BrokenInvariants(ada.agenda), Breaks("ONE_HOLD_AN_OPENING"));
}

}  // namespace
}  // namespace troupe
