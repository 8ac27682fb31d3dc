#include "matcher/rank/eligibility.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/index/terms.h"
#include "tests/matcher/rank/asked.h"
#include "tests/testing/builders.h"

namespace troupe {
namespace {

using testing::Asked;
using testing::Cny;
using testing::kAskedOn;
using testing::OpeningBuilder;
using testing::ProfileBuilder;
using testing::ProjectBuilder;

ProjectBuilder Film(const OpeningBuilder& opening = OpeningBuilder()) {
  return ProjectBuilder().With(opening);
}

ProfileBuilder Director() { return ProfileBuilder().Holds("director"); }
ProfileBuilder Actor() { return ProfileBuilder().Holds("actor"); }
OpeningBuilder Part(CastingRequirement casting) {
  return OpeningBuilder().Role("actor").Casts(std::move(casting));
}

RequirementSet Failures(const ProjectBuilder& project, const ProfileBuilder& profile) {
  return Asked(project).FailuresOf(profile.Build());
}

MATCHER(NothingFails, "") { return arg.empty(); }
MATCHER_P(OnlyFails, requirement, "") { return arg.IsOnly(requirement); }

TEST(RoleRequirementTest, AsksForAnEntryInTheRole) {
  EXPECT_THAT(Failures(Film(), Director()), NothingFails());
  EXPECT_THAT(Failures(Film(), ProfileBuilder().Holds("writer")), OnlyFails(Requirement::kRole));
}

TEST(RoleRequirementTest, TakesWhoGrowsIntoItWhereTraineesAreAllowed) {
  const ProfileBuilder trainee = ProfileBuilder().GrowsInto("director");
  EXPECT_THAT(Failures(Film(), trainee), OnlyFails(Requirement::kRole));
  EXPECT_THAT(Failures(Film(OpeningBuilder().Trainees()), trainee), NothingFails());
}

TEST(CalendarRequirementTest, IsMetWithoutAWindow) {
  EXPECT_THAT(Failures(Film(), Director().Busy("2026-11-01", 300)), NothingFails());
}

TEST(CalendarRequirementTest, AsksForAllDays) {
  const ProjectBuilder film = Film(OpeningBuilder().AllDays("2026-12-01", 5));
  EXPECT_THAT(Failures(film, Director().Busy("2026-12-06", 9).Busy("2026-11-30", 1)),
              NothingFails());
  EXPECT_THAT(Failures(film, Director().Booked("2026-12-05", 1)),
              OnlyFails(Requirement::kCalendar));
}

TEST(CalendarRequirementTest, AsksForAnyDays) {
  const ProjectBuilder film = Film(OpeningBuilder().AnyDays(3, "2026-12-01", 5));
  EXPECT_THAT(Failures(film, Director().Busy("2026-12-02", 1).Busy("2026-12-04", 1)),
              NothingFails());
  EXPECT_THAT(Failures(film, Director().Busy("2026-12-02", 3)),
              OnlyFails(Requirement::kCalendar));
}

TEST(CalendarRequirementTest, AsksForARunOfDays) {
  const ProjectBuilder film = Film(OpeningBuilder().RunOf(3, "2026-12-01", 5));
  EXPECT_THAT(Failures(film, Director().Busy("2026-12-01", 2)), NothingFails());
  EXPECT_THAT(Failures(film, Director().Busy("2026-12-03", 1)),
              OnlyFails(Requirement::kCalendar));
}

TEST(CalendarRequirementTest, TakesHeldDaysAsFree) {
  EXPECT_THAT(Failures(Film(OpeningBuilder().AllDays("2026-12-01", 5)),
                       Director().Held("2026-12-01", 5)),
              NothingFails());
}

TEST(CalendarRequirementTest, TakesTravelDaysAsNotFree) {
  const CalendarEntry travel{.kind = CalendarEntry::Kind::kTravel,
                             .days = testing::Span("2026-12-01", 1)};
  EXPECT_THAT(Failures(Film(OpeningBuilder().AllDays("2026-12-01", 5)), Director().With(travel)),
              OnlyFails(Requirement::kCalendar));
}

TEST(CalendarRequirementTest, AsksNothingOfDaysThatArePast) {
  // Asked on 2026-11-23, the fourth of the five days.
  EXPECT_THAT(Failures(Film(OpeningBuilder().AllDays("2026-11-20", 5)),
                       Director().Busy("2026-11-20", 3)),
              NothingFails());
  EXPECT_THAT(Failures(Film(OpeningBuilder().AnyDays(3, "2026-11-20", 5)), Director()),
              OnlyFails(Requirement::kCalendar));
}

TEST(PayRequirementTest, AsksForARateUpToTheCeiling) {
  const ProjectBuilder film = Film(OpeningBuilder().Ceiling(1'000));
  EXPECT_THAT(Failures(film, Director().Rate("director", 1'000)), NothingFails());
  EXPECT_THAT(Failures(film, Director().Rate("director", Cny(1'000, 1))),
              OnlyFails(Requirement::kDayRate));
}

TEST(PayRequirementTest, NeverComparesTwoCurrencies) {
  EXPECT_THAT(
      Failures(Film(OpeningBuilder().Ceiling(1'000)), Director().Rate("director", 9'000, "USD")),
      OnlyFails(Requirement::kCurrency));
}

TEST(PayRequirementTest, IsMetWhereOneSideStatesNothing) {
  EXPECT_THAT(Failures(Film(OpeningBuilder().Ceiling(0)), Director()), NothingFails());
  EXPECT_THAT(Failures(Film(), Director().Rate("director", 9'000, "USD")), NothingFails());
}

TEST(PayRequirementTest, LooksAtTheRateOfTheRoleAskedFor) {
  EXPECT_THAT(Failures(Film(OpeningBuilder().Ceiling(1'000)),
                       Director().Holds("writer").Rate("writer", 9'000)),
              NothingFails());
}

TEST(LanguagesRequirementTest, AsksForEveryOne) {
  const ProjectBuilder film = Film(OpeningBuilder().Language("zh").Language("yue"));
  EXPECT_THAT(Failures(film, Director().Speaks("yue").Speaks("zh")), NothingFails());
  EXPECT_THAT(Failures(film, Director().Speaks("zh")), OnlyFails(Requirement::kLanguages));
}

TEST(SkillsRequirementTest, AsksForTheLevelOfRequiredOnes) {
  const ProjectBuilder film = Film(OpeningBuilder().Requires("riding", 3).Wants("singing", 5));
  EXPECT_THAT(Failures(film, Director().Knows("riding", 3)), NothingFails());
  EXPECT_THAT(Failures(film, Director().Knows("riding", 2)), OnlyFails(Requirement::kSkills));
}

TEST(CredentialsRequirementTest, AsksForEveryOne) {
  const ProjectBuilder film = Film(OpeningBuilder().Credential("first-aid"));
  EXPECT_THAT(Failures(film, Director().Credential("first-aid")), NothingFails());
  EXPECT_THAT(Failures(film, Director()), OnlyFails(Requirement::kCredentials));
}

TEST(PlaceRequirementTest, IsMetWithinTheRadius) {
  const int32_t km = ShippedPlaces().DistanceKm(ShippedPlaces().IndexOf("xian"),
                                                ShippedPlaces().IndexOf("hengdian"));
  const ProjectBuilder film = Film().Place("hengdian");
  EXPECT_THAT(Failures(film, Director().Home("xian").Radius(km)), NothingFails());
  EXPECT_THAT(Failures(film, Director().Home("xian").Radius(km - 1)),
              OnlyFails(Requirement::kPlace));
}

TEST(PlaceRequirementTest, IsMetAtHomeAndWithinWhatHoldsIt) {
  EXPECT_THAT(Failures(Film().Place("hengdian"), Director().Home("hengdian")), NothingFails());
  EXPECT_THAT(Failures(Film().Place("hengdian"), Director().Home("zhejiang")), NothingFails());
  EXPECT_THAT(Failures(Film().Place("zhejiang"), Director().Home("hengdian")), NothingFails());
}

TEST(PlaceRequirementTest, IsMetWithinAPlaceThePersonTravelsTo) {
  EXPECT_THAT(Failures(Film().Place("hengdian"), Director().TravelsTo("zhejiang")),
              NothingFails());
  EXPECT_THAT(Failures(Film().Place("zhejiang"), Director().TravelsTo("hengdian")),
              OnlyFails(Requirement::kPlace));
  EXPECT_THAT(Failures(Film().Place("zhejiang"), Director().TravelsAnywhere()), NothingFails());
}

TEST(PlaceRequirementTest, IsNotMetByARadiusAroundNowhere) {
  EXPECT_THAT(Failures(Film().Place("xian"), Director().Radius(20'000)),
              OnlyFails(Requirement::kPlace));
}

TEST(PlaceRequirementTest, IsMetByARoleThatCanBeDoneRemotely) {
  EXPECT_THAT(Failures(Film(OpeningBuilder().Role("writer")).Place("xian"),
                       ProfileBuilder().Holds("writer")),
              NothingFails());
}

TEST(CastingRequirementTest, AsksForAStatedGenderAmongThoseAccepted) {
  const ProjectBuilder film = Film(Part({.genders = {Gender::kFemale, Gender::kNonBinary}}));
  EXPECT_THAT(Failures(film, Actor().Of(Gender::kNonBinary)), NothingFails());
  EXPECT_THAT(Failures(film, Actor().Of(Gender::kMale)), OnlyFails(Requirement::kCasting));
  EXPECT_THAT(Failures(film, Actor()), OnlyFails(Requirement::kCasting));
}

TEST(CastingRequirementTest, AsksForAnAgeInCommon) {
  const ProjectBuilder film = Film(Part({.playing_age = IntRange{20, 25}}));
  EXPECT_THAT(Failures(film, Actor().Plays(25, 40)), NothingFails());
  EXPECT_THAT(Failures(film, Actor().Plays(26, 40)), OnlyFails(Requirement::kCasting));
  EXPECT_THAT(Failures(film, Actor().Plays(0, 19)), OnlyFails(Requirement::kCasting));
  EXPECT_THAT(Failures(film, Actor()), OnlyFails(Requirement::kCasting));
}

TEST(CastingRequirementTest, AsksForAHeight) {
  const ProjectBuilder film = Film(Part({.height_cm = IntRange{170, 180}}));
  EXPECT_THAT(Failures(film, Actor().Height(180)), NothingFails());
  EXPECT_THAT(Failures(film, Actor().Height(181)), OnlyFails(Requirement::kCasting));
  EXPECT_THAT(Failures(film, Actor()), OnlyFails(Requirement::kCasting));
}

TEST(BlockedRequirementTest, KeepsBlockedPeopleAndOrganizationsApart) {
  const ProfileBuilder graduate = Director().Id(5).Owner("incubator");
  EXPECT_THAT(Failures(Film().BlocksProfile(5), graduate), OnlyFails(Requirement::kBlocked));
  EXPECT_THAT(Failures(Film().Blocks("incubator"), graduate), OnlyFails(Requirement::kBlocked));
  EXPECT_THAT(Failures(Film(), ProfileBuilder(graduate).Blocks("crew")),
              OnlyFails(Requirement::kBlocked));
  EXPECT_THAT(Failures(Film().Blocks("studio"), graduate), NothingFails());
}

TEST(BlockedRequirementTest, BindsNoOrganizationToItsOwnList) {
  EXPECT_THAT(Failures(Film().Blocks("crew"), Director().Blocks("crew")), NothingFails());
}

TEST(ConsentRequirementTest, AsksThatOthersFindFindablePeopleOnly) {
  EXPECT_THAT(Failures(Film(), Director().Hidden()), NothingFails());
  EXPECT_THAT(Failures(Film(), Director().Owner("incubator").Hidden()),
              OnlyFails(Requirement::kConsent));
}

TEST(FailuresTest, NameEveryRequirementThatFails) {
  const RequirementSet failures =
      Failures(Film(OpeningBuilder().Ceiling(1).Language("zh")), Director().Rate("director", 2));
  EXPECT_TRUE(failures.Has(Requirement::kDayRate));
  EXPECT_TRUE(failures.Has(Requirement::kLanguages));
  EXPECT_FALSE(failures.Has(Requirement::kSkills));
  EXPECT_FALSE(failures.IsOnly(Requirement::kDayRate));
}

// --- visibility ---

bool IsSeenBy(absl::string_view asker, const ProfileBuilder& profile) {
  const ProfileRow row = MakeProfileRow(profile.Build());
  return IsVisibleTo(row.View(), OrganizationTerm({std::string(asker)}));
}

TEST(VisibilityTest, ShowsAProfileToItsOwnerAndThoseItAllows) {
  EXPECT_TRUE(IsSeenBy("crew", ProfileBuilder().Hidden().Blocks("crew")));
  EXPECT_TRUE(IsSeenBy("studio", ProfileBuilder()));
  EXPECT_FALSE(IsSeenBy("studio", ProfileBuilder().Hidden()));
  EXPECT_FALSE(IsSeenBy("studio", ProfileBuilder().Blocks("studio")));
}

TEST(VisibilityTest, ShowsAProjectToItsOwnerAndThoseItAllows) {
  const auto is_seen = [](const ProjectBuilder& builder, absl::string_view asker) {
    const Project project = builder.Build();
    return IsVisibleTo(MakeDemand(project, project.openings.front()),
                       OrganizationTerm({std::string(asker)}));
  };
  EXPECT_TRUE(is_seen(Film().Hidden(), "crew"));
  EXPECT_TRUE(is_seen(Film(), "studio"));
  EXPECT_FALSE(is_seen(Film().Hidden(), "studio"));
  EXPECT_FALSE(is_seen(Film().Blocks("studio"), "studio"));
}

// --- offers ---

bool Offered(const OpeningBuilder& opening) {
  const Project project = Film(opening).Build();
  return IsOffered(MakeDemand(project, project.openings.front()), kAskedOn);
}

TEST(IsOfferedTest, OffersWhatIsOpenAndNotFilled) {
  EXPECT_TRUE(Offered(OpeningBuilder()));
  EXPECT_FALSE(Offered(OpeningBuilder().Draft()));
  EXPECT_FALSE(Offered(OpeningBuilder().Closed()));
  EXPECT_FALSE(Offered(OpeningBuilder().Seats(1, 7)));
  EXPECT_TRUE(Offered(OpeningBuilder().Headcount(2).Seats(1, 7)));
}

TEST(IsOfferedTest, OffersNoWindowThatIsOver) {
  EXPECT_FALSE(Offered(OpeningBuilder().AllDays("2026-11-18", 5)));
  EXPECT_TRUE(Offered(OpeningBuilder().AllDays("2026-11-19", 5)));
}

TEST(IsOfferedTest, OffersNoWindowPastTheLastSearchableDay) {
  const std::string last = (kAskedOn + 399).ToString();
  EXPECT_TRUE(Offered(OpeningBuilder().AllDays(last, 1)));
  EXPECT_FALSE(Offered(OpeningBuilder().AllDays(last, 2)));
}

TEST(DistanceTest, IsNotKnownWithoutBothPlaces) {
  EXPECT_EQ(DistanceKm(kNone, PlaceIndexOf("xian")), -1);
  EXPECT_EQ(DistanceKm(PlaceIndexOf("xian"), kNone), -1);
}

}  // namespace
}  // namespace troupe
