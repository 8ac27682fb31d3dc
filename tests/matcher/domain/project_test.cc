#include "matcher/domain/project.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/builders.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsNull;
using testing::InRole;
using testing::Labels;
using testing::OpeningBuilder;
using testing::ProjectBuilder;

Attached Person(uint64_t profile, std::vector<std::string> roles) {
  return {.profile = ProfileId(profile), .roles = std::move(roles)};
}

TEST(ProjectTest, FindsAnOpeningByItsNumber) {
  const Project project = ProjectBuilder()
                              .With(OpeningBuilder().Role("writer"))
                              .With(OpeningBuilder().Role("editor"))
                              .Build();
  ASSERT_NE(project.FindOpening(2), nullptr);
  EXPECT_EQ(project.FindOpening(2)->role, "editor");
  EXPECT_THAT(project.FindOpening(3), IsNull());
}

TEST(ProjectTest, IsWhereAnOpeningWithoutAPlaceIs) {
  const Project project = ProjectBuilder().Place("xian").Build();
  EXPECT_EQ(project.PlaceOf(OpeningBuilder().Build()), "xian");
  EXPECT_EQ(project.PlaceOf(OpeningBuilder().Place("hengdian").Build()), "hengdian");
}

TEST(ProjectTest, GivesItsGenresToAnOpeningWithout) {
  const Project project = ProjectBuilder().Genre("crime").Build();
  EXPECT_EQ(project.GenresOf(OpeningBuilder().Build()), Labels({"crime"}));
  EXPECT_EQ(project.GenresOf(OpeningBuilder().Genre("comedy").Build()), Labels({"comedy"}));
}

TEST(ProjectTest, AttachesItsOwnPeopleAndThoseOfTheOpening) {
  const OpeningBuilder opening = OpeningBuilder().Attach(3, "editor");
  const Project project = ProjectBuilder().Attach(5, "writer").With(opening).Build();
  EXPECT_THAT(project.AttachedTo(project.openings[0]),
              ElementsAre(InRole(3, "editor"), InRole(5, "writer")));
}

TEST(ProjectTest, AttachesThoseOnTheSeatsOfAllItsOpenings) {
  const Project project = ProjectBuilder()
                              .With(OpeningBuilder().Role("writer").Seats(1, 8))
                              .With(OpeningBuilder().Role("editor").Seats(1, 4))
                              .Build();
  EXPECT_THAT(project.AttachedTo(project.openings[0]),
              ElementsAre(InRole(4, "editor"), InRole(8, "writer")));
}

TEST(ProjectTest, AttachesNobodyOfAnotherOpeningWhoHasNoSeat) {
  const Project project = ProjectBuilder()
                              .With(OpeningBuilder())
                              .With(OpeningBuilder().Attach(3, "editor"))
                              .Build();
  EXPECT_THAT(project.AttachedTo(project.openings[0]), IsEmpty());
}

TEST(JoinAttachedTest, JoinsTheRolesOfAPerson) {
  EXPECT_THAT(JoinAttached({Person(9, {"writer"}), Person(2, {"editor"}),
                            Person(9, {"writer", "director"})}),
              ElementsAre(Person(2, {"editor"}), Person(9, {"director", "writer"})));
}

}  // namespace
}  // namespace troupe
