#include <thread>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/services/profile/profile_world.h"

namespace troupe::testing {
namespace {

using ::testing::ElementsAre;

constexpr char kNobody[] = "profiles/00000000000000ff";

// `profile` by name only, with what `text` says.
v1::Profile Only(const v1::Profile& profile, const std::string& text = "") {
  return FromText<v1::Profile>(absl::StrCat("name: '", profile.name(), "' ", text));
}

TEST(UpdateProfileTest, ChangesTheFieldsOfTheMaskOnly) {
  ProfileWorld world;
  const v1::Profile stored = world.Create(Ada("agency: 'a'")).value();
  const v1::Profile updated =
      world.Update(Only(stored, "display_name: 'Bea'"), {"display_name"}).value();
  EXPECT_EQ(updated.display_name(), "Bea");
  EXPECT_EQ(updated.agency(), "a");
  EXPECT_EQ(Difference(world.Get(stored.name()).value(), updated), "");
}

TEST(UpdateProfileTest, GivesANewEtagAndUpdateTime) {
  ProfileWorld world;
  const v1::Profile stored = world.Create(Ada()).value();
  world.live().clock().Advance(absl::Minutes(1));
  const v1::Profile updated = world.Update(Only(stored, "agency: 'b'"), {"agency"}).value();
  EXPECT_NE(updated.etag(), stored.etag());
  EXPECT_EQ(updated.update_time().seconds(), stored.update_time().seconds() + 60);
  EXPECT_EQ(updated.create_time().seconds(), stored.create_time().seconds());
}

TEST(UpdateProfileTest, WritesNothingIfNothingChanges) {
  ProfileWorld world;
  const v1::Profile stored = world.Create(Ada()).value();
  world.live().clock().Advance(absl::Minutes(1));
  EXPECT_EQ(Difference(world.Update(stored, {"*"}).value(), stored), "");
}

TEST(UpdateProfileTest, RefusesAnUpdateWithoutAMask) {
  ProfileWorld world;
  const v1::Profile stored = world.Create(Ada()).value();
  EXPECT_THAT(BadFields(world.Update(stored, {})), ElementsAre("update_mask"));
}

TEST(UpdateProfileTest, NamesTheFieldsThatTheResultBreaks) {
  ProfileWorld world;
  const v1::Profile stored = world.Create(Ada()).value();
  EXPECT_THAT(BadFields(world.Update(Only(stored), {"display_name", "findability"})),
              ElementsAre("profile.display_name", "profile.findability"));
}

TEST(UpdateProfileTest, RefusesAStaleEtag) {
  ProfileWorld world;
  const v1::Profile stored = world.Create(Ada()).value();
  ASSERT_THAT(world.Update(Only(stored, "agency: 'b'"), {"agency"}), IsOk());
  v1::Profile late = stored;
  late.set_agency("c");
  EXPECT_THAT(world.Update(late, {"agency"}), FailsWith(absl::StatusCode::kAborted, "STALE_ETAG"));
  EXPECT_THAT(world.Update(late, {"agency"}, "crew", "id"),
              FailsWith(absl::StatusCode::kAborted, "STALE_ETAG"));
}

TEST(UpdateProfileTest, RefusesAStaleEtagEvenIfNothingWouldChange) {
  ProfileWorld world;
  const v1::Profile stored = world.Create(Ada()).value();
  const v1::Profile newer = world.Update(Only(stored, "agency: 'b'"), {"agency"}).value();
  v1::Profile late = newer;
  late.set_etag(stored.etag());
  EXPECT_THAT(world.Update(late, {"agency"}), FailsWith(absl::StatusCode::kAborted, "STALE_ETAG"));
}

TEST(UpdateProfileTest, RefusesWhatIsNoEtag) {
  ProfileWorld world;
  v1::Profile stored = world.Create(Ada()).value();
  stored.set_etag("new");
  EXPECT_THAT(BadFields(world.Update(stored, {"*"})), ElementsAre("profile.etag"));
}

TEST(UpdateProfileTest, AnswersARetryThoughItsEtagIsStaleByNow) {
  ProfileWorld world;
  v1::Profile profile = world.Create(Ada()).value();
  profile.set_agency("b");
  const v1::Profile updated = world.Update(profile, {"agency"}, "crew", "id").value();
  EXPECT_EQ(Difference(world.Update(profile, {"agency"}, "crew", "id").value(), updated), "");
}

TEST(UpdateProfileTest, DoesNotRepeatARetryOverALaterChange) {
  ProfileWorld world;
  const v1::Profile stored = world.Create(Ada()).value();
  ASSERT_THAT(world.Update(Only(stored, "agency: 'b'"), {"agency"}, "crew", "id"), IsOk());
  ASSERT_THAT(world.Update(Only(stored, "agency: 'c'"), {"agency"}), IsOk());
  EXPECT_EQ(world.Update(Only(stored, "agency: 'b'"), {"agency"}, "crew", "id")->agency(), "c");
}

TEST(UpdateProfileTest, LosesNoUpdateWithoutAnEtag) {
  ProfileWorld world;
  const v1::Profile stored = world.Create(Ada()).value();
  const std::vector<std::string> fields = {"agency", "home_place"};
  std::vector<v1::UpdateProfileRequest> requests(2);
  std::vector<Answer<v1::Profile>> answers(2);
  *requests[0].mutable_profile() = Only(stored, "agency: 'b'");
  *requests[1].mutable_profile() = Only(stored, "home_place: 'xian'");
  world.log().HoldAcks();
  for (size_t i = 0; i < 2; ++i) {
    requests[i].mutable_update_mask()->add_paths(fields[i]);
    world.service().UpdateProfile(CallBy("crew"), requests[i], answers[i].done());
  }
  while (world.log().HeldAcks() < 2) std::this_thread::yield();
  world.log().ReleaseAcks();
  for (auto& answer : answers) ASSERT_THAT(answer.Wait(), IsOk());
  const v1::Profile now = world.Get(stored.name()).value();
  EXPECT_EQ(now.agency() + now.home_place(), "bxian");
}

TEST(UpdateProfileTest, DoesNotFindWhatIsNotThere) {
  ProfileWorld world;
  EXPECT_THAT(world.Update(FromText<v1::Profile>(absl::StrCat("name: '", kNobody, "'")), {"*"}),
              FailsWith(absl::StatusCode::kNotFound, "PROFILE_NOT_FOUND"));
}

TEST(UpdateProfileTest, RefusesANameThatIsNone) {
  ProfileWorld world;
  EXPECT_THAT(BadFields(world.Update(Ada("name: 'people/1'"), {"*"})),
              ElementsAre("profile.name"));
}

TEST(DeleteProfileTest, DeletesForGood) {
  ProfileWorld world;
  const std::string name = world.Create(Ada())->name();
  EXPECT_THAT(world.Delete(name), IsOk());
  EXPECT_THAT(world.Get(name), FailsWith(absl::StatusCode::kNotFound, "PROFILE_NOT_FOUND"));
  EXPECT_EQ(world.List()->profiles_size(), 0);
  EXPECT_THAT(world.Delete(name), FailsWith(absl::StatusCode::kNotFound, "PROFILE_NOT_FOUND"));
}

TEST(DeleteProfileTest, RefusesAStaleEtag) {
  ProfileWorld world;
  const v1::Profile stored = world.Create(Ada()).value();
  const v1::Profile newer = world.Update(Only(stored, "agency: 'b'"), {"agency"}).value();
  EXPECT_THAT(world.Delete(stored.name(), stored.etag()),
              FailsWith(absl::StatusCode::kAborted, "STALE_ETAG"));
  EXPECT_THAT(world.Delete(stored.name(), stored.etag(), "crew", "id"),
              FailsWith(absl::StatusCode::kAborted, "STALE_ETAG"));
  EXPECT_THAT(world.Delete(stored.name(), newer.etag()), IsOk());
}

// A profile that is held and then booked for some days of December 2026.
v1::Profile Booked() {
  return Ada(R"(external_id { source: 'x' id: '1' }
    calendar { kind: KIND_HELD dates { start { year: 2026 month: 12 day: 1 }
                                       limit { year: 2026 month: 12 day: 3 } } }
    calendar { kind: KIND_BOOKED project: 'projects/00000000000000a1'
               dates { start { year: 2026 month: 12 day: 5 }
                       limit { year: 2026 month: 12 day: 8 } } })");
}
constexpr Day kLastDay(20'794);  // 2026-12-07

TEST(DeleteProfileTest, RefusesABookedProfileWithItsBookings) {
  ProfileWorld world;
  world.SetToday(kLastDay);
  const std::string name = world.Create(Booked())->name();
  const absl::Status refused = world.Delete(name);
  EXPECT_THAT(refused, FailsWith(absl::StatusCode::kFailedPrecondition, "PROFILE_BOOKED"));
  EXPECT_THAT(BadFields(refused), ElementsAre("calendar[1]"));
  EXPECT_EQ(ViolationsOf(refused)[0].problem,
            "books 2026-12-05..2026-12-07 for projects/00000000000000a1");
  EXPECT_THAT(world.Delete(name, "", "crew", "id"),
              FailsWith(absl::StatusCode::kFailedPrecondition, "PROFILE_BOOKED"));
}

TEST(DeleteProfileTest, DeletesWhomNobodyBooksAnyMore) {
  ProfileWorld world;
  world.SetToday(kLastDay + 1);
  EXPECT_THAT(world.Delete(world.Create(Booked())->name()), IsOk());
  v1::Profile free = world.Create(Booked()).value();
  free.clear_calendar();
  ASSERT_THAT(world.Update(free, {"calendar"}), IsOk());
  EXPECT_THAT(world.Delete(free.name()), IsOk());
}

TEST(DeleteProfileTest, AnswersARetryThoughWhatWasCreatedSinceIsBooked) {
  ProfileWorld world;
  const std::string name = world.Create(Ada("external_id { source: 'x' id: '1' }"))->name();
  ASSERT_THAT(world.Delete(name, "", "crew", "id"), IsOk());
  ASSERT_EQ(world.Create(Booked())->name(), name);
  EXPECT_THAT(world.Delete(name, "", "crew", "id"), IsOk());
  EXPECT_THAT(world.Get(name), IsOk());
}

TEST(DeleteProfileTest, AnswersARetryAsTheFirstTime) {
  ProfileWorld world;
  const std::string name = world.Create(Ada())->name();
  ASSERT_THAT(world.Delete(name, "", "crew", "id"), IsOk());
  EXPECT_THAT(world.Delete(name, "", "crew", "id"), IsOk());
  EXPECT_THAT(world.Delete(name, "", "crew", "other"),
              FailsWith(absl::StatusCode::kNotFound, "PROFILE_NOT_FOUND"));
}

TEST(DeleteProfileTest, AnswersARetryButKeepsWhatWasCreatedSince) {
  ProfileWorld world;
  const v1::Profile external = Ada("external_id { source: 'tmdb' id: '7' }");
  const std::string name = world.Create(external)->name();
  ASSERT_THAT(world.Delete(name, "", "crew", "id"), IsOk());
  ASSERT_THAT(world.Create(external), IsOk());
  EXPECT_THAT(world.Delete(name, "", "crew", "id"), IsOk());
  EXPECT_THAT(world.Get(name), IsOk());
}

TEST(DeleteProfileTest, IsDoneForOneOnlyOfTwoWhoAskAtOnce) {
  ProfileWorld world;
  v1::DeleteProfileRequest request;
  request.set_name(world.Create(Ada())->name());
  std::vector<Answer<google::protobuf::Empty>> answers(2);
  for (auto& answer : answers) {
    world.service().DeleteProfile(CallBy("crew"), request, answer.done());
  }
  EXPECT_EQ(answers[0].Wait().ok() + answers[1].Wait().ok(), 1);
}

}  // namespace
}  // namespace troupe::testing
