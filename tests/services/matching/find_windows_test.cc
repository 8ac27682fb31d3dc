#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/convert/types_conversion.h"
#include "tests/services/matching/match_world.h"

namespace troupe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Code = absl::StatusCode;

std::string OfProject(uint64_t id) {
  return absl::StrCat("project: '", FormatName(ProjectId(id)), "' ");
}

Day DayOf(const v1::Date& date) {
  Violations found;
  const Field field(&found);
  return FromWire(date, field);
}

std::vector<std::string> Starts(const v1::FindFreeWindowsResponse& response) {
  std::vector<std::string> starts;
  for (const v1::FreeWindow& window : response.windows()) {
    starts.push_back(absl::StrCat(DayOf(window.dates().start()).ToString(), " to ",
                                  DayOf(window.latest_start()).ToString()));
  }
  return starts;
}

TEST(FindFreeWindowsTest, GivesTheRunsOfStartsThatSuitAPerson) {
  MatchWorld world;
  world.Have(Director(1).Busy("2026-03-04", 4));
  const auto answer = world.Windows(OfProfile(1) + AdHoc(Until("2026 3 3")) + "page_size: 1");
  EXPECT_THAT(Starts(*answer), ElementsAre("2026-03-01 to 2026-03-02"));
  EXPECT_EQ(answer->windows(0).shift_days(), 0);
  const auto later = world.Windows(OfProfile(1) + AdHoc(Until("2026 3 3")) +
                                   "from { year: 2026 month: 3 day: 3 }");
  EXPECT_THAT(Starts(*later), ElementsAre("2026-03-08 to 2027-04-03"));
  EXPECT_EQ(later->windows(0).shift_days(), 7);
}

TEST(FindFreeWindowsTest, MarksWindowsThatAreHeld) {
  MatchWorld world;
  world.Have(Director(1).Held("2026-03-01", 500));
  const auto answer = world.Windows(OfProfile(1) + AdHoc(Until("2026 3 3")));
  EXPECT_EQ(answer->windows(0).contention().ladder_place(), 2);
  EXPECT_EQ(answer->windows(0).contention().free_chance_millionths(), 600'000);
}

TEST(FindFreeWindowsTest, NamesWhatAPersonFailsOnAnyDates) {
  MatchWorld world;
  world.Have(Director(1).Busy("2026-03-01", 500));
  const auto answer =
      world.Windows(OfProfile(1) + AdHoc(Until("2026 3 3") + "languages: 'zh'"));
  EXPECT_THAT(RequirementsOf(answer->other_failures()),
              ElementsAre(v1::REQUIREMENT_LANGUAGES));
  EXPECT_THAT(answer->windows(), IsEmpty());
  EXPECT_THAT(answer->empty_text(), HasSubstr("2026-03-01"));
}

ProjectBuilder Crew() {
  return Seeking(7, OpeningBuilder().AllDays("2026-03-01", 2))
      .With(OpeningBuilder().Number(2).Role("writer").AllDays("2026-03-01", 2));
}

TEST(FindFreeWindowsTest, FindsWhenAWholeProjectCanBeFilled) {
  MatchWorld world;
  world.Have(Director(1).Holds("writer"));
  world.Have(ProfileBuilder().Id(2).Holds("writer").Busy("2026-03-01", 3));
  world.Have(Crew());
  const auto answer = world.Windows(OfProject(7));
  EXPECT_THAT(Starts(*answer), ElementsAre("2026-03-04 to 2027-04-03"));
  ASSERT_EQ(answer->windows(0).tightest_size(), 1);
  EXPECT_EQ(answer->windows(0).tightest(0).opening(), OpeningName(7, 1));
  EXPECT_EQ(answer->windows(0).tightest(0).people(), 1);
  EXPECT_EQ(answer->windows(0).shortage_before().open_seats(), 2);
  EXPECT_EQ(answer->windows(0).shortage_before().people(), 1);
}

TEST(FindFreeWindowsTest, SaysWhatAProjectLacks) {
  MatchWorld world;
  world.Have(Director(1));
  world.Have(Crew());
  const auto answer = world.Windows(OfProject(7));
  EXPECT_THAT(answer->windows(), IsEmpty());
  ASSERT_EQ(answer->shortage().openings_size(), 1);
  EXPECT_EQ(answer->shortage().openings(0).opening(), OpeningName(7, 2));
  EXPECT_THAT(answer->empty_text(), HasSubstr("Writer: 1 open seat, but 0 people"));
}

TEST(FindFreeWindowsTest, CountsNobodyWhoHidesFromTheProject) {
  MatchWorld world;
  world.Have(Director(1).Owner("other").Hidden());
  world.Have(Seeking(7, OpeningBuilder().AllDays("2026-03-01", 2)));
  EXPECT_THAT(world.Windows(OfProject(7))->windows(), IsEmpty());
}

TEST(FindFreeWindowsTest, AnswersOwnersOnly) {
  MatchWorld world;
  world.Have(Director(1));
  world.Have(Crew());
  EXPECT_THAT(world.Windows(OfProject(7), "other"),
              FailsWith(Code::kPermissionDenied, "NOT_OWNER"));
  EXPECT_THAT(world.Windows(OfProfile(1) + OfOpening(7), "other"),
              FailsWith(Code::kPermissionDenied, "NOT_OWNER"));
  EXPECT_THAT(world.Windows(OfProject(8)), FailsWith(Code::kNotFound, "PROJECT_NOT_FOUND"));
}

TEST(FindFreeWindowsTest, RefusesWhatAsksForNoDates) {
  MatchWorld world;
  world.Have(Director(1));
  world.Have(Seeking(7));
  EXPECT_THAT(world.Windows(OfProfile(1) + OfOpening(7)),
              FailsWith(Code::kFailedPrecondition, "NO_DATES"));
  EXPECT_THAT(world.Windows(OfProject(7)), FailsWith(Code::kFailedPrecondition, "NO_DATES"));
}

TEST(FindFreeWindowsTest, RefusesAStartThatCannotBeSearched) {
  MatchWorld world;
  world.Have(Director(1));
  EXPECT_THAT(world.Windows(OfProfile(1) + AdHoc(Until("2026 3 3")) +
                            "from { year: 2027 month: 4 day: 5 }"),
              FailsWith(Code::kInvalidArgument, "INVALID_FIELD"));
}

TEST(FindProfilesTest, TellsThePlaceInTheLadderAndTheChance) {
  MatchWorld world;
  world.Have(Director(1).Held("2026-03-01", 5).Held("2026-03-02", 1));
  world.Have(Director(2).Held("2026-03-20", 5));
  const auto answer = world.Profiles(AdHoc(Until("2026 3 5"))).value();
  EXPECT_EQ(answer.matches(0).contention().ladder_place(), 3);
  EXPECT_EQ(answer.matches(0).contention().holds_above(), 2);
  EXPECT_EQ(answer.matches(0).contention().free_chance_millionths(), 360'000);
  EXPECT_FALSE(answer.matches(1).has_contention());
}

TEST(FindProfilesTest, AsksForSoManyOfTheBlocks) {
  MatchWorld world;
  world.Have(Director(1).Busy("2026-03-01", 1));
  world.Have(Director(2).Busy("2026-03-01", 20));
  const std::string blocks =
      "blocks { dates { start { year: 2026 month: 3 day: 1 } limit { year: 2026 month: 3 day: 3 } } "
      "} blocks { dates { start { year: 2026 month: 3 day: 8 } limit { year: 2026 month: 3 day: 9 } "
      "} } blocks_needed: 1";
  const auto answer = world.Profiles(AdHoc(blocks) + "want_total: true").value();
  EXPECT_EQ(answer.total(), 1);
  EXPECT_EQ(answer.matches(0).profile(), ProfileName(1));
}

}  // namespace
}  // namespace troupe::testing
