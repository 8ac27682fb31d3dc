#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "matcher/hold/advance.h"
#include "matcher/hold/answer_hold.h"
#include "tests/matcher/hold/person.h"

namespace troupe {
namespace {

using testing::Person;
using testing::Told;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::Duration kDay = absl::Hours(24);

std::string WhyNot(Person& ada, uint32_t hold) {
  return ReasonOf(ChallengeHold(ada.agenda, hold, ada.Now()).status());
}

TEST(ChallengeTest, TellsEveryHoldAboveOnASharedDay) {
  Person ada;
  ada.Offered(1, {5, 7});
  ada.Offered(2, {9, 10});
  const uint32_t last = ada.Accepted(3, {6, 8});
  EXPECT_THAT(Told(*ChallengeHold(ada.agenda, last, ada.Now())),
              ElementsAre("3 CHALLENGING", "1 CHALLENGED"));
}

TEST(ChallengeTest, IsForAcceptedHoldsThatAreNotFirstAndOnce) {
  Person ada;
  ada.Accepted(1, {5, 7});
  ada.Offered(2, {6, 8});
  EXPECT_EQ(WhyNot(ada, 1), "ALREADY_FIRST");
  EXPECT_EQ(WhyNot(ada, 2), "NOT_ACCEPTED");
  ada.Accept(2);
  EXPECT_EQ(WhyNot(ada, 2), "");
  EXPECT_EQ(WhyNot(ada, 2), "ALREADY_CHALLENGING");
}

TEST(ChallengeTest, ReleasesThoseAboveAfterADayAndMovesUp) {
  Person ada;
  ada.Accepted(1, {5, 7});
  ada.Challenge(ada.Accepted(2, {6, 8}));
  EXPECT_THAT(ada.Pass(kDay - absl::Seconds(1)), IsEmpty());
  EXPECT_THAT(Told(ada.Pass(absl::Seconds(1))),
              ElementsAre("1 RELEASED CHALLENGED", "2 MAY_CONFIRM", "2 PROMOTED"));
}

TEST(ChallengeTest, LetsTheChallengerFallToLastIfItDoesNotConfirm) {
  Person ada;
  ada.Accepted(1, {15, 17});
  ada.Challenge(ada.Accepted(2, {16, 18}));
  ada.Accepted(3, {16, 18});
  ada.Release(1);
  EXPECT_THAT(Told(ada.Pass(kDay)), ElementsAre("2 FELL_TO_LAST CHALLENGE_NOT_USED", "3 PROMOTED"));
  EXPECT_THAT(ada.Ladder(16), ElementsAre(3, 2));
}

TEST(ChallengeTest, MayBeMadeAgainByAHoldThatFell) {
  Person ada;
  ada.Accepted(1, {15, 17});
  ada.Challenge(ada.Accepted(2, {16, 18}));
  ada.Accepted(3, {16, 18});
  ada.Release(1);
  ada.Pass(kDay);
  EXPECT_EQ(WhyNot(ada, 2), "");
}

TEST(ChallengeTest, IsAnsweredByAConfirmation) {
  Person ada;
  ada.Accepted(1, {5, 7});
  ada.Challenge(ada.Accepted(2, {6, 8}));
  ada.Book(1);
  EXPECT_EQ(ada.StateOf(2), HoldState::kReleased);
  EXPECT_FALSE(ada.At(2).challenge.has_value());
}

TEST(ChallengeTest, EndsWithTheChallenger) {
  Person ada;
  ada.Accepted(1, {15, 17});
  ada.Challenge(ada.Accepted(2, {16, 18}));
  ada.Release(2);
  EXPECT_THAT(ada.Pass(2 * kDay), IsEmpty());
  EXPECT_EQ(ada.StateOf(1), HoldState::kAccepted);
}

TEST(ChallengeTest, DoesNotReachHoldsThatComeLater) {
  Person ada;
  ada.Accepted(1, {15, 17});
  ada.Challenge(ada.Accepted(2, {16, 18}));
  ada.Accepted(3, {16, 18});
  ada.Pass(kDay);
  EXPECT_EQ(ada.StateOf(1), HoldState::kReleased);
  EXPECT_EQ(ada.StateOf(3), HoldState::kAccepted);
}

TEST(ChallengeTest, LetsTheChallengerConfirmInTime) {
  Person ada;
  ada.Accepted(1, {15, 17});
  ada.Challenge(ada.Accepted(2, {16, 18}));
  ada.Pass(kDay);
  ada.now += kDay - absl::Seconds(1);
  ada.Book(2);
  EXPECT_THAT(ada.Pass(kDay), IsEmpty());
  EXPECT_EQ(ada.StateOf(2), HoldState::kBooked);
}

TEST(ChallengeTest, WaitsForAConfirmationOfTheChallengedHold) {
  Person ada;
  ada.Accepted(1, {15, 17});
  ada.Challenge(ada.Accepted(2, {16, 18}));
  ada.Confirm(1);
  EXPECT_THAT(ada.Pass(2 * kDay), IsEmpty());
  EXPECT_THAT(Told(*ada.Resolve(1, Decision::kAbort)),
              ElementsAre("1 NOT_CONFIRMED", "1 RELEASED CHALLENGED", "2 MAY_CONFIRM",
                          "2 PROMOTED"));
  EXPECT_EQ(ada.At(2).challenge->deadline, ada.now + kDay);
}

TEST(ChallengeTest, WaitsForAConfirmationOfTheChallengerItself) {
  Person ada;
  ada.Accepted(1, {15, 17});
  ada.Challenge(ada.Accepted(2, {16, 18}));
  ada.Release(1);
  ada.Confirm(2);
  EXPECT_THAT(ada.Pass(2 * kDay), IsEmpty());
  EXPECT_THAT(Told(*ada.Resolve(2, Decision::kAbort)),
              ElementsAre("2 NOT_CONFIRMED", "2 FELL_TO_LAST CHALLENGE_NOT_USED"));
}

TEST(ChallengeTest, IsOverIfAReopenedHoldComesBackAbove) {
  Person ada;
  ada.Accepted(1, {15, 16});
  ada.Accepted(2, {15, 18});  // Released by the booking of 1, comes back.
  ada.Accepted(3, {17, 18});
  const uint32_t challenger = ada.Accepted(4, {17, 19});
  ada.Book(1);
  ada.Challenge(challenger);
  ada.Release(3);  // Now it is to confirm.
  ada.Cancel(1);
  EXPECT_FALSE(ada.At(challenger).challenge.has_value());
  EXPECT_THAT(ada.Ladder(17), ElementsAre(2, 4));
}

TEST(ChallengeTest, DoesNotBindAHoldThatComesBackAbove) {
  Person ada;
  ada.Accepted(1, {15, 16});
  ada.Accepted(2, {15, 18});
  ada.Accepted(3, {17, 18});
  ada.Accepted(4, {17, 19});
  ada.Book(1);
  ada.Challenge(4);
  ada.Cancel(1);  // 2 is above 3 and 4 again.
  ada.Pass(kDay);
  EXPECT_EQ(ada.StateOf(2), HoldState::kAccepted);
  EXPECT_EQ(ada.StateOf(3), HoldState::kReleased);
  EXPECT_FALSE(ada.At(4).challenge.has_value());
}

TEST(ChallengeTest, AgainstSeveralNeedsAllOfThemGone) {
  Person ada;
  ada.Accepted(1, {15, 16});
  ada.Accepted(2, {16, 17});
  ada.Challenge(ada.Accepted(3, {15, 17}));
  ada.Release(1);
  EXPECT_EQ(ada.At(3).challenge->phase, Challenge::Phase::kAnswer);
  ada.Release(2);
  EXPECT_EQ(ada.At(3).challenge->phase, Challenge::Phase::kConfirm);
}

}  // namespace
}  // namespace troupe
