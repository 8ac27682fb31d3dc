#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/services/booking/booking_world.h"

namespace troupe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using enum absl::StatusCode;
using Watched = BookingWorld::Watched;

// The changes of the next response: "1 STATE_OFFERED", or "-1" for one that is
// gone.
std::vector<std::string> NextOf(Watched& watched, std::string* token = nullptr) {
  const auto number = [](const std::string& name) { return name.substr(name.rfind('/') + 1); };
  const auto response = watched.Next();
  if (!response.has_value()) return {"the stream has ended"};
  std::vector<std::string> changes;
  for (const v1::HoldChange& change : response->changes()) {
    changes.push_back(change.has_hold()
                          ? absl::StrCat(number(change.hold().name()), " ",
                                         v1::Hold::State_Name(change.hold().state()))
                          : absl::StrCat("-", number(change.deleted())));
  }
  if (token != nullptr) *token = response->resume_token();
  return changes;
}

// The same until there are `count` or the stream has ended.
std::vector<std::string> NextOf(Watched& watched, size_t count) {
  std::vector<std::string> changes;
  while (changes.size() < count) {
    for (std::string& change : NextOf(watched)) changes.push_back(std::move(change));
  }
  return changes;
}

class WatchHoldsTest : public ::testing::Test {
 protected:
  WatchHoldsTest() {
    for (Watched* watched : {&agency_, &first_, &second_}) {
      EXPECT_THAT(NextOf(*watched, &token_), IsEmpty());
    }
  }

  BookingWorld world_;
  const std::string ada_ = world_.Person();
  Watched agency_ = world_.Watch("agency");
  Watched first_ = world_.Watch("first");
  Watched second_ = world_.Watch("second");
  std::string token_;
};

TEST_F(WatchHoldsTest, TellsBothSidesOfAHoldAndNobodyElse) {
  world_.Place(ada_, "first").value();
  world_.Place(ada_, "second", InMay(20, 22)).value();
  EXPECT_THAT(NextOf(agency_, 2), ElementsAre("1 STATE_OFFERED", "2 STATE_OFFERED"));
  EXPECT_THAT(NextOf(first_), ElementsAre("1 STATE_OFFERED"));
  EXPECT_THAT(NextOf(second_), ElementsAre("2 STATE_OFFERED"));
}

TEST_F(WatchHoldsTest, ShowsAHoldAsGetDoes) {
  const v1::Hold hold = world_.Place(ada_, "first").value();
  const auto response = first_.Next();
  ASSERT_EQ(response->changes_size(), 1);
  EXPECT_EQ(Difference(response->changes(0).hold(), world_.Get(hold.name(), "first").value()), "");
  EXPECT_TRUE(response->changes(0).has_change_time());
}

TEST_F(WatchHoldsTest, TellsTheNextThatItIsFirst) {
  const std::string one = world_.Place(ada_, "first").value().name();
  world_.Place(ada_, "second").value();
  ASSERT_THAT(world_.Decline(one), IsOk());
  EXPECT_THAT(NextOf(second_), ElementsAre("2 STATE_OFFERED"));
  const auto promoted = second_.Next();
  ASSERT_EQ(promoted->changes_size(), 1);
  const v1::Hold& hold = promoted->changes(0).hold();
  EXPECT_EQ(RankOf(hold), "1 of 1");
  EXPECT_EQ(hold.events(hold.events_size() - 1).kind(), v1::HoldEvent::KIND_PROMOTED);
}

TEST_F(WatchHoldsTest, TellsNothingOfWhatDidNotChange) {
  world_.Place(ada_, "first").value();
  const std::string two = world_.Place(ada_, "second", InMay(20, 22)).value().name();
  ASSERT_THAT(world_.Accept(two), IsOk());
  world_.Place(ada_, "third", InMay(25, 26)).value();
  EXPECT_THAT(NextOf(agency_, 4), ElementsAre("1 STATE_OFFERED", "2 STATE_OFFERED",
                                              "2 STATE_ACCEPTED", "3 STATE_OFFERED"));
}

TEST_F(WatchHoldsTest, TellsBothSidesWhenTheProfileIsDeleted) {
  world_.Place(ada_, "first").value();
  EXPECT_THAT(NextOf(first_), ElementsAre("1 STATE_OFFERED"));
  EXPECT_THAT(NextOf(agency_), ElementsAre("1 STATE_OFFERED"));
  v1::DeleteProfileRequest request;
  request.set_name(ada_);
  ASSERT_THAT(Ask(world_.profiles(), &ProfileService::DeleteProfile, request, "agency"), IsOk());
  EXPECT_THAT(NextOf(first_), ElementsAre("-1"));
  EXPECT_THAT(NextOf(agency_), ElementsAre("-1"));
}

TEST_F(WatchHoldsTest, TellsOfPastBookingsThatGoWithTheirPerson) {
  const std::string hold = world_.Place(ada_, "first").value().name();
  ASSERT_THAT(world_.Accept(hold), IsOk());
  v1::ConfirmHoldRequest confirm;
  confirm.set_name(hold);
  ASSERT_THAT(Ask(world_.service(), &BookingService::ConfirmHold, confirm, "first"), IsOk());
  world_.SetToday(Day(absl::CivilDay(2026, 5, 7)));
  v1::DeleteProfileRequest request;
  request.set_name(ada_);
  ASSERT_THAT(Ask(world_.profiles(), &ProfileService::DeleteProfile, request, "agency"), IsOk());
  EXPECT_THAT(NextOf(first_, 5), ElementsAre("1 STATE_OFFERED", "1 STATE_ACCEPTED",
                                             "1 STATE_ACCEPTED", "1 STATE_BOOKED", "-1"));
}

TEST_F(WatchHoldsTest, GoesOnFromAToken) {
  world_.Place(ada_, "first").value();
  Watched again = world_.Watch("first", "resume_token: '" + token_ + "'");
  EXPECT_THAT(NextOf(again), ElementsAre("1 STATE_OFFERED"));
}

TEST_F(WatchHoldsTest, KeepsToTheParentAskedFor) {
  const std::string bob = world_.Person();
  Watched of_bob = world_.Watch("agency", "parent: '" + bob + "'");
  Watched of_project = world_.Watch("agency", "parent: 'projects/0000000000000002'");
  EXPECT_THAT(NextOf(of_bob), IsEmpty());
  EXPECT_THAT(NextOf(of_project), IsEmpty());
  world_.Place(ada_, "first").value();
  world_.Place(bob, "second").value();
  const auto response = of_bob.Next();
  EXPECT_EQ(response->changes(0).hold().name(), bob + "/holds/1");
  EXPECT_EQ(of_project.Next()->changes(0).hold().name(), bob + "/holds/1");
}

TEST_F(WatchHoldsTest, RefusesWhatIsNoParentOrToken) {
  EXPECT_THAT(BadFields(world_.Watch("agency", "parent: 'x'").AwaitEnd()), ElementsAre("parent"));
  EXPECT_THAT(BadFields(world_.Watch("agency", "resume_token: 'x'").AwaitEnd()),
              ElementsAre("resume_token"));
}

}  // namespace
}  // namespace troupe::testing
