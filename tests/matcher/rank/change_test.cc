#include "matcher/rank/change.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/builders.h"

namespace troupe {
namespace {

using testing::Cny;
using testing::OpeningBuilder;
using testing::ProfileBuilder;
using testing::ProjectBuilder;
using testing::Span;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Kind = CalendarEntry::Kind;

// What a change is made to.
struct Values {
  Profile profile = ProfileBuilder().Holds("director").Build();
  Project project = ProjectBuilder().Build();
  Opening opening = OpeningBuilder().AllDays("2026-12-01", 7).Ceiling(1'000).Build();

  void Make(Edit edit) { Apply(MakeChange(std::move(edit)), profile, project, opening); }
};

std::string TextOf(Edit edit) { return MakeChange(std::move(edit)).text; }

TEST(ChangeTest, ShiftsTheWindowAsAWhole) {
  Values values;
  values.Make(Reschedule{.shift_window_days = -2});
  EXPECT_EQ(values.opening.window->span, Span("2026-11-29", 7));
}

TEST(ChangeTest, CutsFreedDaysOutOfWhatTakesThem) {
  Values values;
  values.profile.calendar = Calendar({{.kind = Kind::kBusy, .days = Span("2026-12-01", 7)},
                                      {.kind = Kind::kTravel, .days = Span("2026-12-03", 1)}});
  values.Make(Reschedule{.free_days = {Span("2026-12-02", 2), Span("2026-12-07", 1)}});
  EXPECT_THAT(values.profile.calendar.BusySpans(),
              ElementsAre(Span("2026-12-01", 1), Span("2026-12-04", 3)));
}

TEST(ChangeTest, KeepsWhatAnEntrySaysOfTheDaysThatAreLeft) {
  Values values;
  values.profile.calendar = Calendar({{.kind = Kind::kBooked,
                                       .days = Span("2026-12-01", 2),
                                       .project = ProjectId(7),
                                       .note = "kept"}});
  values.Make(Reschedule{.free_days = {Span("2026-12-01", 1)}});
  EXPECT_THAT(values.profile.calendar.entries(),
              ElementsAre(CalendarEntry{.kind = Kind::kBooked,
                                        .days = Span("2026-12-02", 1),
                                        .project = ProjectId(7),
                                        .note = "kept"}));
}

TEST(ChangeTest, LeavesHoldsOnFreedDays) {
  Values values;
  values.profile.calendar = Calendar({{.kind = Kind::kHeld, .days = Span("2026-12-01", 2)}});
  values.Make(Reschedule{.free_days = {Span("2026-12-01", 2)}});
  EXPECT_THAT(values.profile.calendar.HeldSpans(), ElementsAre(Span("2026-12-01", 2)));
}

TEST(ChangeTest, RaisesTheCeiling) {
  Values values;
  values.Make(RaiseCeiling{.by = Cny(200)});
  EXPECT_EQ(values.opening.pay_ceiling, Cny(1'200));
}

TEST(ChangeTest, SetsTheRateOfTheOpeningsRoleOnly) {
  Values values;
  values.profile =
      ProfileBuilder().Holds("actor").Rate("actor", 70).Holds("director").Build();
  values.Make(SetDayRate{.rate = Cny(900)});
  EXPECT_EQ(values.profile.FindRole("director")->day_rate, Cny(900));
  EXPECT_EQ(values.profile.FindRole("actor")->day_rate, Cny(70));
}

TEST(ChangeTest, AddsLanguagesAndCredentials) {
  Values values;
  values.Make(LearnLanguages{.languages = {"yue"}});
  values.Make(ObtainCredentials{.credentials = {"first-aid"}});
  EXPECT_THAT(values.profile.languages, ElementsAre("yue"));
  EXPECT_THAT(values.profile.credentials, ElementsAre("first-aid"));
}

TEST(ChangeTest, RaisesKnownSkillsAndAddsOthers) {
  Values values;
  values.profile.skills = {{"riding", 1}, {"singing", 5}};
  values.Make(LearnSkills{.skills = {{"riding", 3}, {"singing", 2}, {"fencing", 2}}});
  EXPECT_THAT(values.profile.skills,
              ElementsAre(Skill{"riding", 3}, Skill{"singing", 5}, Skill{"fencing", 2}));
}

TEST(ChangeTest, GrowsIntoARoleThatIsNotHeld) {
  Values values;
  values.profile = ProfileBuilder().Build();
  values.Make(GrowInto{.role = "director"});
  EXPECT_THAT(values.profile.roles,
              ElementsAre(ProfileRole{.role = "director", .grow_into = true}));
  EXPECT_TRUE(values.opening.trainees_allowed);
}

TEST(ChangeTest, WidensWhatIsAskedOfTheCast) {
  Values values;
  values.opening.casting = {.genders = {Gender::kMale},
                            .playing_age = IntRange{20, 25},
                            .height_cm = IntRange{170, 180}};
  values.Make(WidenCasting{
      .add_gender = Gender::kFemale, .younger_by_years = 2, .taller_by_cm = 1});
  EXPECT_EQ(values.opening.casting,
            (CastingRequirement{.genders = {Gender::kFemale, Gender::kMale},
                                .playing_age = IntRange{18, 25},
                                .height_cm = IntRange{170, 181}}));
}

TEST(ChangeTest, AsksNothingOfTheCast) {
  Values values;
  values.opening.casting = {.genders = {Gender::kMale},
                            .playing_age = IntRange{20, 25},
                            .height_cm = IntRange{170, 180}};
  values.Make(WidenCasting{.any_gender = true, .any_age = true, .any_height = true});
  EXPECT_TRUE(values.opening.casting.AsksNothing());
}

TEST(ChangeTest, LiftsOnlyTheBlocksItNames) {
  Values values;
  values.profile = ProfileBuilder().Owner("agency").Blocks("crew").Build();
  values.project = ProjectBuilder().Owner("crew").Blocks("agency").BlocksProfile(1).Build();
  values.Make(Unblock{.project_allows_profile = true, .project_allows_organization = true});
  EXPECT_THAT(values.project.blocked_profiles, IsEmpty());
  EXPECT_THAT(values.project.ownership.blocked_organizations, IsEmpty());
  EXPECT_TRUE(values.profile.ownership.Blocks({"crew"}));
}

TEST(ChangeTest, MakesTheProfileTravelAndBeFound) {
  Values values;
  values.profile = ProfileBuilder().Hidden().Build();
  values.Make(TravelTo{.place = "xian"});
  values.Make(BecomeFindable{});
  EXPECT_THAT(values.profile.travel.places, ElementsAre("xian"));
  EXPECT_EQ(values.profile.ownership.findability, Findability::kFindable);
}

TEST(ChangeTest, CountsDaysAfterTheFourthSpan) {
  std::vector<DaySpan> days;
  for (int32_t i = 0; i < 6; ++i) days.push_back({.start = Day(3 * i), .limit = Day(3 * i + 2)});
  EXPECT_EQ(TextOf(Reschedule{.free_days = days}),
            "free 1970-01-01..1970-01-02, 1970-01-04..1970-01-05, 1970-01-07..1970-01-08, "
            "1970-01-10..1970-01-11 and 4 more days");
}

TEST(ChangeTest, SaysOneOfAThingInTheSingular) {
  EXPECT_EQ(TextOf(Reschedule{.shift_window_days = 1}), "move the window 1 day later");
  EXPECT_EQ(TextOf(WidenCasting{.younger_by_years = 1}), "accept up to 1 year younger");
  EXPECT_EQ(TextOf(Unblock{.project_allows_profile = true}),
            "lift the block: the project's on the person");
}

}  // namespace
}  // namespace troupe
