#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/services/booking/booking_world.h"

namespace troupe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::Not;
using enum absl::StatusCode;

// Ada's days are held by "first" and, behind it, by "second".
class AnswerHoldTest : public ::testing::Test {
 protected:
  v1::Hold::State StateOf(const v1::Hold& hold) {
    return world_.Get(hold.name(), "agency").value().state();
  }

  BookingWorld world_;
  const std::string ada_ = world_.Person();
  const v1::Hold first_ = world_.Place(ada_, "first").value();
  const v1::Hold second_ = world_.Place(ada_, "second").value();
};

TEST_F(AnswerHoldTest, IsAcceptedByThePersonsSide) {
  EXPECT_EQ(world_.Accept(first_.name())->state(), v1::Hold::STATE_ACCEPTED);
  EXPECT_THAT(world_.Accept(first_.name()), FailsWith(kFailedPrecondition, "ALREADY_ACCEPTED"));
  EXPECT_THAT(world_.Accept(second_.name(), "second"),
              FailsWith(kFailedPrecondition, "NOT_YOURS_TO_ACCEPT"));
}

TEST_F(AnswerHoldTest, LetsTheNextMoveUpWhenItIsDeclined) {
  const v1::Hold declined = world_.Decline(first_.name(), "agency", "text: 'ill'").value();
  EXPECT_EQ(declined.state(), v1::Hold::STATE_DECLINED);
  EXPECT_EQ(declined.end().text(), "ill");
  EXPECT_EQ(declined.end().side(), v1::HOLD_SIDE_PERSON);
  EXPECT_EQ(RankOf(world_.Get(second_.name(), "second").value()), "1 of 1");
  EXPECT_THAT(EntriesOf(world_.Profile(ada_)), ElementsAre("KIND_HELD 2026-5-4..2026-5-7 by 2"));
  EXPECT_EQ(world_.Profile(ada_).hold_counts().declined(), 1);
}

TEST_F(AnswerHoldTest, IsReleasedByItsHolderOnly) {
  EXPECT_THAT(world_.Release(first_.name(), "agency"), FailsWith(kPermissionDenied, "WRONG_SIDE"));
  EXPECT_THAT(world_.Release(first_.name(), "second"), FailsWith(kNotFound, "HOLD_NOT_FOUND"));
  EXPECT_EQ(world_.Release(first_.name(), "first")->state(), v1::Hold::STATE_RELEASED);
  EXPECT_THAT(world_.Release(first_.name(), "first"),
              FailsWith(kFailedPrecondition, "HOLD_ENDED"));
}

TEST_F(AnswerHoldTest, IsChallengedByTheNext) {
  EXPECT_THAT(world_.Challenge(second_.name(), "second"),
              FailsWith(kFailedPrecondition, "NOT_ACCEPTED"));
  ASSERT_THAT(world_.Accept(second_.name()), IsOk());
  EXPECT_THAT(world_.Challenge(second_.name(), "agency"),
              FailsWith(kPermissionDenied, "WRONG_SIDE"));
  const v1::Hold challenger = world_.Challenge(second_.name(), "second").value();
  EXPECT_EQ(challenger.challenge().phase(), v1::HoldChallenge::PHASE_ANSWER);
  EXPECT_EQ(world_.Release(first_.name(), "first")->state(), v1::Hold::STATE_RELEASED);
  EXPECT_EQ(world_.Get(second_.name(), "second")->challenge().phase(),
            v1::HoldChallenge::PHASE_CONFIRM);
}

TEST_F(AnswerHoldTest, ChangesTermsOnceTheOtherSideAcceptsThem) {
  ASSERT_THAT(world_.Counter(first_.name(), "agency"), IsOk());
  EXPECT_THAT(world_.Accept(first_.name(), "agency"),
              FailsWith(kFailedPrecondition, "OWN_COUNTER_OFFER"));
  EXPECT_EQ(world_.Get(first_.name(), "first")->terms().conditions(), "");
  const v1::Hold accepted = world_.Accept(first_.name(), "first").value();
  EXPECT_EQ(accepted.terms().conditions(), "meals");
  EXPECT_EQ(accepted.state(), v1::Hold::STATE_ACCEPTED);
  EXPECT_FALSE(accepted.has_counter_offer());
}

TEST_F(AnswerHoldTest, DropsACounterOfferThatIsDeclined) {
  ASSERT_THAT(world_.Counter(first_.name(), "first"), IsOk());
  EXPECT_THAT(world_.Counter(first_.name(), "agency"),
              FailsWith(kFailedPrecondition, "COUNTER_OFFER_STANDING"));
  const v1::Hold kept = world_.Decline(first_.name(), "agency").value();
  EXPECT_EQ(kept.state(), v1::Hold::STATE_OFFERED);
  EXPECT_FALSE(kept.has_counter_offer());
}

TEST_F(AnswerHoldTest, NeedsTermsForACounterOffer) {
  EXPECT_THAT(BadFields(world_.Counter(first_.name(), "first", "")), ElementsAre("terms"));
}

TEST_F(AnswerHoldTest, RefusesAStaleEtagAndNotANeighboursChange) {
  const std::string stale = "etag: '" + first_.etag() + "'";
  ASSERT_THAT(world_.Accept(second_.name()), IsOk());
  ASSERT_THAT(world_.Accept(first_.name(), "agency", stale), IsOk());
  EXPECT_THAT(world_.Decline(first_.name(), "agency", stale), FailsWith(kAborted, "STALE_ETAG"));
}

TEST_F(AnswerHoldTest, AnswersARetryAsTheFirstTry) {
  const std::string text = "request_id: 'r' etag: '" + first_.etag() + "'";
  ASSERT_THAT(world_.Accept(first_.name(), "agency", text), IsOk());
  EXPECT_EQ(world_.Accept(first_.name(), "agency", text)->state(), v1::Hold::STATE_ACCEPTED);
  EXPECT_EQ(world_.Get(first_.name(), "first")->event_count(), 2);
  EXPECT_THAT(world_.Accept(first_.name(), "agency", "request_id: 'r'"),
              FailsWith(kAlreadyExists, "REQUEST_ID_REUSED"));
}

TEST_F(AnswerHoldTest, TellsAFailureThatIsNoRetryWhatItWas) {
  ASSERT_THAT(world_.Accept(first_.name()), IsOk());
  EXPECT_THAT(world_.Accept(first_.name(), "agency", "request_id: 'new'"),
              FailsWith(kFailedPrecondition, "ALREADY_ACCEPTED"));
}

TEST_F(AnswerHoldTest, CannotAnswerWhatHasExpired) {
  world_.clock().Advance(absl::Hours(24 * 8));
  EXPECT_THAT(world_.Accept(first_.name()), FailsWith(kFailedPrecondition, "HOLD_ENDED"));
}

TEST_F(AnswerHoldTest, IsNotThereForOthers) {
  EXPECT_THAT(world_.Get(first_.name(), "second"), FailsWith(kNotFound, "HOLD_NOT_FOUND"));
  EXPECT_THAT(world_.Accept(first_.name(), "second"), FailsWith(kNotFound, "HOLD_NOT_FOUND"));
  EXPECT_THAT(world_.Get(ada_ + "/holds/9", "agency"), FailsWith(kNotFound, "HOLD_NOT_FOUND"));
  EXPECT_THAT(world_.Get("profiles/00000000000000ff/holds/1", "agency"),
              FailsWith(kNotFound, "HOLD_NOT_FOUND"));
}

TEST_F(AnswerHoldTest, AppliesEveryOneOfManyAtOnce) {
  std::vector<std::string> people;
  std::vector<Answer<v1::Hold>> answers(40);
  std::vector<v1::CounterOfferRequest> requests(answers.size());
  for (size_t i = 0; i < answers.size(); ++i) {
    requests[i].set_name((i % 2 == 0 ? first_ : second_).name());
    requests[i].mutable_terms()->set_conditions(absl::StrCat(i));
    world_.service().CounterOffer(CallBy(i % 2 == 0 ? "first" : "second"), requests[i],
                                  answers[i].done());
  }
  int64_t done = 0;
  for (Answer<v1::Hold>& answer : answers) {
    const absl::StatusOr<v1::Hold>& hold = answer.Wait();
    EXPECT_TRUE(hold.ok() || ReasonOf(hold.status()) == "AGENDA_CONTENDED") << hold.status();
    done += hold.ok() ? 1 : 0;
  }
  EXPECT_EQ(world_.Get(first_.name(), "first")->event_count() +
                world_.Get(second_.name(), "second")->event_count(),
            2 + done);
}

}  // namespace
}  // namespace troupe::testing
