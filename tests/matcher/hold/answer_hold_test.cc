#include "matcher/hold/answer_hold.h"

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

absl::StatusOr<Notices> Accept(Person& ada, uint32_t hold, Side by) {
  return AcceptHold(ada.agenda, hold, by, ada.Now());
}
absl::StatusOr<Notices> Decline(Person& ada, uint32_t hold, Side by) {
  return DeclineHold(ada.agenda, hold, by, "why", ada.Now());
}
absl::StatusOr<Notices> Counter(Person& ada, uint32_t hold, Side by, int64_t rate) {
  return MakeCounterOffer(ada.agenda, hold, by, {.day_rate = Cny(rate)}, ada.Now());
}
std::string Reason(const absl::StatusOr<Notices>& result) { return ReasonOf(result.status()); }

TEST(AcceptHoldTest, AcceptsAnOffer) {
  Person ada;
  ada.Offered(1, {5, 6});
  EXPECT_THAT(Told(*Accept(ada, 1, Side::kPerson)), ElementsAre("1 ACCEPTED"));
  EXPECT_EQ(ada.StateOf(1), HoldState::kAccepted);
}

TEST(AcceptHoldTest, IsForThePersonAndOnce) {
  Person ada;
  ada.Offered(1, {5, 6});
  EXPECT_EQ(Reason(Accept(ada, 1, Side::kHolder)), "NOT_YOURS_TO_ACCEPT");
  ada.Accept(1);
  EXPECT_EQ(Reason(Accept(ada, 1, Side::kPerson)), "ALREADY_ACCEPTED");
}

TEST(AcceptHoldTest, NamesWhatIsNotThereOrOver) {
  Person ada;
  EXPECT_EQ(Reason(Accept(ada, 9, Side::kPerson)), "HOLD_NOT_FOUND");
  ada.Offered(1, {5, 6});
  ada.Release(1);
  EXPECT_EQ(Reason(Accept(ada, 1, Side::kPerson)), "HOLD_ENDED");
}

TEST(AcceptHoldTest, IsTooLateAtTheDeadline) {
  Person ada;
  ada.Offered(1, {50, 51});
  ada.now += absl::Hours(7 * 24);
  const Agenda before = ada.agenda;
  EXPECT_EQ(Reason(Accept(ada, 1, Side::kPerson)), "HOLD_ENDED");
  EXPECT_EQ(ada.agenda, before);
}

TEST(DeclineHoldTest, EndsAnOfferOrAnAcceptedHold) {
  Person ada;
  ada.Offered(1, {5, 6});
  ada.Accepted(2, {5, 6});
  EXPECT_THAT(Told(*Decline(ada, 1, Side::kPerson)), ElementsAre("1 DECLINED", "2 PROMOTED"));
  EXPECT_THAT(Told(*Decline(ada, 2, Side::kPerson)), ElementsAre("2 DECLINED"));
  EXPECT_EQ(ada.At(1).end->text, "why");
  EXPECT_EQ(ada.agenda.counts, (HoldCounts{.placed = 2, .declined = 2}));
}

TEST(DeclineHoldTest, IsForThePerson) {
  Person ada;
  ada.Offered(1, {5, 6});
  EXPECT_EQ(Reason(Decline(ada, 1, Side::kHolder)), "NOT_YOURS_TO_DECLINE");
}

TEST(CounterOfferTest, ChangesNeitherTermsNorOrder) {
  Person ada;
  ada.Offered(1, {5, 6});
  ada.Offered(2, {5, 6});
  ASSERT_TRUE(Counter(ada, 1, Side::kPerson, 2'000).ok());
  EXPECT_EQ(ada.At(1).terms, HoldTerms());
  EXPECT_THAT(ada.Ladder(5), ElementsAre(1, 2));
}

TEST(CounterOfferTest, OfThePersonAcceptedByTheHolderAcceptsTheHold) {
  Person ada;
  ada.Offered(1, {5, 6});
  ASSERT_TRUE(Counter(ada, 1, Side::kPerson, 2'000).ok());
  EXPECT_THAT(Told(*Accept(ada, 1, Side::kHolder)),
              ElementsAre("1 COUNTER_ACCEPTED", "1 ACCEPTED"));
  EXPECT_EQ(ada.At(1).terms.day_rate, Cny(2'000));
  EXPECT_EQ(ada.StateOf(1), HoldState::kAccepted);
}

TEST(CounterOfferTest, OfTheHolderAcceptedByThePersonAcceptsAnOffer) {
  Person ada;
  ada.Offered(1, {5, 6});
  ASSERT_TRUE(Counter(ada, 1, Side::kHolder, 2'000).ok());
  ada.Accept(1);
  EXPECT_EQ(ada.At(1).terms.day_rate, Cny(2'000));
  EXPECT_EQ(ada.StateOf(1), HoldState::kAccepted);
}

TEST(CounterOfferTest, LeavesAnAcceptedHoldAccepted) {
  Person ada;
  ada.Accepted(1, {5, 6});
  ASSERT_TRUE(Counter(ada, 1, Side::kHolder, 2'000).ok());
  EXPECT_THAT(Told(*Accept(ada, 1, Side::kPerson)), ElementsAre("1 COUNTER_ACCEPTED"));
  EXPECT_EQ(ada.StateOf(1), HoldState::kAccepted);
}

TEST(CounterOfferTest, IsNotAnsweredByTheSideThatMadeIt) {
  Person ada;
  ada.Offered(1, {5, 6});
  ASSERT_TRUE(Counter(ada, 1, Side::kPerson, 2'000).ok());
  EXPECT_EQ(Reason(Accept(ada, 1, Side::kPerson)), "OWN_COUNTER_OFFER");
}

TEST(CounterOfferTest, IsDroppedWhenDeclinedAndNothingElseChanges) {
  Person ada;
  ada.Accepted(1, {5, 6});
  ASSERT_TRUE(Counter(ada, 1, Side::kHolder, 2'000).ok());
  EXPECT_THAT(Told(*Decline(ada, 1, Side::kPerson)), ElementsAre("1 COUNTER_DECLINED"));
  EXPECT_EQ(ada.StateOf(1), HoldState::kAccepted);
  EXPECT_EQ(ada.At(1).terms, HoldTerms());
}

TEST(CounterOfferTest, IsWithdrawnByTheSideThatMadeIt) {
  Person ada;
  ada.Offered(1, {5, 6});
  ASSERT_TRUE(Counter(ada, 1, Side::kPerson, 2'000).ok());
  EXPECT_THAT(Told(*Decline(ada, 1, Side::kPerson)), ElementsAre("1 COUNTER_WITHDRAWN"));
  EXPECT_EQ(ada.StateOf(1), HoldState::kOffered);
}

TEST(CounterOfferTest, ReplacesOnlyOnesOwn) {
  Person ada;
  ada.Offered(1, {5, 6});
  ASSERT_TRUE(Counter(ada, 1, Side::kPerson, 2'000).ok());
  ASSERT_TRUE(Counter(ada, 1, Side::kPerson, 3'000).ok());
  EXPECT_EQ(ada.At(1).counter_offer->terms.day_rate, Cny(3'000));
  EXPECT_EQ(Reason(Counter(ada, 1, Side::kHolder, 1)), "COUNTER_OFFER_STANDING");
}

TEST(CounterOfferTest, KeepsTheHoldFromBeingConfirmed) {
  Person ada;
  ada.Accepted(1, {5, 6});
  ASSERT_TRUE(Counter(ada, 1, Side::kPerson, 2'000).ok());
  EXPECT_EQ(Reason(ada.TryConfirm(1)), "COUNTER_OFFER_STANDING");
}

TEST(ReleaseHoldTest, PromotesThoseBelowOnTheirSharedDays) {
  Person ada;
  ada.Offered(1, {5, 7});
  ada.Offered(2, {6, 8});
  const auto notices = ReleaseHold(ada.agenda, 1, "", ada.Now());
  EXPECT_THAT(Told(*notices), ElementsAre("1 RELEASED", "2 PROMOTED"));
  EXPECT_THAT(ada.Numbers(notices->back().event.days), ElementsAre(6));
}

TEST(AnswerHoldTest, WaitsForAnUndecidedConfirmation) {
  Person ada;
  ada.Accepted(1, {5, 6});
  ada.Confirm(1);
  EXPECT_EQ(Reason(Decline(ada, 1, Side::kPerson)), "CONFIRMATION_PENDING");
  EXPECT_EQ(Reason(ReleaseHold(ada.agenda, 1, "", ada.Now())), "CONFIRMATION_PENDING");
  EXPECT_EQ(Reason(Counter(ada, 1, Side::kPerson, 1)), "CONFIRMATION_PENDING");
}

TEST(AnswerHoldTest, KeepsTheNewestHundredEventsAndTheirCount) {
  Person ada;
  ada.Offered(1, {5, 6});
  for (int64_t rate = 1; rate <= 150; ++rate) {
    ASSERT_TRUE(Counter(ada, 1, Side::kPerson, rate).ok());
  }
  EXPECT_EQ(ada.At(1).history.size(), 100u);
  EXPECT_EQ(ada.At(1).events, 151u);
  EXPECT_EQ(ada.At(1).history.back().terms->day_rate, Cny(150));
}

}  // namespace
}  // namespace troupe
