#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/services/profile/profile_world.h"

namespace troupe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr auto kCreated = v1::IMPORT_OUTCOME_CREATED;
constexpr auto kUpdated = v1::IMPORT_OUTCOME_UPDATED;
constexpr auto kUnchanged = v1::IMPORT_OUTCOME_UNCHANGED;
constexpr auto kRejected = v1::IMPORT_OUTCOME_REJECTED;

// A profile that another system calls `id`.
v1::Profile Numbered(int id, const std::string& text = "") {
  return Ada(absl::StrCat("external_id { source: 'tmdb' id: '", id, "' } ", text));
}

std::shared_ptr<const v1::ImportProfilesRequest> Shared(v1::ImportProfilesRequest request) {
  return std::make_shared<const v1::ImportProfilesRequest>(std::move(request));
}

std::vector<v1::ImportOutcome> OutcomesOf(const absl::StatusOr<v1::ImportProfilesResponse>& answer) {
  std::vector<v1::ImportOutcome> outcomes;
  for (const auto& result : answer.value().results()) outcomes.push_back(result.outcome());
  return outcomes;
}

TEST(ImportProfilesTest, CreatesUpdatesAndLeavesAlone) {
  ProfileWorld world;
  EXPECT_THAT(OutcomesOf(world.Import({Numbered(1), Numbered(2)}, "a")),
              ElementsAre(kCreated, kCreated));
  EXPECT_THAT(OutcomesOf(world.Import({Numbered(1), Numbered(2, "agency: 'x'"), Numbered(3)}, "b")),
              ElementsAre(kUnchanged, kUpdated, kCreated));
  EXPECT_EQ(world.List()->profiles_size(), 3);
}

TEST(ImportProfilesTest, IsReadBackAtOnceUnderTheNamesItAnswers) {
  ProfileWorld world;
  const auto answer = world.Import({Numbered(1), Ada()}).value();
  for (const auto& result : answer.results()) EXPECT_THAT(world.Get(result.name()), IsOk());
}

TEST(ImportProfilesTest, NumbersItsAnswersAsTheClientDoes) {
  ProfileWorld world;
  const auto answer = world.Import({Ada(), Ada()}, "import", "crew", 40).value();
  EXPECT_EQ(answer.results(0).item(), 40);
  EXPECT_EQ(answer.results(1).item(), 41);
}

TEST(ImportProfilesTest, WritesNothingForWhatIsUnchanged) {
  ProfileWorld world;
  const std::string name = world.Import({Numbered(1)}, "a")->results(0).name();
  const std::string etag = world.Get(name)->etag();
  ASSERT_THAT(world.Import({Numbered(1)}, "b"), IsOk());
  EXPECT_EQ(world.Get(name)->etag(), etag);
}

TEST(ImportProfilesTest, KeepsTheCreateTimeOfWhatItUpdates) {
  ProfileWorld world;
  const std::string name = world.Import({Numbered(1)}, "a")->results(0).name();
  const v1::Profile before = world.Get(name).value();
  world.live().clock().Advance(absl::Minutes(1));
  ASSERT_THAT(world.Import({Numbered(1, "agency: 'x'")}, "b"), IsOk());
  const v1::Profile after = world.Get(name).value();
  EXPECT_EQ(after.create_time().seconds(), before.create_time().seconds());
  EXPECT_EQ(after.update_time().seconds(), before.update_time().seconds() + 60);
}

TEST(ImportProfilesTest, RejectsBadRecordsAndStoresTheirNeighbours) {
  ProfileWorld world;
  const auto answer = world.Import({Ada(), Ada("roles { role: 'directr' level: 1 }"), Ada()});
  EXPECT_THAT(OutcomesOf(answer), ElementsAre(kCreated, kRejected, kCreated));
  const v1::ImportError& error = answer->results(1).error();
  EXPECT_EQ(error.code(), 3);
  EXPECT_EQ(error.reason(), "INVALID_FIELD");
  EXPECT_EQ(error.violations(0).field(), "roles[0].role");
  EXPECT_EQ(answer->results(1).name(), "");
  EXPECT_EQ(world.List()->profiles_size(), 2);
}

TEST(ImportProfilesTest, TellsNoMoreThanTenViolationsOfARecord) {
  ProfileWorld world;
  v1::Profile bad = Ada();
  for (int i = 0; i < 30; ++i) bad.add_roles()->set_role(absl::StrCat("nothing-", i));
  EXPECT_EQ(world.Import({bad})->results(0).error().violations_size(), 10);
}

TEST(ImportProfilesTest, RejectsWhatTheServerSets) {
  ProfileWorld world;
  const auto answer = world.Import({Ada("name: 'profiles/0000000000000001'")});
  EXPECT_EQ(answer->results(0).error().violations(0).field(), "name");
}

TEST(ImportProfilesTest, LetsALaterItemSeeAnEarlierOneOfTheSameRecord) {
  ProfileWorld world;
  const auto answer = world.Import(
      {Numbered(1), Numbered(1, "agency: 'x'"), Numbered(1, "agency: 'x'"), Numbered(1)});
  EXPECT_THAT(OutcomesOf(answer), ElementsAre(kCreated, kUpdated, kUnchanged, kUpdated));
  EXPECT_EQ(world.Get(answer->results(0).name())->agency(), "");
}

TEST(ImportProfilesTest, AnswersAResumedImportAndStoresNothingTwice) {
  ProfileWorld world;
  const std::vector<v1::Profile> items = {Ada(), Numbered(1), Ada()};
  const auto first = world.Import(items).value();
  const auto again = world.Import(items).value();
  EXPECT_THAT(OutcomesOf(again), ElementsAre(kUnchanged, kUnchanged, kUnchanged));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(again.results(i).name(), first.results(i).name());
  EXPECT_EQ(world.List()->profiles_size(), 3);
}

TEST(ImportProfilesTest, GoesOnWhereABrokenStreamEnded) {
  ProfileWorld world;
  ASSERT_THAT(world.Import({Ada(), Ada()}, "import"), IsOk());
  EXPECT_THAT(OutcomesOf(world.Import({Ada(), Ada()}, "import", "crew", 1)),
              ElementsAre(kUnchanged, kCreated));
  EXPECT_EQ(world.List()->profiles_size(), 3);
}

TEST(ImportProfilesTest, DoesNotUndoALaterChangeWhenResumed) {
  ProfileWorld world;
  const std::string name = world.Import({Numbered(1)})->results(0).name();
  ASSERT_THAT(world.Update(Ada(absl::StrCat("name: '", name, "' agency: 'x'")), {"agency"}),
              IsOk());
  EXPECT_THAT(OutcomesOf(world.Import({Numbered(1)})), ElementsAre(kUnchanged));
  EXPECT_EQ(world.Get(name)->agency(), "x");
}

TEST(ImportProfilesTest, RejectsAnotherRecordUnderANumberThatWasUsed) {
  ProfileWorld world;
  ASSERT_THAT(world.Import({Ada()}), IsOk());
  const auto answer = world.Import({Ada("agency: 'x'")});
  EXPECT_THAT(OutcomesOf(answer), ElementsAre(kRejected));
  EXPECT_EQ(answer->results(0).error().code(), 6);
  EXPECT_EQ(answer->results(0).error().reason(), "REQUEST_ID_REUSED");
}

TEST(ImportProfilesTest, RetriesARecordThatSomebodyElseWroteMeanwhile) {
  ProfileWorld world;
  ASSERT_THAT(world.Import({Numbered(1)}, "a"), IsOk());
  const auto one = world.service().ImportProfiles(CallBy("crew"));
  const auto other = world.service().ImportProfiles(CallBy("crew"));
  Answer<v1::ImportProfilesResponse> answers[2];
  world.log().HoldAcks();
  one->OnMessage(Shared(ProfileWorld::ImportMessage({Numbered(1, "agency: 'x'")}, "b", 0)),
                 answers[0].done());
  other->OnMessage(Shared(ProfileWorld::ImportMessage({Numbered(1, "agency: 'y'")}, "c", 0)),
                   answers[1].done());
  while (world.log().HeldAcks() < 2) std::this_thread::yield();
  world.log().ReleaseAcks();
  for (auto& answer : answers) EXPECT_THAT(OutcomesOf(answer.Wait()), ElementsAre(kUpdated));
}

TEST(ImportProfilesTest, StoresTheMessagesOfAStreamInTheirOrder) {
  ProfileWorld world;
  const auto stream = world.service().ImportProfiles(CallBy("crew"));
  std::vector<Answer<v1::ImportProfilesResponse>> answers(20);
  for (int i = 0; i < 20; ++i) {  // More at a time than the transport allows.
    const std::string agency = absl::StrCat("agency: '", i, "'");
    stream->OnMessage(Shared(ProfileWorld::ImportMessage({Numbered(1, agency)}, "a", i)),
                      answers[static_cast<size_t>(i)].done());
  }
  EXPECT_THAT(OutcomesOf(answers[0].Wait()), ElementsAre(kCreated));
  EXPECT_THAT(OutcomesOf(answers[19].Wait()), ElementsAre(kUpdated));
  EXPECT_EQ(world.Get(answers[0].Wait()->results(0).name())->agency(), "19");
}

TEST(ImportProfilesTest, AnswersAnEmptyMessage) {
  ProfileWorld world;
  EXPECT_EQ(world.Import({})->results_size(), 0);
}

TEST(ImportProfilesTest, RefusesAMessageWithoutARequestId) {
  ProfileWorld world;
  EXPECT_THAT(BadFields(world.Import({Ada()}, "")), ElementsAre("request_id"));
}

TEST(ImportProfilesTest, RefusesAMessageOfMoreThan1000Records) {
  ProfileWorld world;
  EXPECT_THAT(BadFields(world.Import(std::vector<v1::Profile>(1001, Ada()))),
              ElementsAre("profiles"));
  EXPECT_EQ(world.List()->profiles_size(), 0);
}

TEST(ImportProfilesTest, RefusesANegativeNumber) {
  ProfileWorld world;
  EXPECT_THAT(BadFields(world.Import({Ada()}, "a", "crew", -1)), ElementsAre("first_item"));
}

TEST(ImportProfilesTest, RefusesAGapAndAnotherIdWithinAStream) {
  ProfileWorld world;
  for (const auto& [id, first, field] :
       std::vector<std::tuple<std::string, int64_t, std::string>>{{"a", 2, "first_item"},
                                                                  {"b", 1, "request_id"}}) {
    const auto stream = world.service().ImportProfiles(CallBy("crew"));
    ASSERT_THAT(Send(*stream, ProfileWorld::ImportMessage({Ada()}, "a", 0)), IsOk());
    EXPECT_THAT(BadFields(Send(*stream, ProfileWorld::ImportMessage({Ada()}, id, first))),
                ElementsAre(field));
  }
}

TEST(ImportProfilesTest, StoresNothingAfterAMessageThatFailed) {
  ProfileWorld world;
  const auto stream = world.service().ImportProfiles(CallBy("crew"));
  EXPECT_THAT(Send(*stream, ProfileWorld::ImportMessage({Ada()}, "", 0)), Not(IsOk()));
  EXPECT_THAT(Send(*stream, ProfileWorld::ImportMessage({Ada()}, "a", 0)), Not(IsOk()));
  EXPECT_EQ(world.List()->profiles_size(), 0);
}

TEST(ImportProfilesTest, EndsTheStreamWhenTheOutcomeIsUnknown) {
  ProfileWorld world;
  world.log().FailNextAppend(
      ErrorWithReason(absl::StatusCode::kUnavailable, "LOG_WRITE_FAILED", "disk full"));
  EXPECT_THAT(world.Import({Ada()}), FailsWith(absl::StatusCode::kUnavailable, "LOG_WRITE_FAILED"));
}

TEST(ImportProfilesTest, RejectsARecordTooLargeForTheLogAlone) {
  ProfileWorld world;
  v1::Profile large = Ada();
  for (int i = 0; i < 2000; ++i) {
    v1::Credit& credit = *large.add_credits();
    credit.set_production(absl::StrCat("p", i));
    credit.set_role("director");
    for (int g = 0; g < 50; ++g) {
      credit.add_genres()->set_id(absl::StrCat(i, "/", g, std::string(60, 'g')));
    }
  }
  const auto answer = world.Import({Ada(), large});
  EXPECT_THAT(OutcomesOf(answer), ElementsAre(kCreated, kRejected));
  EXPECT_EQ(answer->results(1).error().reason(), "INVALID_FIELD");
}

}  // namespace
}  // namespace troupe::testing
