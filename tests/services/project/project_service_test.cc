#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/project/project_wiring.h"
#include "services/rpc/real_clock.h"
#include "tests/services/project/project_world.h"
#include "tests/testing/watched_stream.h"

namespace troupe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::IsEmpty;

std::vector<std::string> RolesOf(const v1::Project& project) {
  std::vector<std::string> roles;
  for (const v1::Opening& opening : project.openings()) roles.push_back(opening.role());
  return roles;
}

// Whom an opening or a project names.
std::string Attach(const std::string& profile) {
  return absl::StrCat("attached { profile: '", profile, "' roles: 'writer' } ");
}

TEST(ProjectServiceTest, WiresEveryMethodOfTheContract) {
  ProjectWorld world;
  const RealClock clock;
  Admission admission({}, &clock);
  EXPECT_THAT(WireProjectService(&world.service(), &admission)->UnwiredMethods(), IsEmpty());
}

TEST(ProjectServiceTest, NumbersTheOpeningsOfANewProjectFromOne) {
  ProjectWorld world;
  const v1::Project created = world.Create(Tea(For("director") + For("writer"))).value();
  EXPECT_EQ(created.openings(0).name(), created.name() + "/openings/1");
  EXPECT_EQ(created.openings(1).name(), created.name() + "/openings/2");
  EXPECT_EQ(Difference(world.Get(created.name()).value(), created), "");
}

TEST(ProjectServiceTest, RefusesTheNameOfAnOpeningOnCreate) {
  ProjectWorld world;
  EXPECT_THAT(BadFields(world.Create(
                  Tea(For("director", "name: 'projects/0000000000000001/openings/1'")))),
              ElementsAre("project.openings[0].name"));
}

TEST(ProjectServiceTest, GivesNoNumberTwice) {
  ProjectWorld world;
  v1::Project project = world.Create(Tea(For("director") + For("writer"))).value();
  project.mutable_openings()->DeleteSubrange(1, 1);
  project = world.Update(project, {"openings"}).value();
  *project.add_openings() = Tea(For("editor")).openings(0);
  project = world.Update(project, {"openings"}).value();
  EXPECT_THAT(project.openings(1).name(), EndsWith("/openings/3"));
}

TEST(ProjectServiceTest, KeepsTheNumbersOfOpeningsThatMove) {
  ProjectWorld world;
  v1::Project project = world.Create(Tea(For("director") + For("writer"))).value();
  project.mutable_openings()->SwapElements(0, 1);
  const v1::Project updated = world.Update(project, {"openings"}).value();
  EXPECT_THAT(updated.openings(0).name(), EndsWith("/openings/2"));
  EXPECT_EQ(updated.openings(0).role(), "writer");
}

TEST(ProjectServiceTest, RefusesAnOpeningThatTheProjectDoesNotHave) {
  ProjectWorld world;
  v1::Project project = world.Create(Tea(For("director"))).value();
  project.mutable_openings(0)->set_name(project.name() + "/openings/9");
  EXPECT_THAT(BadFields(world.Update(project, {"openings"})),
              ElementsAre("project.openings[0].name"));
}

TEST(ProjectServiceTest, RefusesAnOpeningNamedTwice) {
  ProjectWorld world;
  v1::Project project = world.Create(Tea(For("director"))).value();
  *project.add_openings() = project.openings(0);
  EXPECT_THAT(BadFields(world.Update(project, {"openings"})),
              ElementsAre("project.openings[1].name"));
}

TEST(ProjectServiceTest, LeavesOpeningsAloneThatAreNotInTheMask) {
  ProjectWorld world;
  v1::Project project = world.Create(Tea(For("director"))).value();
  project.clear_openings();
  project.set_title("Rice");
  EXPECT_THAT(RolesOf(world.Update(project, {"title"}).value()), ElementsAre("director"));
}

TEST(ProjectServiceTest, RefusesNewPeopleWhomTheOwnerCannotSee) {
  ProjectWorld world;
  const std::string nobody = "profiles/00000000000000ff";
  const std::string hidden = world.Have(ProfileBuilder().Id(1).Owner("studio").Hidden());
  const std::string blocks = world.Have(ProfileBuilder().Id(2).Owner("studio").Blocks("crew"));
  for (const std::string& who : {nobody, hidden, blocks}) {
    EXPECT_THAT(BadFields(world.Create(Tea(Attach(who)))),
                ElementsAre("project.attached[0].profile"));
    EXPECT_THAT(BadFields(world.Create(Tea(For("director", Attach(who))))),
                ElementsAre("project.openings[0].attached[0].profile"));
    EXPECT_THAT(BadFields(world.Create(Tea(For(
                    "director", absl::StrCat("seats { number: 1 profile: '", who, "' }"))))),
                ElementsAre("project.openings[0].seats"));
  }
}

TEST(ProjectServiceTest, TakesPeopleWhomTheOwnerCanSee) {
  ProjectWorld world;
  const std::string own = world.Have(ProfileBuilder().Id(1).Owner("crew").Hidden());
  const std::string findable = world.Have(ProfileBuilder().Id(2).Owner("studio"));
  EXPECT_THAT(world.Create(Tea(Attach(own) + For("director", Attach(findable)))), IsOk());
}

TEST(ProjectServiceTest, StaysEditableWhenPeopleOnItHaveGone) {
  ProjectWorld world;
  const std::string who = world.Have(ProfileBuilder().Id(1).Owner("studio"));
  v1::Project project = world.Create(Tea(Attach(who)), "crew", "id").value();
  world.Have(ProfileBuilder().Id(1).Owner("studio").Hidden());
  EXPECT_THAT(world.Create(Tea(Attach(who)), "crew", "id"), IsOk());  // A retry.
  *project.mutable_openings() = Tea(For("director", Attach(who))).openings();
  EXPECT_THAT(world.Update(project, {"openings"}), IsOk());
}

TEST(ProjectServiceTest, LetsAProjectBlockWhomItsOwnerCannotSee) {
  ProjectWorld world;
  EXPECT_THAT(world.Create(Tea("blocked_profiles: 'profiles/00000000000000ff'")), IsOk());
}

TEST(ProjectServiceTest, ShowsOthersNeitherPeopleNorDrafts) {
  ProjectWorld world;
  const std::string who = world.Have(ProfileBuilder().Id(1));
  v1::Project stated = Tea(For("director") + For("writer") + Attach(who));
  stated.mutable_openings(1)->set_state(v1::Opening::STATE_DRAFT);
  const std::string name = world.Create(stated)->name();
  const v1::Project got = world.Get(name, "studio").value();
  EXPECT_THAT(RolesOf(got), ElementsAre("director"));
  EXPECT_EQ(got.attached_size(), 0);
  EXPECT_EQ(Difference(world.List("", "studio")->projects(0), got), "");
  EXPECT_EQ(Difference(world.BatchGet({name}, "studio")->projects(0), got), "");
}

TEST(ProjectServiceTest, ListsByRoleAndStateOfOneOpening) {
  ProjectWorld world;
  v1::Project stated = Tea(For("director") + For("writer"));
  stated.mutable_openings(1)->set_state(v1::Opening::STATE_DRAFT);
  ASSERT_THAT(world.Create(stated), IsOk());
  const auto count = [&](const std::string& filter, const std::string& organization) {
    return world.List(filter, organization)->projects_size();
  };
  EXPECT_EQ(count("role: 'writer' state: STATE_DRAFT", "crew"), 1);
  EXPECT_EQ(count("role: 'writer' state: STATE_OPEN", "crew"), 0);
  EXPECT_EQ(count("role: 'writer'", "studio"), 0);
  EXPECT_EQ(count("state: STATE_DRAFT", "studio"), 0);
  EXPECT_EQ(count("role: 'director' state: STATE_OPEN", "studio"), 1);
}

TEST(ProjectServiceTest, RefusesAStateThatIsNone) {
  ProjectWorld world;
  EXPECT_THAT(BadFields(world.List("state: 9")), ElementsAre("state"));
}

TEST(ProjectServiceTest, HidesWhatIsHiddenOrBlocks) {
  ProjectWorld world;
  v1::Project hidden = Tea();
  hidden.set_findability(v1::FINDABILITY_HIDDEN);
  for (const v1::Project& project :
       {hidden, Tea("blocked_organizations: 'organizations/studio'")}) {
    const std::string name = world.Create(project)->name();
    EXPECT_THAT(world.Get(name, "studio"),
                FailsWith(absl::StatusCode::kNotFound, "PROJECT_NOT_FOUND"));
    EXPECT_THAT(world.BatchGet({name}, "studio"),
                FailsWith(absl::StatusCode::kNotFound, "PROJECT_NOT_FOUND"));
    EXPECT_THAT(world.Delete(name, "studio"),
                FailsWith(absl::StatusCode::kNotFound, "PROJECT_NOT_FOUND"));
  }
  EXPECT_EQ(world.List("", "studio")->projects_size(), 0);
  EXPECT_EQ(world.List()->projects_size(), 2);
}

TEST(ProjectServiceTest, DeletesForGood) {
  ProjectWorld world;
  const std::string name = world.Create(Tea(For("director")))->name();
  ASSERT_THAT(world.Delete(name), IsOk());
  EXPECT_THAT(world.Get(name), FailsWith(absl::StatusCode::kNotFound, "PROJECT_NOT_FOUND"));
}

TEST(ImportProjectsTest, LeavesAProjectAloneThatIsAsStated) {
  ProjectWorld world;
  const v1::Project stated = Tea("external_id { source: 's' id: '1' }" + For("director"));
  EXPECT_EQ(world.Import(stated, "a").outcome(), v1::IMPORT_OUTCOME_CREATED);
  EXPECT_EQ(world.Import(stated, "b").outcome(), v1::IMPORT_OUTCOME_UNCHANGED);
}

TEST(ImportProjectsTest, KeepsTheNumbersOfOpeningsByRole) {
  ProjectWorld world;
  const std::string id = "external_id { source: 's' id: '1' }";
  const std::string name =
      world.Import(Tea(id + For("director") + For("writer")), "a").name();
  EXPECT_EQ(world.Import(Tea(id + For("editor") + For("writer")), "b").outcome(),
            v1::IMPORT_OUTCOME_UPDATED);
  const v1::Project now = world.Get(name).value();
  EXPECT_THAT(now.openings(0).name(), EndsWith("/openings/3"));
  EXPECT_THAT(now.openings(1).name(), EndsWith("/openings/2"));
}

TEST(ImportProjectsTest, RejectsPeopleWhomTheOwnerCannotSee) {
  ProjectWorld world;
  const v1::ImportResult result = world.Import(Tea(Attach("profiles/00000000000000ff")), "a");
  EXPECT_EQ(result.outcome(), v1::IMPORT_OUTCOME_REJECTED);
  EXPECT_EQ(result.error().violations(0).field(), "attached[0].profile");
}

TEST(WatchProjectsTest, TellsEachCallerWhatGetShowsIt) {
  ProjectWorld world;
  WatchedStream<v1::WatchProjectsResponse> stream;
  world.service().WatchProjects(CallBy("guest"), v1::WatchProjectsRequest(), stream.sink());
  EXPECT_EQ(stream.Next()->changes_size(), 0);
  const v1::Project project =
      world.Create(Tea(For("director") + "openings { role: 'writer' headcount: 1 state: STATE_DRAFT }")).value();
  const auto told = stream.Next();
  ASSERT_EQ(told->changes_size(), 1);
  EXPECT_EQ(told->changes(0).project().openings_size(), 1);
  EXPECT_EQ(Difference(told->changes(0).project(), world.Get(project.name(), "guest").value()), "");
  ASSERT_THAT(world.Delete(project.name()), IsOk());
  EXPECT_EQ(stream.Next()->changes(0).deleted(), project.name());
}

// Days that `project` holds of somebody.
CalendarEntry HeldFor(const v1::Project& project, CalendarEntry::Kind kind) {
  return {.kind = kind,
          .days = {Day(20'788), Day(20'791)},
          .project = ParseProjectName(project.name(), "name").value()};
}

TEST(DeleteProjectTest, RefusesAProjectWithFilledSeats) {
  ProjectWorld world;
  const std::string ada = world.Have(ProfileBuilder().Id(7));
  const v1::Project project =
      world.Create(Tea(For("director", absl::StrCat("seats { number: 1 profile: '", ada, "' }"))))
          .value();
  const absl::Status refused = world.Delete(project.name());
  EXPECT_THAT(refused, FailsWith(absl::StatusCode::kFailedPrecondition, "PROJECT_HAS_HOLDS"));
  EXPECT_THAT(BadFields(refused), ElementsAre("openings[0].seats"));
}

TEST(DeleteProjectTest, RefusesAProjectForWhichPeopleAreHeldOrBooked) {
  ProjectWorld world;
  const v1::Project project = world.Create(Tea()).value();
  const std::string held = world.Have(
      ProfileBuilder().Id(7).Owner("agency").With(HeldFor(project, CalendarEntry::Kind::kHeld)));
  const std::string booked = world.Have(
      ProfileBuilder().Id(8).With(HeldFor(project, CalendarEntry::Kind::kBooked)));
  world.Have(ProfileBuilder().Id(9).With(HeldFor(project, CalendarEntry::Kind::kTravel)));
  EXPECT_THAT(BadFields(world.Delete(project.name())), ElementsAre(held, booked));
}

TEST(DeleteProjectTest, TellsNothingOfPeopleWhoHideFromItsOwner) {
  ProjectWorld world;
  const v1::Project project = world.Create(Tea()).value();
  world.Have(ProfileBuilder().Id(7).Owner("agency").Hidden().With(
      HeldFor(project, CalendarEntry::Kind::kBooked)));
  EXPECT_THAT(world.Delete(project.name()), IsOk());
}

TEST(DeleteProjectTest, DeletesAProjectOnceThePeopleAreReleased) {
  ProjectWorld world;
  const v1::Project project = world.Create(Tea()).value();
  world.Have(ProfileBuilder().Id(7).With(HeldFor(project, CalendarEntry::Kind::kHeld)));
  ASSERT_FALSE(world.Delete(project.name()).ok());
  world.Have(ProfileBuilder().Id(7));
  EXPECT_THAT(world.Delete(project.name()), IsOk());
}

}  // namespace
}  // namespace troupe::testing
