#include "services/staffing/suggest_shadowing.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/domain/field.h"
#include "matcher/domain/validate_project.h"
#include "services/convert/opening_conversion.h"
#include "services/convert/resource_names.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/services/staffing/staffing_world.h"
#include "tests/testing/service_calls.h"

namespace troupe::testing {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Response = v1::SuggestShadowingResponse;

constexpr uint64_t kExpert = 1, kLearner = 2;

CalendarEntry Entry(CalendarEntry::Kind kind, const std::string& start, int32_t days,
                    uint64_t project, uint32_t hold) {
  return {.kind = kind,
          .days = {D(start), D(start) + days},
          .project = ProjectId(project),
          .hold = hold};
}

// Project 1 of "crew", whose director directs for five days of March 2026, and whose writer
// has written by then.
class SuggestShadowingTest : public ::testing::Test, protected StaffingWorld {
 protected:
  SuggestShadowingTest() {
    Have(Director().Build());
    Have(Writer().GrowsInto("director").Build());
  }
  static ProfileBuilder Director() {
    return ProfileBuilder().Id(kExpert).Owner("agency").Holds("director", 5);
  }
  static ProfileBuilder Writer() {
    return ProfileBuilder().Id(kLearner).Owner("agency").Holds("writer", 3);
  }
  static OpeningBuilder Directing() {
    return OpeningBuilder().AllDays("2026-03-09", 5).Place("xian").Seats(1, kExpert);
  }
  static OpeningBuilder Writing(const std::string& start = "2026-03-02", int32_t days = 3) {
    return OpeningBuilder().Role("writer").AllDays(start, days).Seats(1, kLearner);
  }
  static ProjectBuilder Shoot(const OpeningBuilder& directing = Directing(),
                              const OpeningBuilder& writing = Writing()) {
    return ProjectBuilder().Id(1).Owner("crew").With(directing).With(writing);
  }

  absl::StatusOr<Response> Suggest(const std::string& rest = "",
                                   const std::string& caller = "crew") {
    auto request = FromText<v1::SuggestShadowingRequest>(rest);
    if (request.project().empty()) request.set_project(FormatName(ProjectId(1)));
    return Ask(service(), &StaffingService::SuggestShadowing, request, caller);
  }
  // "2 beside 1: 9-13", days of March, first and last; of each suggestion.
  std::vector<std::string> Told(const std::string& rest = "") {
    std::vector<std::string> told;
    const auto response = Suggest(rest);
    EXPECT_THAT(response, IsOk());
    for (const v1::Shadowing& pair : response->suggestions()) {
      std::string text = absl::StrCat(pair.learner().substr(pair.learner().size() - 1), " beside ",
                                      pair.expert().substr(pair.expert().size() - 1), ":");
      for (const v1::DateRange& days : pair.days()) {
        absl::StrAppend(&text, " ", days.start().day(), "-", days.limit().day() - 1);
      }
      told.push_back(text);
    }
    return told;
  }
  Response::EmptyReason WhyNone(const std::string& rest = "") {
    return Suggest(rest)->empty_reason();
  }
};

TEST_F(SuggestShadowingTest, Suggestion_SaysWhoLearnsWhatBesideWhomAndWhen) {
  Have(Shoot().Build());
  const auto response = Suggest();
  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->crew(), 2);
  EXPECT_EQ(response->experts(), 1);
  ASSERT_THAT(response->suggestions(), SizeIs(1));
  v1::Shadowing pair = response->suggestions(0);
  pair.clear_trainee_seat();
  EXPECT_EQ(pair.ShortDebugString(),
            FromText<v1::Shadowing>(R"(
              learner: "profiles/0000000000000002"
              learner_opening: "projects/0000000000000001/openings/2" learner_role: "writer"
              expert: "profiles/0000000000000001"
              expert_opening: "projects/0000000000000001/openings/1" role: "director"
              expert_level: 5 wished: true adjacency_millionths: 120000
              days { start { year: 2026 month: 3 day: 9 } limit { year: 2026 month: 3 day: 14 } }
              day_count: 5 worth: 28000)")
                .ShortDebugString());
}

TEST_F(SuggestShadowingTest, TraineeSeat_IsADraftBesideTheExpert) {
  Have(Shoot().Build());
  EXPECT_EQ(Suggest()->suggestions(0).trainee_seat().ShortDebugString(),
            FromText<v1::Opening>(R"(
              role: "director" headcount: 1 state: STATE_DRAFT
              window { dates { start { year: 2026 month: 3 day: 9 }
                               limit { year: 2026 month: 3 day: 14 } } rule: RULE_ALL_DAYS }
              place: "xian"
              attached { profile: "profiles/0000000000000001" roles: "director" }
              attached { profile: "profiles/0000000000000002" roles: "writer" }
              trainees_allowed: true)")
                .ShortDebugString());
}

TEST_F(SuggestShadowingTest, TraineeSeat_OfSeveralRunsOfDaysHasBlocks) {
  Have(Writer().GrowsInto("director").Busy("2026-03-11", 1).Build());
  Have(Shoot().Build());
  const auto response = Suggest();
  ASSERT_THAT(response->suggestions(), SizeIs(1));
  EXPECT_EQ(response->suggestions(0).trainee_seat().blocks_size(), 2);
  EXPECT_EQ(response->suggestions(0).day_count(), 4);
}

TEST_F(SuggestShadowingTest, TraineeSeat_KeepsTheRulesOfAProject) {
  Project project = Shoot().Build();
  Have(project);
  Violations found;
  const Field field(&found);
  project.openings.push_back(FromWire(Suggest()->suggestions(0).trainee_seat(), field));
  project.openings.back().number = 3;
  EXPECT_THAT(found.found(), IsEmpty());
  EXPECT_THAT(ValidateProject(project).found(), IsEmpty());
}

TEST_F(SuggestShadowingTest, TraineeSeat_ThatIsThereIsNotSuggestedAgain) {
  const OpeningBuilder trainee = OpeningBuilder()
                                     .AllDays("2026-03-09", 5)
                                     .Draft()
                                     .Trainees()
                                     .Attach(kExpert, "director")
                                     .Attach(kLearner, "writer");
  Have(Shoot().With(trainee).Build());
  EXPECT_EQ(WhyNone(), Response::EMPTY_REASON_NO_LEARNERS);
  EXPECT_EQ(WhyNone("learners_per_expert: 2"), Response::EMPTY_REASON_NO_LEARNERS);
}

TEST_F(SuggestShadowingTest, TraineeSeat_ThatWasGivenUpCountsNoMore) {
  const OpeningBuilder trainee =
      OpeningBuilder().AllDays("2026-03-09", 5).Closed().Trainees().Attach(kExpert, "director");
  Have(Shoot().With(trainee).Build());
  EXPECT_THAT(Told(), ElementsAre("2 beside 1: 9-13"));
}

TEST_F(SuggestShadowingTest, Days_OfALearnerAreThoseThatNothingElseTakes) {
  Have(Writer().GrowsInto("director").Busy("2026-03-13", 9).Held("2026-03-12", 1).Build());
  Have(Shoot(Directing(), Writing("2026-03-05", 5)).Build());
  EXPECT_THAT(Told(), ElementsAre("2 beside 1: 10-12"));
}

TEST_F(SuggestShadowingTest, Days_ThatTheProjectItselfTakesAreFreeBesideTheSeat) {
  Have(Writer()
           .GrowsInto("director")
           .With(Entry(CalendarEntry::Kind::kBusy, "2026-03-02", 30, 1, 0))
           .Build());
  Have(Shoot().Build());
  EXPECT_THAT(Told(), ElementsAre("2 beside 1: 9-13"));
}

TEST_F(SuggestShadowingTest, Days_OfTravelForTheProjectAreNotFree) {
  Have(Writer()
           .GrowsInto("director")
           .With(Entry(CalendarEntry::Kind::kTravel, "2026-03-09", 2, 1, 7))
           .Build());
  Have(Shoot().Build());
  EXPECT_THAT(Told(), ElementsAre("2 beside 1: 11-13"));
}

TEST_F(SuggestShadowingTest, Days_OfABookedExpertAreThoseOfTheBooking) {
  Have(Director().With(Entry(CalendarEntry::Kind::kBooked, "2026-03-17", 3, 1, 4)).Build());
  Opening directing = OpeningBuilder().AnyDays(3, "2026-03-09", 20).Seats(1, kExpert).Build();
  directing.seats[0].hold = 4;
  Have(Shoot(OpeningBuilder(directing)).Build());
  EXPECT_THAT(Told(), ElementsAre("2 beside 1: 17-19"));
}

TEST_F(SuggestShadowingTest, Days_OfAnExpertOnAnyDaysAreTheEarliestThatTheCalendarLeaves) {
  Have(Director().Busy("2026-03-10", 2).Build());
  Have(Shoot(OpeningBuilder().AnyDays(3, "2026-03-09", 20).Seats(1, kExpert)).Build());
  EXPECT_THAT(Told(), ElementsAre("2 beside 1: 9-9 12-13"));
}

TEST_F(SuggestShadowingTest, Days_OfAnExpertAreKeptWhateverTheCalendarSays) {
  Have(Director().Busy("2026-03-01", 60).Build());
  Have(Shoot().Build());
  EXPECT_THAT(Told(), ElementsAre("2 beside 1: 9-13"));
}

TEST_F(SuggestShadowingTest, Days_ThatArePastDoNotCount) {
  Have(Shoot(OpeningBuilder().AllDays("2026-02-26", 7).Seats(1, kExpert),
             OpeningBuilder().Role("writer").Seats(1, kLearner))
           .Build());
  EXPECT_THAT(Told(), ElementsAre("2 beside 1: 2-4"));
}

TEST_F(SuggestShadowingTest, Learner_MayBeAttachedWithoutASeat) {
  Have(ProjectBuilder().Id(1).Owner("crew").With(Directing()).Attach(kLearner, "writer").Build());
  const auto response = Suggest();
  ASSERT_THAT(response->suggestions(), SizeIs(1));
  EXPECT_EQ(response->suggestions(0).learner_opening(), "");
  EXPECT_EQ(response->suggestions(0).learner_role(), "writer");
}

TEST_F(SuggestShadowingTest, Learner_WithoutAWishLearnsWhatIsNear) {
  Have(Writer().Build());
  Have(Shoot().Build());
  EXPECT_EQ(Suggest()->suggestions(0).worth(), 5 * 5 * 120);
  EXPECT_EQ(WhyNone("wishing_only: true"), Response::EMPTY_REASON_NO_LEARNERS);
}

TEST_F(SuggestShadowingTest, Learner_DoesNotHoldTheRole) {
  Have(Writer().Holds("director", 1).Build());
  Have(Shoot().Build());
  EXPECT_EQ(WhyNone(), Response::EMPTY_REASON_NO_LEARNERS);
}

TEST_F(SuggestShadowingTest, Adjacency_IsCountedWhereThereIsHistory) {
  for (uint64_t id = 10; id < 14; ++id) {
    const auto worked = [](const std::string& production, const std::string& role,
                           const std::string& date) {
      Credit credit;
      credit.production = production;
      credit.role = role;
      credit.date = D(date);
      return credit;
    };
    Have(ProfileBuilder()
             .Id(id)
             .With(worked("a", "gaffer", "2019-01-01"))
             .With(worked("b", "director", "2021-01-01"))
             .Build());
  }
  Have(Shoot().Build());
  EXPECT_EQ(Suggest()->suggestions(0).adjacency_millionths(), 1'000'000);
}

TEST_F(SuggestShadowingTest, People_WhoAreHiddenCountButNeitherTeachNorLearn) {
  Have(Director().Hidden().Build());
  Have(Shoot().Build());
  EXPECT_EQ(Suggest()->crew(), 2);
  EXPECT_EQ(WhyNone(), Response::EMPTY_REASON_NO_EXPERTS);
}

TEST_F(SuggestShadowingTest, Nothing_WithoutACrew) {
  Have(ProjectBuilder().Id(1).Owner("crew").With(Directing()).Build());
  EXPECT_EQ(WhyNone(), Response::EMPTY_REASON_NO_CREW);
}

TEST_F(SuggestShadowingTest, Nothing_WithoutExperts) {
  Have(Shoot(OpeningBuilder().Seats(1, kExpert)).Build());
  EXPECT_EQ(WhyNone(), Response::EMPTY_REASON_NO_EXPERTS);
  Have(ProfileBuilder().Id(kExpert).Owner("agency").Holds("director", 3).Build());
  Have(Shoot().Build());
  EXPECT_EQ(WhyNone(), Response::EMPTY_REASON_NO_EXPERTS);
  EXPECT_EQ(Suggest("expert_level: 3")->experts(), 2);
}

TEST_F(SuggestShadowingTest, Nothing_WithoutCommonDays) {
  Have(Shoot().Build());
  EXPECT_EQ(WhyNone("least_days: 6"), Response::EMPTY_REASON_NO_COMMON_DAYS);
  EXPECT_THAT(Suggest("least_days: 6")->empty_text(), HasSubstr("6 days"));
}

TEST_F(SuggestShadowingTest, Project_OfAnotherDoesNotExist) {
  Have(Shoot().Build());
  EXPECT_THAT(Suggest("", "agency"), FailsWith(StatusCode::kNotFound, "PROJECT_NOT_FOUND"));
  EXPECT_THAT(Suggest("project: 'projects/0000000000000009'"),
              FailsWith(StatusCode::kNotFound, "PROJECT_NOT_FOUND"));
}

TEST_F(SuggestShadowingTest, Project_WithFiveHundredPeopleIsTheLargest) {
  ProjectBuilder large = Shoot();
  for (uint64_t id = 1'000; id < 1'499; ++id) large.Attach(id, "extra");
  Have(large.Build());
  EXPECT_THAT(Suggest(), FailsWith(StatusCode::kFailedPrecondition, "CREW_TOO_LARGE"));
}

TEST_F(SuggestShadowingTest, Request_NamesAllThatIsWrong) {
  EXPECT_THAT(BadFields(Suggest("project: 'x' learners_per_expert: 6 expert_level: -1 "
                                "least_days: 367")),
              ElementsAre("project", "learners_per_expert", "expert_level", "least_days"));
}

}  // namespace
}  // namespace troupe::testing
