#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/convert/resource_names.h"
#include "services/convert/resume_token.h"
#include "services/records/project_record.h"
#include "tests/services/profile/profile_world.h"
#include "tests/testing/log_calls.h"
#include "tests/testing/project_builder.h"

namespace troupe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Watched = ProfileWorld::Watched;

std::string From(const std::string& token) { return absl::StrCat("resume_token: '", token, "'"); }

// The changes of the next response, each in a few words: the name of who is
// shown, or "-" and the resource name of who is gone.
std::vector<std::string> NextOf(Watched& watched, std::string* token = nullptr) {
  const auto response = watched.Next();
  std::vector<std::string> changes;
  if (!response.has_value()) return {"the stream has ended"};
  for (const v1::ProfileChange& change : response->changes()) {
    changes.push_back(change.has_profile() ? change.profile().display_name()
                                           : absl::StrCat("-", change.deleted()));
  }
  if (token != nullptr) *token = response->resume_token();
  return changes;
}

// The same until there are `count` or the stream has ended.
std::vector<std::string> NextOf(Watched& watched, size_t count, std::string* token = nullptr) {
  std::vector<std::string> changes;
  while (changes.size() < count) {
    for (std::string& change : NextOf(watched, token)) changes.push_back(std::move(change));
  }
  return changes;
}

// A world with a watch by "crew" that has begun, and one by "guest".
class WatchProfilesTest : public ::testing::Test {
 protected:
  WatchProfilesTest() {
    EXPECT_THAT(NextOf(crew_, &token_), IsEmpty());
    EXPECT_THAT(NextOf(guest_), IsEmpty());
  }
  // Renames it, `times` times.
  void Rename(v1::Profile profile, int times = 1) {
    for (int i = 0; i < times; ++i) {
      profile.set_display_name(absl::StrCat("Ada ", i));
      profile = world_.Update(profile, {"display_name"}).value();
    }
  }

  ProfileWorld world_;
  Watched crew_ = world_.Watch();
  Watched guest_ = world_.Watch("guest");
  std::string token_;
};

TEST_F(WatchProfilesTest, TellsOfANewProfileAsGetShowsIt) {
  const v1::Profile created = world_.Create(Ada("contact { email: 'a@b.cn' }")).value();
  const auto response = guest_.Next();
  ASSERT_EQ(response->changes_size(), 1);
  EXPECT_EQ(Difference(response->changes(0).profile(),
                       world_.Get(created.name(), "guest").value()),
            "");
  EXPECT_FALSE(response->changes(0).profile().has_contact());
  EXPECT_TRUE(response->changes(0).has_change_time());
}

TEST_F(WatchProfilesTest, TellsTheChangesOfAProfileInOrder) {
  Rename(world_.Create(Ada()).value(), 4);
  EXPECT_THAT(NextOf(guest_, 5), ElementsAre("Ada", "Ada 0", "Ada 1", "Ada 2", "Ada 3"));
}

TEST_F(WatchProfilesTest, TellsOfADeletion) {
  const std::string name = world_.Create(Ada())->name();
  ASSERT_THAT(world_.Delete(name), IsOk());
  EXPECT_THAT(NextOf(guest_, 2), ElementsAre("Ada", "-" + name));
}

TEST_F(WatchProfilesTest, EndsAProfileForWhomItIsHiddenFromNowOn) {
  v1::Profile ada = world_.Create(Ada()).value();
  ada.set_findability(v1::FINDABILITY_HIDDEN);
  ASSERT_THAT(world_.Update(ada, {"findability"}), IsOk());
  EXPECT_THAT(NextOf(guest_, 2), ElementsAre("Ada", "-" + ada.name()));
  EXPECT_THAT(NextOf(crew_, 2), ElementsAre("Ada", "Ada"));
}

TEST_F(WatchProfilesTest, ShowsAProfileThatIsNoLongerHidden) {
  v1::Profile eve = world_.Create(Hidden()).value();
  eve.set_findability(v1::FINDABILITY_FINDABLE);
  ASSERT_THAT(world_.Update(eve, {"findability"}), IsOk());
  EXPECT_THAT(NextOf(guest_), ElementsAre("Eve"));
}

TEST_F(WatchProfilesTest, NeverTellsOfWhatIsHidden) {
  const v1::Profile eve = world_.Create(Hidden()).value();
  Rename(eve, 2);
  ASSERT_THAT(world_.Delete(eve.name()), IsOk());
  ASSERT_THAT(world_.Create(Ada("blocked_organizations: 'organizations/guest'")), IsOk());
  world_.Create(Ada("rating { count: 1 mean_thousandths: 3000 }")).value();
  const auto response = guest_.Next();
  ASSERT_EQ(response->changes_size(), 1);
  EXPECT_TRUE(response->changes(0).profile().has_rating());
}

TEST_F(WatchProfilesTest, TellsOfImportedProfilesOnce) {
  const v1::Profile ada = Ada("external_id { source: 's' id: '1' }");
  ASSERT_THAT(world_.Import({ada}, "first"), IsOk());
  ASSERT_THAT(world_.Import({ada}, "again"), IsOk());
  world_.Create(Ada("rating { count: 1 mean_thousandths: 3000 }")).value();
  EXPECT_THAT(NextOf(guest_, 2), ElementsAre("Ada", "Ada"));
  EXPECT_THAT(world_.Watch("guest", From(token_)).Next()->changes_size(), 2);
}

TEST_F(WatchProfilesTest, TellsNothingOfProjects) {
  const Project project = ProjectBuilder().Build();
  const EntityKey entity{EntityKind::kProject, project.id.value()};
  ASSERT_THAT(AppendOne(world_.log(), Request("r", {Put(entity, 0, SerializeProject(project))})),
              IsOk());
  ASSERT_THAT(world_.Create(Ada()), IsOk());
  EXPECT_THAT(NextOf(guest_), ElementsAre("Ada"));
}

TEST_F(WatchProfilesTest, TellsOnlyOfTheOrganizationThatIsAskedFor) {
  Watched filtered = world_.Watch("guest", "organization: 'organizations/studio'");
  EXPECT_THAT(NextOf(filtered), IsEmpty());
  const std::string name = world_.Create(Ada())->name();
  ASSERT_THAT(world_.Delete(name), IsOk());
  const std::string other = world_.Create(Ada("agency: 'organizations/a'"), "studio")->name();
  ASSERT_THAT(world_.Delete(other, "", "studio"), IsOk());
  EXPECT_THAT(NextOf(filtered, 2), ElementsAre("Ada", "-" + other));
}

TEST_F(WatchProfilesTest, GoesOnFromATokenWithoutGapOrRepeat) {
  v1::Profile ada = world_.Create(Ada()).value();
  EXPECT_THAT(NextOf(crew_, &token_), ElementsAre("Ada"));
  Rename(ada, 3);
  Watched resumed = world_.Watch("crew", From(token_));
  EXPECT_THAT(NextOf(resumed, 3), ElementsAre("Ada 0", "Ada 1", "Ada 2"));
  ASSERT_THAT(world_.Delete(ada.name()), IsOk());
  EXPECT_THAT(NextOf(resumed), ElementsAre("-" + ada.name()));
}

TEST_F(WatchProfilesTest, RefusesATokenThatIsNone) {
  for (const std::string& token :
       {std::string("garbage"), token_ + "A", FormatResumeToken("project", {})}) {
    const absl::Status end = world_.Watch("crew", From(token)).AwaitEnd();
    EXPECT_THAT(BadFields(end), ElementsAre("resume_token"));
  }
}

TEST_F(WatchProfilesTest, RefusesAnOrganizationThatIsNone) {
  const absl::Status end = world_.Watch("crew", "organization: 'moon'").AwaitEnd();
  EXPECT_THAT(BadFields(end), ElementsAre("organization"));
}

TEST_F(WatchProfilesTest, RefusesATokenFromBeforeWhatIsKept) {
  const v1::Profile ada = world_.Create(Ada()).value();
  Rename(ada);
  const ShardId shard = ShardOf(ParseProfileName(ada.name(), "name")->value());
  ASSERT_THAT(world_.log().Trim(shard, 2), IsOk());
  EXPECT_THAT(world_.Watch("crew", From(token_)).AwaitEnd(),
              FailsWith(absl::StatusCode::kOutOfRange, "RESUME_TOKEN_TRIMMED"));
}

TEST_F(WatchProfilesTest, RefusesATokenOfAnotherHistory) {
  const std::string token =
      FormatResumeToken("profile", {{ShardId{3}, LogPos{7, RecordId(8)}}});
  EXPECT_THAT(world_.Watch("crew", From(token)).AwaitEnd(),
              FailsWith(absl::StatusCode::kDataLoss, "HISTORY_CHANGED"));
}

TEST_F(WatchProfilesTest, HoldsOneResponseForASlowClient) {
  std::vector<v1::Profile> people(300, Ada());
  ASSERT_THAT(world_.Import(people), IsOk());
  const auto first = guest_.Next();
  EXPECT_LE(first->changes_size(), 256);
  EXPECT_THAT(NextOf(guest_, 300 - static_cast<size_t>(first->changes_size())),
              ::testing::Each("Ada"));
}

TEST_F(WatchProfilesTest, EndsAtOnceWhenTheStreamIsOver) {
  guest_.Leave();
  EXPECT_THAT(guest_.AwaitEnd(), IsOk());
}

TEST_F(WatchProfilesTest, RenewsTheTokenOfWhoIsToldNothing) {
  world_.live().clock().Advance(absl::Seconds(61));
  ASSERT_THAT(world_.Create(Hidden()), IsOk());
  std::string newer;
  EXPECT_THAT(NextOf(guest_, &newer), IsEmpty());
  EXPECT_NE(newer, token_);
}

TEST_F(WatchProfilesTest, ShowsInGetWhatItTells) {
  v1::CreateProfileRequest request;
  *request.mutable_profile() = Ada();
  for (int i = 0; i < 50; ++i) {
    Answer<v1::Profile> created;
    world_.service().CreateProfile(CallBy("crew"), request, created.done());
    const auto told = guest_.Next();
    EXPECT_THAT(world_.Get(told->changes(0).profile().name()), IsOk());
    created.Wait().value();
  }
}

}  // namespace
}  // namespace troupe::testing
