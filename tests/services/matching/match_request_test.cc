#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/services/matching/match_world.h"

// What questions about matches are refused, and with what error.
namespace troupe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

using Code = absl::StatusCode;

std::string Weight(const std::string& feature, int64_t millionths) {
  return absl::StrCat("weights { key: '", feature, "' value: ", millionths, " } ");
}

TEST(MatchRequestTest, IsRefusedWithoutAnOpening) {
  MatchWorld world;
  EXPECT_THAT(BadFields(world.Profiles("")), ElementsAre("opening"));
  EXPECT_THAT(BadFields(world.Profiles("ad_hoc { }")), ElementsAre("ad_hoc.opening"));
}

TEST(MatchRequestTest, IsRefusedIfANameIsNone) {
  MatchWorld world;
  world.Have(Director(1));
  EXPECT_THAT(BadFields(world.Profiles("opening: 'projects/1'")), ElementsAre("opening"));
  EXPECT_THAT(BadFields(world.Openings("profile: 'profiles/1'")), ElementsAre("profile"));
  EXPECT_THAT(BadFields(world.Explain("profile: 'ada' " + AdHoc())), ElementsAre("profile"));
  EXPECT_THAT(BadFields(world.Explain(OfProfile(1) + "opening: 'x'")), ElementsAre("opening"));
}

TEST(MatchRequestTest, IsRefusedIfTheAdHocOpeningBreaksARule) {
  MatchWorld world;
  EXPECT_THAT(BadFields(world.Profiles("ad_hoc { opening { role: 'directr' } }")),
              ElementsAre("ad_hoc.opening.role"));
  EXPECT_THAT(BadFields(world.Profiles(AdHoc("state: STATE_OPEN name: 'x'"))), SizeIs(2));
  EXPECT_THAT(BadFields(world.Profiles(AdHoc("", "openings { role: 'editor' headcount: 1 }"))),
              ::testing::Contains("ad_hoc.project.openings"));
}

TEST(MatchRequestTest, TakesAPageOf1To1000) {
  MatchWorld world;
  world.Have(Director(1));
  EXPECT_THAT(world.Profiles(AdHoc() + "page_size: 1000"), IsOk());
  EXPECT_THAT(BadFields(world.Profiles(AdHoc() + "page_size: 1001")), ElementsAre("page_size"));
  EXPECT_THAT(BadFields(world.Profiles(AdHoc() + "page_size: -1")), ElementsAre("page_size"));
  EXPECT_THAT(BadFields(world.Openings(OfProfile(1) + "page_size: 1001")),
              ElementsAre("page_size"));
}

TEST(MatchRequestTest, TakesTenRolesOfAnAttachedPersonAtMost) {
  MatchWorld world;
  world.Have(Director(1));
  std::string roles;
  for (int i = 0; i < 11; ++i) roles += " roles: 'writer'";
  EXPECT_THAT(BadFields(world.Profiles(AdHoc() + "attached { " + OfProfile(1) + roles + " }")),
              ElementsAre("attached[0].roles"));
}

TEST(MatchRequestTest, TakesWeightsThatSumToAMillion) {
  MatchWorld world;
  world.Have(Director(1));
  const auto ask = [&](const std::string& weights) {
    return BadFields(world.Profiles(AdHoc() + weights));
  };
  EXPECT_THAT(ask(Weight("skills", 400'000) + Weight("pay", 600'000)), SizeIs(0));
  EXPECT_THAT(ask(Weight("skills", 400'000)), ElementsAre("weights"));
  EXPECT_THAT(ask(Weight("pay", 1'000'001) + Weight("skills", -1)),
              ElementsAre("weights[pay]", "weights[skills]"));
  EXPECT_THAT(ask(Weight("luck", 1'000'000)), ElementsAre("weights[luck]"));
  EXPECT_THAT(ask(Weight("Zhang San 138", 1'000'000)), ElementsAre("weights[?]"));
  EXPECT_THAT(BadFields(world.Explain(OfProfile(1) + AdHoc() + Weight("pay", 1))),
              ElementsAre("weights"));
  EXPECT_THAT(BadFields(world.Openings(OfProfile(1) + Weight("pay", 1))), ElementsAre("weights"));
}

TEST(MatchRequestTest, AsksAsOfTodayAtTheLatest) {
  MatchWorld world;
  world.Have(Director(1));
  const std::string tomorrow = "as_of { year: 2026 month: 3 day: 2 } ";
  EXPECT_THAT(BadFields(world.Profiles(AdHoc() + tomorrow)), ElementsAre("as_of"));
  EXPECT_THAT(BadFields(world.Openings(OfProfile(1) + tomorrow)), ElementsAre("as_of"));
  EXPECT_THAT(BadFields(world.Explain(OfProfile(1) + AdHoc() + tomorrow)), ElementsAre("as_of"));
  EXPECT_THAT(world.Profiles(AdHoc() + tomorrow), StatusIs(Code::kInvalidArgument,
                                                           HasSubstr("2026-03-01")));
  world.BeginDay(D("2026-03-02"));
  EXPECT_THAT(world.Profiles(AdHoc() + tomorrow), IsOk());
}

TEST(MatchRequestTest, IsRefusedIfTheDayDoesNotExist) {
  MatchWorld world;
  EXPECT_THAT(BadFields(world.Profiles(AdHoc() + "as_of { year: 2026 month: 2 day: 30 }")),
              SizeIs(1));
}

// 400 days from 2026-03-01 end with 2027-04-04.
TEST(MatchRequestTest, NamesTheLastSearchableDayToAWindowPastIt) {
  MatchWorld world;
  world.Have(Seeking(1, OpeningBuilder().AllDays("2027-04-05", 1)));
  EXPECT_THAT(world.Profiles(AdHoc(Until("2027 4 5"))), IsOk());
  const auto late = world.Profiles(AdHoc(Until("2027 4 6")));
  EXPECT_THAT(BadFields(late), ElementsAre("ad_hoc.opening.window.dates"));
  EXPECT_THAT(late, StatusIs(Code::kInvalidArgument, HasSubstr("2027-04-04")));
  EXPECT_THAT(BadFields(world.Profiles(OfOpening(1))), ElementsAre("opening"));
}

TEST(MatchRequestTest, IsRefusedForBlocksPastTheLastSearchableDay) {
  MatchWorld world;
  const std::string late =
      "blocks { dates { start { year: 2026 month: 3 day: 1 } limit { year: 2026 month: 3 day: 2 } } "
      "} blocks { dates { start { year: 2027 month: 4 day: 5 } limit { year: 2027 month: 4 day: 6 } "
      "} }";
  EXPECT_THAT(BadFields(world.Profiles(AdHoc(late))), ElementsAre("ad_hoc.opening.blocks"));
}

TEST(MatchRequestTest, IsRefusedForAWindowThatIsOver) {
  MatchWorld world;
  world.Have(Seeking(1, OpeningBuilder().AllDays("2026-03-01", 1)));
  EXPECT_THAT(world.Profiles(OfOpening(1)), IsOk());
  world.BeginDay(D("2026-03-02"));
  EXPECT_THAT(world.Profiles(OfOpening(1)), FailsWith(Code::kFailedPrecondition, "WINDOW_PAST"));
  EXPECT_THAT(BadFields(world.Profiles(AdHoc(Until("2026 3 2")))),
              ElementsAre("ad_hoc.opening.window.dates"));
  EXPECT_THAT(world.Profiles(OfOpening(1) + "as_of { year: 2026 month: 3 day: 1 }"), IsOk());
}

TEST(MatchRequestTest, AttachesOnlyWhoExistsForTheAskerInARole) {
  MatchWorld world;
  world.Have(Director(1));
  world.Have(Director(2).Hidden());
  const std::string question = AdHoc() + AttachedAs(1, "editor") + AttachedAs(2, "editor") +
                               AttachedAs(3, "editor") + AttachedAs(1, "editr") +
                               "attached { " + OfProfile(1) + "} ";
  EXPECT_THAT(BadFields(world.Profiles(question, "studio")),
              ElementsAre("attached[1].profile", "attached[2].profile", "attached[3].roles[0]",
                          "attached[4].roles"));
  EXPECT_THAT(world.Profiles(AdHoc() + AttachedAs(2, "editor")), IsOk());
}

TEST(MatchRequestTest, AttachesAtMost200) {
  MatchWorld world;
  world.Have(Director(1));
  std::string question = AdHoc();
  for (int i = 0; i < 200; ++i) question += AttachedAs(1, "editor");
  EXPECT_THAT(world.Profiles(question), IsOk());
  EXPECT_THAT(BadFields(world.Profiles(question + AttachedAs(1, "editor"))),
              ElementsAre("attached"));
}

TEST(MatchRequestTest, IsTheOwnersToAsk) {
  MatchWorld world;
  world.Have(Director(1));
  world.Have(Seeking(1));
  EXPECT_THAT(world.Profiles(OfOpening(1), "studio"),
              FailsWith(Code::kPermissionDenied, "NOT_OWNER"));
  EXPECT_THAT(world.Openings(OfProfile(1), "studio"),
              FailsWith(Code::kPermissionDenied, "NOT_OWNER"));
  EXPECT_THAT(world.Explain(OfProfile(1) + OfOpening(1), "studio"),
              FailsWith(Code::kPermissionDenied, "NOT_OWNER"));
}

TEST(MatchRequestTest, DoesNotFindAnOpeningThatDoesNotExistForTheAsker) {
  MatchWorld world;
  world.Have(Seeking(1).Hidden());
  world.Have(Seeking(2).Blocks("studio"));
  world.Have(Seeking(3, OpeningBuilder().Draft()));
  world.Have(Seeking(4));
  for (const std::string& opening :
       {OfOpening(1), OfOpening(2), OfOpening(3), OfOpening(4, 2), OfOpening(5)}) {
    EXPECT_THAT(world.Profiles(opening, "studio"), FailsWith(Code::kNotFound, "OPENING_NOT_FOUND"))
        << opening;
  }
  for (uint64_t own : {1, 2, 3}) EXPECT_THAT(world.Profiles(OfOpening(own)), IsOk());
}

TEST(MatchRequestTest, DoesNotFindAProfileThatDoesNotExistForTheAsker) {
  MatchWorld world;
  world.Have(Director(1).Hidden());
  world.Have(Director(2).Blocks("studio"));
  for (uint64_t id : {1, 2, 3}) {
    EXPECT_THAT(world.Openings(OfProfile(id), "studio"),
                FailsWith(Code::kNotFound, "PROFILE_NOT_FOUND"));
    EXPECT_THAT(world.Explain(OfProfile(id) + AdHoc(), "studio"),
                FailsWith(Code::kNotFound, "PROFILE_NOT_FOUND"));
  }
  EXPECT_THAT(world.Openings(OfProfile(1)), IsOk());
}

}  // namespace
}  // namespace troupe::testing
