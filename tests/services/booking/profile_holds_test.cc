#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/services/booking/booking_world.h"

// What becomes of holds when their profile is written by its owner.
namespace troupe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using enum absl::StatusCode;

constexpr char kHeld[] = "KIND_HELD 2026-5-4..2026-5-7 by 1";

class ProfileHoldsTest : public ::testing::Test {
 protected:
  absl::StatusOr<v1::Profile> Update(const v1::Profile& profile, const std::string& path) {
    v1::UpdateProfileRequest request;
    *request.mutable_profile() = profile;
    request.mutable_update_mask()->add_paths(path);
    return Ask(world_.profiles(), &ProfileService::UpdateProfile, request, "agency");
  }
  absl::Status Delete() {
    v1::DeleteProfileRequest request;
    request.set_name(ada_);
    return Ask(world_.profiles(), &ProfileService::DeleteProfile, request, "agency").status();
  }

  BookingWorld world_;
  const std::string ada_ = world_.Person("external_id { source: 's' id: '1' }");
  const v1::Hold hold_ = world_.Place(ada_, "first").value();
};

TEST_F(ProfileHoldsTest, KeepsHeldDaysWhenTheCalendarIsReplaced) {
  v1::Profile profile = world_.Profile(ada_);
  profile.clear_etag();
  profile.clear_calendar();
  *profile.add_calendar() = FromText<v1::CalendarEntry>(
      "kind: KIND_BUSY dates { start { year: 2026 month: 6 day: 1 } "
      "limit { year: 2026 month: 6 day: 2 } }");
  EXPECT_THAT(EntriesOf(Update(profile, "calendar").value()),
              ElementsAre("KIND_BUSY 2026-6-1..2026-6-2", kHeld));
  profile.clear_calendar();
  EXPECT_THAT(EntriesOf(Update(profile, "*").value()), ElementsAre(kHeld));
}

TEST_F(ProfileHoldsTest, IgnoresEntriesOfHoldsThatAreSent) {
  v1::Profile profile = world_.Profile(ada_);
  profile.clear_etag();
  ASSERT_EQ(profile.calendar_size(), 1);
  profile.mutable_calendar(0)->set_kind(v1::CalendarEntry::KIND_BOOKED);
  *profile.add_calendar() = profile.calendar(0);
  EXPECT_THAT(EntriesOf(Update(profile, "calendar").value()), ElementsAre(kHeld));
}

TEST_F(ProfileHoldsTest, KeepsHeldDaysAndCountsInAnImport) {
  v1::ImportProfilesRequest request;
  request.set_request_id("import");
  *request.add_profiles() = FromText<v1::Profile>(
      "display_name: 'Bea' findability: FINDABILITY_FINDABLE external_id { source: 's' id: '1' }");
  ASSERT_THAT(Send(*world_.profiles().ImportProfiles(CallBy("agency")), request), IsOk());
  const v1::Profile profile = world_.Profile(ada_);
  EXPECT_EQ(profile.display_name(), "Bea");
  EXPECT_THAT(EntriesOf(profile), ElementsAre(kHeld));
  EXPECT_EQ(profile.hold_counts().placed(), 1);
}

TEST_F(ProfileHoldsTest, TakesNoCountsFromAClient) {
  v1::Profile profile = world_.Profile(ada_);
  profile.mutable_hold_counts()->set_placed(99);
  EXPECT_THAT(BadFields(Update(profile, "hold_counts")), ElementsAre("update_mask.paths[0]"));
}

TEST_F(ProfileHoldsTest, RefusesPendingDaysOfAClient) {
  v1::Profile profile = world_.Profile(ada_);
  profile.clear_etag();
  *profile.add_calendar() = FromText<v1::CalendarEntry>(
      "kind: KIND_PENDING dates { start { year: 2026 month: 6 day: 1 } "
      "limit { year: 2026 month: 6 day: 2 } }");
  EXPECT_FALSE(BadFields(Update(profile, "calendar")).empty());
}

TEST_F(ProfileHoldsTest, GoTogetherWithTheirProfile) {
  ASSERT_THAT(Delete(), IsOk());
  EXPECT_THAT(world_.Get(hold_.name(), "first"), FailsWith(kNotFound, "HOLD_NOT_FOUND"));
  EXPECT_EQ(world_.List("projects/0000000000000001", "first")->holds_size(), 0);
  // Who comes again under the same external id begins anew.
  ASSERT_EQ(world_.Person("external_id { source: 's' id: '1' }"), ada_);
  EXPECT_EQ(world_.Place(ada_, "first")->name(), ada_ + "/holds/1");
}

TEST_F(ProfileHoldsTest, TellsNothingOfWhoseTheyAreToOthers) {
  v1::GetProfileRequest request;
  request.set_name(ada_);
  const auto seen = Ask(world_.profiles(), &ProfileService::GetProfile, request, "second");
  EXPECT_THAT(EntriesOf(seen.value()), ElementsAre("KIND_HELD 2026-5-4..2026-5-7"));
  EXPECT_EQ(seen->calendar(0).project(), "");
}

}  // namespace
}  // namespace troupe::testing
