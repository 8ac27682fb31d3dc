#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/services/booking/booking_world.h"

namespace troupe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using enum absl::StatusCode;

class PlaceHoldTest : public ::testing::Test {
 protected:
  BookingWorld world_;
  const std::string ada_ = world_.Person();
};

TEST_F(PlaceHoldTest, OffersDaysBehindThoseThatCameBefore) {
  const v1::Hold first = world_.Place(ada_, "first").value();
  const v1::Hold second = world_.Place(ada_, "second").value();
  EXPECT_EQ(first.name(), ada_ + "/holds/1");
  EXPECT_EQ(second.name(), ada_ + "/holds/2");
  EXPECT_EQ(first.state(), v1::Hold::STATE_OFFERED);
  EXPECT_EQ(RankOf(first), "1 of 1");
  EXPECT_EQ(RankOf(second), "2 of 2");
  EXPECT_EQ(second.organization(), "organizations/second");
}

TEST_F(PlaceHoldTest, WritesTheCalendarAndTheCountsWithIt) {
  world_.Place(ada_, "first").value();
  const v1::Profile profile = world_.Profile(ada_);
  EXPECT_THAT(EntriesOf(profile), ElementsAre("KIND_HELD 2026-5-4..2026-5-7 by 1"));
  EXPECT_EQ(profile.hold_counts().placed(), 1);
}

TEST_F(PlaceHoldTest, TakesTheDaysOfTheOpeningUnlessToldOthers) {
  world_.seats().Have(ProjectBuilder()
                          .Id(1)
                          .Owner("first")
                          .With(OpeningBuilder().RunOf(2, "2026-05-10", 4))
                          .Build());
  const v1::Hold hold = world_.Place(ada_, "first", "").value();
  EXPECT_EQ(hold.window().rule(), v1::Window::RULE_CONTIGUOUS_DAYS);
  EXPECT_EQ(hold.window().dates().start().day(), 10);
}

TEST_F(PlaceHoldTest, HoldsTheWayThereAndBackToo) {
  const std::string far = world_.Person("", "shanghai");
  const v1::Hold hold = world_.Place(far, "first", InMay(10, 12)).value();
  ASSERT_GT(hold.travel_days(), 0);
  EXPECT_EQ(hold.dates(0).start().day(), 10 - hold.travel_days());
  EXPECT_EQ(hold.dates(0).limit().day(), 12 + hold.travel_days());
}

TEST_F(PlaceHoldTest, AcceptsAtOnceWhatARuleOfThePersonAllows) {
  const std::string bob = world_.Person(
      "pre_acceptances { roles: 'director' pay_floor { currency_code: 'CNY' units: 900 } }");
  const std::string pays = "terms { day_rate { currency_code: 'CNY' units: ";
  EXPECT_EQ(world_.Place(bob, "first", InMay(4, 7, "") + pays + "900 } }")->state(),
            v1::Hold::STATE_ACCEPTED);
  EXPECT_EQ(world_.Place(bob, "second", InMay(4, 7, "") + pays + "899 } }")->state(),
            v1::Hold::STATE_OFFERED);
}

TEST_F(PlaceHoldTest, NamesTheDaysThatAreNotFreeAndNotWhose) {
  const std::string bob = world_.Person(
      "calendar { kind: KIND_BUSY note: 'wedding' dates { start { year: 2026 month: 5 day: 5 } "
      "limit { year: 2026 month: 5 day: 6 } } }");
  const auto refused = world_.Place(bob, "first");
  EXPECT_THAT(refused, FailsWith(kFailedPrecondition, "DAYS_NOT_FREE"));
  const std::vector<FieldViolation> why = ViolationsOf(refused.status());
  ASSERT_EQ(why.size(), 1u);
  EXPECT_EQ(why[0].problem, "2026-05-05 is busy");
  EXPECT_THAT(refused.status().ToString(), Not(HasSubstr("wedding")));
}

TEST_F(PlaceHoldTest, HoldsNoDaysTwiceForOneOpening) {
  world_.Place(ada_, "first").value();
  EXPECT_THAT(world_.Place(ada_, "first", InMay(20, 22)), FailsWith(kAlreadyExists, "HOLD_EXISTS"));
}

TEST_F(PlaceHoldTest, AnswersARetryWithTheHoldAsItIsNow) {
  const std::string text = InMay(4, 7) + "request_id: 'r'";
  const v1::Hold placed = world_.Place(ada_, "first", text).value();
  ASSERT_THAT(world_.Decline(placed.name()), IsOk());
  world_.Place(ada_, "first", InMay(4, 7)).value();
  const v1::Hold again = world_.Place(ada_, "first", text).value();
  EXPECT_EQ(again.name(), placed.name());
  EXPECT_EQ(again.state(), v1::Hold::STATE_DECLINED);
}

TEST_F(PlaceHoldTest, AnswersARetryWhenTheOpeningIsNoLongerOpen) {
  const std::string text = InMay(4, 7) + "request_id: 'r'";
  const v1::Hold placed = world_.Place(ada_, "first", text).value();
  world_.seats().Lose(ProjectId(1));
  EXPECT_EQ(world_.Place(ada_, "first", text)->name(), placed.name());
  EXPECT_THAT(world_.Place(ada_, "first", InMay(4, 7) + "request_id: 's'"),
              FailsWith(kNotFound, "OPENING_NOT_FOUND"));
}

TEST_F(PlaceHoldTest, NamesAnImpossibleWindowWhateverTheRequestIdWasUsedFor) {
  world_.Place(ada_, "first", InMay(4, 7) + "request_id: 'r'").value();
  const std::string impossible = InMay(4, 7, "rule: RULE_ANY_DAYS days: 4") + "request_id: 'r'";
  EXPECT_THAT(ViolationsOf(world_.Place(ada_, "first", impossible).status()),
              ElementsAre(FieldViolation{"window.days", "is 4",
                                         "give 1 to 3, the days of the window"}));
}

TEST_F(PlaceHoldTest, RefusesARequestIdForOtherDays) {
  world_.Place(ada_, "first", InMay(4, 7) + "request_id: 'r'").value();
  EXPECT_THAT(world_.Place(ada_, "first", InMay(5, 8) + "request_id: 'r'"),
              FailsWith(kAlreadyExists, "REQUEST_ID_REUSED"));
}

TEST_F(PlaceHoldTest, FindsNobodyWhoHidesFromTheHolder) {
  const std::string eve = world_.Person("blocked_organizations: 'organizations/first'");
  EXPECT_THAT(world_.Place(eve, "first"), FailsWith(kNotFound, "PROFILE_NOT_FOUND"));
  EXPECT_THAT(world_.Place(eve, "second"), IsOk());
  EXPECT_THAT(world_.Place("profiles/00000000000000ff", "first"),
              FailsWith(kNotFound, "PROFILE_NOT_FOUND"));
}

TEST_F(PlaceHoldTest, KeepsHoldsThatExistWhenAPersonHidesLater) {
  const v1::Hold hold = world_.Place(ada_, "first").value();
  v1::UpdateProfileRequest hide;
  hide.mutable_profile()->set_name(ada_);
  hide.mutable_profile()->set_findability(v1::FINDABILITY_HIDDEN);
  hide.mutable_update_mask()->add_paths("findability");
  ASSERT_THAT(Ask(world_.profiles(), &ProfileService::UpdateProfile, hide, "agency"), IsOk());
  EXPECT_THAT(world_.Get(hold.name(), "first"), IsOk());
  EXPECT_THAT(world_.Release(hold.name(), "first"), IsOk());
}

TEST_F(PlaceHoldTest, IsForTheOwnerOfTheProject) {
  const std::string others = "opening: '" + BookingWorld::OpeningOf("second") + "' ";
  EXPECT_THAT(world_.Place(ada_, "first", others + InMay(4, 7)),
              FailsWith(kPermissionDenied, "NOT_OWNER"));
}

TEST_F(PlaceHoldTest, NeedsAnOpeningThatIsOpen) {
  const auto place_for = [&](const OpeningBuilder& opening) {
    world_.seats().Have(ProjectBuilder().Id(1).Owner("first").With(opening).Build());
    return world_.Place(ada_, "first");
  };
  EXPECT_THAT(place_for(OpeningBuilder().Draft()),
              FailsWith(kFailedPrecondition, "OPENING_NOT_OPEN"));
  EXPECT_THAT(place_for(OpeningBuilder().Closed()),
              FailsWith(kFailedPrecondition, "OPENING_NOT_OPEN"));
  EXPECT_THAT(place_for(OpeningBuilder().Seats(1, 9)),
              FailsWith(kFailedPrecondition, "OPENING_NOT_OPEN"));
}

TEST_F(PlaceHoldTest, SaysSoWhileProjectsCannotBeAsked) {
  world_.seats().BeAway(true);
  EXPECT_THAT(world_.Place(ada_, "first"), FailsWith(kUnavailable, "SEATS_UNREACHABLE"));
}

TEST_F(PlaceHoldTest, NamesEveryFieldThatIsWrong) {
  EXPECT_THAT(BadFields(world_.Place(ada_, "first", "opening: 'x'")), ElementsAre("opening"));
  EXPECT_THAT(BadFields(world_.Place("people/1", "first")), ElementsAre("parent"));
  EXPECT_THAT(BadFields(world_.Place(ada_, "first", "")), ElementsAre("window"));
  EXPECT_THAT(BadFields(world_.Place(ada_, "first", InMay(4, 7) + "expire_time { seconds: 5 }")),
              ElementsAre("expire_time"));
  EXPECT_THAT(BadFields(world_.Place(ada_, "first", InMay(4, 7) + "terms { day_rate {} }")),
              Not(IsEmpty()));
}

TEST_F(PlaceHoldTest, RefusesDaysPastTheLastThatCanBeHeld) {
  EXPECT_THAT(
      BadFields(world_.Place(ada_, "first",
                             "window { dates { start { year: 2027 month: 9 day: 1 } "
                             "limit { year: 2027 month: 9 day: 2 } } }")),
      Not(IsEmpty()));
}

}  // namespace
}  // namespace troupe::testing
