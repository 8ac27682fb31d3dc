#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/services/profile/profile_world.h"

namespace troupe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

constexpr char kExternal[] = "external_id { source: 'tmdb' id: '7' }";

TEST(CreateProfileTest, GivesNameEtagOwnerAndTimes) {
  ProfileWorld world;
  const v1::Profile created = world.Create(Ada()).value();
  EXPECT_THAT(created.name(), MatchesRegex("profiles/[0-9a-f]{16}"));
  EXPECT_THAT(created.etag(), MatchesRegex("[0-9a-f]{16}"));
  EXPECT_EQ(created.organization(), "organizations/crew");
  EXPECT_EQ(created.create_time().seconds(), absl::ToUnixSeconds(world.live().clock().Now()));
  EXPECT_EQ(Difference(created.create_time(), created.update_time()), "");
}

TEST(CreateProfileTest, IsReadBackAtOnce) {
  ProfileWorld world;
  const v1::Profile created = world.Create(Ada()).value();
  EXPECT_EQ(Difference(world.Get(created.name()).value(), created), "");
}

TEST(CreateProfileTest, KeepsEveryFieldAClientCanWrite) {
  ProfileWorld world;
  v1::Profile stated = EveryFieldOfProfile();
  for (auto* field : {stated.mutable_name(), stated.mutable_etag(), stated.mutable_organization()})
    field->clear();
  stated.mutable_roles(0)->set_grow_into(false);
  stated.mutable_credits(0)->clear_cast_order();
  stated.clear_create_time();
  stated.clear_update_time();
  v1::Profile created = world.Create(stated).value();
  // Given by the engine alone, and ignored if they are sent.
  stated.clear_hold_counts();
  stated.mutable_calendar()->RemoveLast();
  created.clear_name();
  created.clear_etag();
  created.clear_organization();
  created.clear_create_time();
  created.clear_update_time();
  EXPECT_EQ(Difference(stated, created), "");
}

TEST(CreateProfileTest, RefusesWhatTheServerSetsAndNamesEachField) {
  ProfileWorld world;
  const auto answer = world.Create(
      Ada("name: 'profiles/0000000000000001' etag: '1' organization: 'organizations/crew' "
          "create_time { seconds: 1 } update_time { seconds: 1 }"));
  EXPECT_THAT(answer, FailsWith(absl::StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_THAT(BadFields(answer),
              ElementsAre("profile.name", "profile.etag", "profile.organization",
                          "profile.create_time", "profile.update_time"));
}

TEST(CreateProfileTest, RefusesWhatBreaksARuleOfTheDomain) {
  ProfileWorld world;
  EXPECT_THAT(BadFields(world.Create(Ada("roles { role: 'directr' level: 9 }"))),
              ElementsAre("profile.roles[0].role", "profile.roles[0].level"));
}

TEST(CreateProfileTest, RefusesAnUnstatedFindability) {
  ProfileWorld world;
  v1::Profile profile = Ada();
  profile.clear_findability();
  EXPECT_THAT(BadFields(world.Create(profile)), ElementsAre("profile.findability"));
}

TEST(CreateProfileTest, RefusesARequestIdOfMoreThan100Bytes) {
  ProfileWorld world;
  EXPECT_THAT(BadFields(world.Create(Ada(), "crew", std::string(101, 'x'))),
              ElementsAre("request_id"));
  EXPECT_THAT(world.Create(Ada(), "crew", std::string(100, 'x')), IsOk());
}

TEST(CreateProfileTest, RefusesARecordTooLargeForTheLog) {
  ProfileWorld world;
  v1::Profile profile = Ada();
  for (int i = 0; i < 2000; ++i) {
    v1::Credit& credit = *profile.add_credits();
    credit.set_production(absl::StrCat("p", i));
    credit.set_role("director");
    for (int g = 0; g < 50; ++g) {
      credit.add_genres()->set_id(absl::StrCat(i, "/", g, std::string(60, 'g')));
    }
  }
  const auto answer = world.Create(profile);
  EXPECT_THAT(answer, FailsWith(absl::StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_THAT(BadFields(answer), ElementsAre("profile"));
}

TEST(CreateProfileTest, MakesTwoOfTwoRequestsWithoutAnId) {
  ProfileWorld world;
  EXPECT_NE(world.Create(Ada())->name(), world.Create(Ada())->name());
}

TEST(CreateProfileTest, AnswersARetryWithWhatItCreated) {
  ProfileWorld world;
  const v1::Profile first = world.Create(Ada(), "crew", "r").value();
  world.live().clock().Advance(absl::Hours(1));
  EXPECT_EQ(Difference(world.Create(Ada(), "crew", "r").value(), first), "");
  EXPECT_EQ(world.List()->profiles_size(), 1);
}

TEST(CreateProfileTest, AnswersARetryWithWhatItCreatedThoughItWasChangedSince) {
  ProfileWorld world;
  const v1::Profile first = world.Create(Ada(), "crew", "r").value();
  world.live().clock().Advance(absl::Hours(1));
  v1::Profile changed = first;
  changed.set_display_name("Bea");
  ASSERT_THAT(world.Update(changed, {"display_name"}), IsOk());
  EXPECT_EQ(Difference(world.Create(Ada(), "crew", "r").value(), first), "");
  EXPECT_EQ(world.Get(first.name())->display_name(), "Bea");
}

TEST(CreateProfileTest, DoesNotBringBackWhatWasDeletedSince) {
  ProfileWorld world;
  const v1::Profile first = world.Create(Ada(), "crew", "r").value();
  ASSERT_THAT(world.Delete(first.name()), IsOk());
  const v1::Profile again = world.Create(Ada(), "crew", "r").value();
  EXPECT_EQ(again.name(), first.name());
  EXPECT_EQ(again.etag(), first.etag());
  EXPECT_THAT(world.Get(first.name()), Not(IsOk()));
}

TEST(CreateProfileTest, RefusesARequestIdUsedForAnotherBody) {
  ProfileWorld world;
  ASSERT_THAT(world.Create(Ada(), "crew", "r"), IsOk());
  EXPECT_THAT(world.Create(Ada("agency: 'a'"), "crew", "r"),
              FailsWith(absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED"));
}

TEST(CreateProfileTest, KeepsTheRequestIdsOfOrganizationsApart) {
  ProfileWorld world;
  const std::string ours = world.Create(Ada(), "crew", "r")->name();
  EXPECT_NE(world.Create(Ada("agency: 'a'"), "studio", "r").value().name(), ours);
}

TEST(CreateProfileTest, RefusesATakenExternalIdAndNamesWhoHasIt) {
  ProfileWorld world;
  const std::string name = world.Create(Ada(kExternal))->name();
  const auto answer = world.Create(Ada(kExternal));
  EXPECT_THAT(answer, FailsWith(absl::StatusCode::kAlreadyExists, "EXTERNAL_ID_TAKEN"));
  EXPECT_THAT(answer, StatusIs(absl::StatusCode::kAlreadyExists, HasSubstr(name)));
}

TEST(CreateProfileTest, KeepsTheExternalIdsOfOrganizationsApart) {
  ProfileWorld world;
  const std::string ours = world.Create(Ada(kExternal))->name();
  EXPECT_NE(world.Create(Ada(kExternal), "studio").value().name(), ours);
}

TEST(CreateProfileTest, FreesTheExternalIdOfADeletedProfile) {
  ProfileWorld world;
  ASSERT_THAT(world.Delete(world.Create(Ada(kExternal))->name()), IsOk());
  EXPECT_THAT(world.Create(Ada(kExternal)), IsOk());
}

TEST(CreateProfileTest, PassesOnThatTheLogIsClosed) {
  ProfileWorld world;
  world.log().FailNextAppend(
      ErrorWithReason(absl::StatusCode::kUnavailable, "LOG_WRITE_FAILED", "disk full"));
  EXPECT_THAT(world.Create(Ada()),
              FailsWith(absl::StatusCode::kUnavailable, "LOG_WRITE_FAILED"));
}

TEST(CreateProfileTest, IsUnavailableOnceTheViewHasFailed) {
  ProfileWorld world;
  world.live().view().Fail(absl::DataLossError("broken"));
  EXPECT_THAT(world.Create(Ada()), FailsWith(absl::StatusCode::kUnavailable, "VIEW_FAILED"));
  EXPECT_THAT(world.List(), FailsWith(absl::StatusCode::kUnavailable, "VIEW_FAILED"));
}

TEST(CreateProfileTest, DoesNothingForACallThatWasCancelled) {
  ProfileWorld world;
  const auto call = CallBy("crew");
  call->Cancel();
  v1::CreateProfileRequest request;
  *request.mutable_profile() = Ada();
  Answer<v1::Profile> answer;
  world.service().CreateProfile(call, request, answer.done());
  EXPECT_THAT(answer.Wait(), FailsWith(absl::StatusCode::kCancelled, "CANCELLED"));
  EXPECT_EQ(world.List()->profiles_size(), 0);
}

TEST(CreateProfileTest, HoldsNoThreadWhileItWaitsForTheDisk) {
  ProfileWorld world;
  const std::string name = world.Create(Ada())->name();
  world.log().HoldAcks();
  v1::CreateProfileRequest request;
  *request.mutable_profile() = Ada();
  std::vector<Answer<v1::Profile>> waiting(64);
  for (auto& answer : waiting) {
    world.service().CreateProfile(CallBy("crew"), request, answer.done());
  }
  EXPECT_THAT(world.Get(name), IsOk());  // With four threads.
  world.log().ReleaseAcks();
  for (auto& answer : waiting) {
    EXPECT_THAT(answer.Wait(), IsOk());
  }
}

}  // namespace
}  // namespace troupe::testing
