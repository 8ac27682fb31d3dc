#include "matcher/rank/why_not.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/builders.h"

namespace troupe {
namespace {

using testing::Cny;
using testing::D;
using testing::OpeningBuilder;
using testing::ProfileBuilder;
using testing::ProjectBuilder;
using testing::Span;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const Day kToday = D("2026-11-23");

// A director in Xi'an who would do anything there.
ProfileBuilder Director() { return ProfileBuilder().Holds("director").Home("xian"); }
ProfileBuilder Actor() { return ProfileBuilder().Holds("actor"); }

// The only failure there is, its change applied and found to help.
Failure OnlyFailure(const ProfileBuilder& profile, const ProjectBuilder& project,
                    const OpeningBuilder& opening) {
  const std::vector<Failure> failures =
      WhyNot(profile.Build(), project.Build(), opening.Build(), kToday);
  EXPECT_EQ(failures.size(), 1u);
  EXPECT_TRUE(ChangesMakeEligible(failures, profile.Build(), project.Build(), opening.Build(),
                                  kToday));
  if (failures.size() != 1 || !failures[0].change.has_value()) return {};
  return failures[0];
}

Failure OnlyFailure(const ProfileBuilder& profile, const OpeningBuilder& opening) {
  return OnlyFailure(profile, ProjectBuilder(), opening);
}

void ExpectFailure(const Failure& failure, Requirement requirement, absl::string_view text,
                   const Edit& edit, absl::string_view change) {
  EXPECT_EQ(failure.requirement, requirement);
  EXPECT_EQ(failure.text, text);
  ASSERT_TRUE(failure.change.has_value());
  EXPECT_EQ(failure.change->text, change);
  EXPECT_TRUE(failure.change->edit == edit);
}

TEST(WhyNotTest, FindsNothingAgainstAnEligibleProfile) {
  EXPECT_THAT(WhyNot(Director().Build(), Project(), OpeningBuilder().Build(), kToday), IsEmpty());
}

TEST(WhyNotTest, LetsAPersonWithoutTheRoleGrowIntoIt) {
  ExpectFailure(OnlyFailure(Actor().Rate("actor", 900), OpeningBuilder().Ceiling(100)),
                Requirement::kRole, "does not have the role Director (导演)",
                GrowInto{.role = "director"},
                "grow into the role Director (导演), and allow trainees");
}

TEST(WhyNotTest, AllowsTraineesForAPersonWhoGrowsIntoTheRole) {
  ExpectFailure(
      OnlyFailure(ProfileBuilder().GrowsInto("director"), OpeningBuilder()), Requirement::kRole,
      "wants to grow into the role Director (导演); trainees are not taken", AllowTrainees{},
      "allow trainees");
}

TEST(WhyNotTest, MovesAWindowLaterWhereThatIsNearest) {
  ExpectFailure(OnlyFailure(Director().Booked("2026-12-01", 3),
                            OpeningBuilder().AllDays("2026-12-01", 7)),
                Requirement::kCalendar, "is busy on 3 of the 7 days (2026-12-01..2026-12-03)",
                Reschedule{.shift_window_days = 3}, "move the window 3 days later");
}

TEST(WhyNotTest, MovesAWindowEarlierWhereThatIsNearer) {
  ExpectFailure(OnlyFailure(Director().Busy("2026-12-07", 1),
                            OpeningBuilder().AllDays("2026-12-01", 7)),
                Requirement::kCalendar, "is busy on 1 of the 7 days (2026-12-07)",
                Reschedule{.shift_window_days = -1}, "move the window 1 day earlier");
}

TEST(WhyNotTest, FreesAllDaysThatNoMoveAvoids) {
  ExpectFailure(OnlyFailure(Director().Busy("2026-11-20", 600),
                            OpeningBuilder().AllDays("2026-12-01", 3)),
                Requirement::kCalendar, "is busy on 3 of the 3 days (2026-12-01..2026-12-03)",
                Reschedule{.free_days = {Span("2026-12-01", 3)}},
                "free 2026-12-01..2026-12-03");
}

TEST(WhyNotTest, FreesTheEarliestOfAnyDays) {
  ExpectFailure(
      OnlyFailure(Director().Busy("2026-11-20", 13).Busy("2026-12-04", 600),
                  OpeningBuilder().AnyDays(3, "2026-12-01", 5)),
      Requirement::kCalendar,
      "is free on 1 of the 5 days; asked for are any 3 (busy 2026-12-01..2026-12-02 and "
      "2026-12-04..2026-12-05)",
      Reschedule{.free_days = {Span("2026-12-01", 2)}}, "free 2026-12-01..2026-12-02");
}

TEST(WhyNotTest, FreesTheEarliestOfTheFreestRuns) {
  ExpectFailure(
      OnlyFailure(Director().Busy("2026-11-01", 32).Busy("2026-12-04", 1).Busy("2026-12-06", 600),
                  OpeningBuilder().RunOf(2, "2026-12-01", 6)),
      Requirement::kCalendar,
      "is free on at most 1 of the 6 days in a row; asked for are 2 (busy "
      "2026-12-01..2026-12-02, 2026-12-04 and 2026-12-06)",
      Reschedule{.free_days = {Span("2026-12-02", 1)}}, "free 2026-12-02");
}

TEST(WhyNotTest, AsksNothingOfDaysThatArePast) {
  ExpectFailure(OnlyFailure(Director().Busy("2026-11-20", 600),
                            OpeningBuilder().AllDays("2026-11-20", 5)),
                Requirement::kCalendar, "is busy on 2 of the 2 days left (2026-11-23..2026-11-24)",
                Reschedule{.free_days = {Span("2026-11-23", 2)}},
                "free 2026-11-23..2026-11-24");
}

TEST(WhyNotTest, MovesAWindowWithTooFewDaysLeft) {
  ExpectFailure(OnlyFailure(Director(), OpeningBuilder().RunOf(4, "2026-11-20", 5)),
                Requirement::kCalendar, "only 2 days left; asked for are 4",
                Reschedule{.shift_window_days = 2}, "move the window 2 days later");
}

TEST(WhyNotTest, MovesAWindowWithTooFewDaysLeftAndFreesTheRest) {
  ExpectFailure(OnlyFailure(Director().Busy("2026-11-24", 600),
                            OpeningBuilder().AnyDays(4, "2026-11-20", 5)),
                Requirement::kCalendar, "only 2 days left; asked for are 4",
                Reschedule{.shift_window_days = 2, .free_days = {Span("2026-11-24", 3)}},
                "move the window 2 days later and free 2026-11-24..2026-11-26");
}

TEST(WhyNotTest, MovesAPastWindowToToday) {
  ExpectFailure(OnlyFailure(Director(), OpeningBuilder().AnyDays(2, "2026-11-10", 3)),
                Requirement::kCalendar, "no day is left of 2026-11-10..2026-11-12",
                Reschedule{.shift_window_days = 12}, "move the window 12 days later");
}

TEST(WhyNotTest, NamesTheDaysOfTravelThatAreInTheWay) {
  ExpectFailure(OnlyFailure(Director().TravelsAnywhere().Busy("2026-12-04", 1),
                            OpeningBuilder().Place("zhengzhou").AllDays("2026-12-01", 3)),
                Requirement::kCalendar,
                "is free to work, but not to travel 1 day before and after (busy 2026-12-04)",
                Reschedule{.shift_window_days = -1}, "move the window 1 day earlier");
}

TEST(WhyNotTest, FreesDaysOfTravelToo) {
  ExpectFailure(OnlyFailure(Director().TravelsAnywhere().Busy("2026-11-20", 600),
                            OpeningBuilder().Place("zhengzhou").AnyDays(1, "2026-12-01", 3)),
                Requirement::kCalendar,
                "is free on 0 of the 3 days; asked for are any 1 (busy 2026-12-01..2026-12-03)",
                Reschedule{.free_days = {Span("2026-11-30", 3)}},
                "free 2026-11-30..2026-12-02");
}

TEST(WhyNotTest, FreesTheFewestDaysOfTheBlocksNeeded) {
  ExpectFailure(OnlyFailure(Director().Busy("2026-11-20", 12).Busy("2026-12-04", 600),
                            OpeningBuilder()
                                .Block("2026-12-01", 2)
                                .Block("2026-12-10", 3)
                                .Block("2026-12-20", 2)
                                .BlocksNeeded(2)),
                Requirement::kCalendar,
                "is free for 0 of the 3 blocks; asked for are 2 (busy 2026-12-01, "
                "2026-12-10..2026-12-12 and 2026-12-20..2026-12-21)",
                Reschedule{.free_days = {Span("2026-12-01", 1), Span("2026-12-20", 2)}},
                "free 2026-12-01 and 2026-12-20..2026-12-21");
}

TEST(WhyNotTest, MovesAWindowUpToTheLastSearchableDay) {
  const Day last = kToday + (kCalendarHorizonDays - 1);
  const auto opening = OpeningBuilder().AllDays((last - 1).ToString(), 1);
  const auto busy = Director().Busy("2026-11-23", kCalendarHorizonDays - 1);
  const Failure failure = OnlyFailure(busy, opening);
  EXPECT_TRUE(failure.change->edit == Edit(Reschedule{.shift_window_days = 1}));
}

TEST(WhyNotTest, DoesNotMoveAWindowPastTheLastSearchableDay) {
  const Day last = kToday + (kCalendarHorizonDays - 1);
  const auto opening = OpeningBuilder().AllDays((last - 1).ToString(), 1);
  const auto busy = Director().Busy("2026-11-23", kCalendarHorizonDays);
  const Failure failure = OnlyFailure(busy, opening);
  EXPECT_TRUE(failure.change->edit ==
              Edit(Reschedule{.free_days = {{.start = last - 1, .limit = last}}}));
}

TEST(WhyNotTest, OffersNoChangeForMoreDaysThanCanBeSearched) {
  const auto opening = OpeningBuilder().AnyDays(450, "2026-09-01", 460).Build();
  const std::vector<Failure> failures =
      WhyNot(Director().Build(), Project(), opening, kToday);
  ASSERT_EQ(failures.size(), 1u);
  EXPECT_FALSE(failures[0].change.has_value());
}

TEST(WhyNotTest, DoesNotSayWhoseABookingIs) {
  const auto profile = Director().With({.kind = CalendarEntry::Kind::kBooked,
                                        .days = Span("2026-12-01", 3),
                                        .project = ProjectId(0xabc),
                                        .note = "night shoot"});
  const Failure failure = OnlyFailure(profile, OpeningBuilder().AllDays("2026-12-01", 7));
  EXPECT_THAT(failure.text, Not(HasSubstr("abc")));
  EXPECT_THAT(failure.text, Not(HasSubstr("night shoot")));
}

TEST(WhyNotTest, RaisesTheCeilingByWholeUnits) {
  ExpectFailure(OnlyFailure(Director().Rate("director", Cny(1'200, 500'000'000)),
                            OpeningBuilder().Ceiling(1'000)),
                Requirement::kDayRate, "asks 1,200.5 CNY a day; the ceiling is 1,000 CNY",
                RaiseCeiling{.by = Cny(201)}, "raise the ceiling by 201 CNY a day");
}

TEST(WhyNotTest, AsksTheCeilingWhereCurrenciesDiffer) {
  ExpectFailure(
      OnlyFailure(Director().Rate("director", 180, "USD"), OpeningBuilder().Ceiling(1'000)),
      Requirement::kCurrency,
      "asks 180 USD a day; the ceiling of 1,000 CNY is in another currency",
      SetDayRate{.rate = Cny(1'000)}, "ask 1,000 CNY a day");
}

TEST(WhyNotTest, NamesEachMissingLanguageOnce) {
  ExpectFailure(
      OnlyFailure(Director().Speaks("zh"),
                  OpeningBuilder().Language("yue").Language("zh").Language("en").Language("yue")),
      Requirement::kLanguages, "does not speak yue or en",
      LearnLanguages{.languages = {"yue", "en"}}, "learn yue and en");
}

TEST(WhyNotTest, BringsRequiredSkillsToTheirLevels) {
  ExpectFailure(OnlyFailure(Director().Knows("riding", 1).Knows("singing", 4),
                            OpeningBuilder()
                                .Requires("riding", 3)
                                .Requires("singing", 4)
                                .Requires("fencing", 2)
                                .Wants("excel", 5)),
                Requirement::kSkills,
                "has riding at level 1 of 3 required and no fencing (level 2 required)",
                LearnSkills{.skills = {{"riding", 3}, {"fencing", 2}}},
                "bring riding to level 3 and fencing to level 2");
}

TEST(WhyNotTest, NamesMissingCredentials) {
  ExpectFailure(OnlyFailure(Director().Credential("first-aid"),
                            OpeningBuilder().Credential("first-aid").Credential("diving-licence")),
                Requirement::kCredentials, "lacks diving-licence",
                ObtainCredentials{.credentials = {"diving-licence"}}, "obtain diving-licence");
}

TEST(WhyNotTest, TravelsToThePlaceOfTheWork) {
  ExpectFailure(OnlyFailure(Director().Radius(100), ProjectBuilder().Place("zhengzhou"),
                            OpeningBuilder()),
                Requirement::kPlace,
                "lives in Xi'an (西安), 431 km from Zhengzhou (郑州), beyond a radius of 100 km, "
                "and is not willing to travel there",
                TravelTo{.place = "zhengzhou"}, "be willing to travel to Zhengzhou (郑州)");
}

TEST(WhyNotTest, SaysThatAHomeIsNotKnown) {
  const Failure failure =
      OnlyFailure(ProfileBuilder().Holds("director"), OpeningBuilder().Place("xian"));
  EXPECT_EQ(failure.text,
            "has no known home, so no radius reaches Xi'an (西安), and is not willing to travel "
            "there");
}

TEST(WhyNotTest, WidensCastingByTheLeast) {
  ExpectFailure(
      OnlyFailure(Actor().Of(Gender::kMale).Plays(30, 35).Height(165),
                  OpeningBuilder().Role("actor").Casts({.genders = {Gender::kFemale},
                                                        .playing_age = IntRange{18, 25},
                                                        .height_cm = IntRange{168, 172}})),
      Requirement::kCasting,
      "is a man (asked for: a woman), plays ages 30 to 35 (asked for: 18 to 25) and is 165 cm "
      "tall (asked for: 168 to 172 cm)",
      WidenCasting{.add_gender = Gender::kMale, .older_by_years = 5, .shorter_by_cm = 3},
      "cast men too, accept up to 5 years older and accept up to 3 cm shorter");
}

TEST(WhyNotTest, AsksNothingOfTheCastThatIsNotStated) {
  ExpectFailure(
      OnlyFailure(Actor(), OpeningBuilder().Role("actor").Casts({.genders = {Gender::kFemale},
                                                                 .playing_age = IntRange{18, 18},
                                                                 .height_cm = IntRange{170, 180}})),
      Requirement::kCasting,
      "is of no stated gender (asked for: a woman), states no playing age (asked for: 18) and "
      "states no height (asked for: 170 to 180 cm)",
      WidenCasting{.any_gender = true, .any_age = true, .any_height = true},
      "ask for no gender, ask for no age and ask for no height");
}

TEST(WhyNotTest, LiftsEveryBlockBetweenTheTwo) {
  ExpectFailure(
      OnlyFailure(Director().Owner("agency").Blocks("crew"),
                  ProjectBuilder().Owner("crew").Blocks("agency").BlocksProfile(1),
                  OpeningBuilder()),
      Requirement::kBlocked,
      "blocks the project's organization, is excluded by the project and belongs to an "
      "organization that the project blocks",
      Unblock{.profile_allows_organization = true,
              .project_allows_profile = true,
              .project_allows_organization = true},
      "lift the blocks: the person's on the organization, the project's on the person and the "
      "project's on the person's organization");
}

TEST(WhyNotTest, LeavesAnOrganizationsBlockOnItself) {
  const Failure failure =
      OnlyFailure(Director().Owner("crew").Blocks("crew"),
                  ProjectBuilder().Owner("crew").BlocksProfile(1), OpeningBuilder());
  EXPECT_TRUE(failure.change->edit == Edit(Unblock{.project_allows_profile = true}));
}

TEST(WhyNotTest, AsksForConsentToBeFound) {
  ExpectFailure(OnlyFailure(Director().Owner("agency").Hidden(), OpeningBuilder()),
                Requirement::kConsent, "has not agreed to be found by other organizations",
                BecomeFindable{}, "agree to be found");
}

TEST(WhyNotTest, OrdersFailuresAsRequirementsAre) {
  const std::vector<Failure> failures =
      WhyNot(Director().Owner("agency").Hidden().Busy("2026-12-01", 1).Build(), Project(),
             OpeningBuilder().AllDays("2026-12-01", 1).Language("yue").Build(), kToday);
  ASSERT_EQ(failures.size(), 3u);
  EXPECT_EQ(failures[0].requirement, Requirement::kCalendar);
  EXPECT_EQ(failures[1].requirement, Requirement::kLanguages);
  EXPECT_EQ(failures[2].requirement, Requirement::kConsent);
}

TEST(WhyNotTest, CountsDaysFromTheDayOfTheQuestion) {
  const Profile profile = Director().Busy("2026-12-01", 3).Build();
  const Opening opening = OpeningBuilder().AllDays("2026-12-01", 7).Build();
  EXPECT_THAT(WhyNot(profile, Project(), opening, D("2026-12-04")), IsEmpty());
  EXPECT_THAT(WhyNot(profile, Project(), opening, D("2026-12-03")).front().text,
              "is busy on 1 of the 5 days left (2026-12-03)");
}

}  // namespace
}  // namespace troupe
