#include "matcher/index/past_work.h"

#include <tuple>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/index/pool_writer.h"
#include "tests/testing/builders.h"

namespace troupe {
namespace {

using testing::OpeningBuilder;
using testing::ProfileBuilder;
using testing::ProjectBuilder;
using testing::Worked;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Who of the people attached worked on "film", and whether in their role of now.
std::vector<std::pair<uint64_t, bool>> OnFilm(const PoolWriter& writer) {
  std::vector<std::pair<uint64_t, bool>> people;
  writer.pool()->past_work().ForEachOn(
      Term(Term::Vocabulary::kProduction, "film"), [&](const PastWorkRow& row) {
        people.emplace_back(row.key.profile.value(), row.in_role);
      });
  return people;
}

std::vector<uint32_t> AttachmentsOf(uint64_t profile, const PoolWriter& writer) {
  std::vector<uint32_t> people;
  writer.pool()->past_work().ForEachAttachment(
      ProfileId(profile), [&](uint32_t number) { people.push_back(number); });
  return people;
}

Profile Veteran(uint64_t id, absl::string_view role = "writer") {
  return ProfileBuilder().Id(id).With(Worked("film", role)).Build();
}

ProjectBuilder Film(uint64_t id, const OpeningBuilder& opening = OpeningBuilder()) {
  return ProjectBuilder().Id(id).With(opening).Attach(8, "writer");
}

TEST(PastWorkTest, TellsWhoOfTheAttachedWorkedOnAProduction) {
  PoolWriter writer;
  writer.Apply({.profiles = {Veteran(8), Veteran(9)}, .projects = {Film(1).Build()}});
  EXPECT_THAT(OnFilm(writer), ElementsAre(std::pair(8, true)));
  EXPECT_THAT(AttachmentsOf(8, writer), SizeIs(1));
  EXPECT_THAT(AttachmentsOf(9, writer), IsEmpty());
}

TEST(PastWorkTest, TellsWorkInAnotherRoleApart) {
  PoolWriter writer;
  writer.Apply({.profiles = {Veteran(8, "director")}, .projects = {Film(1).Build()}});
  EXPECT_THAT(OnFilm(writer), ElementsAre(std::pair(8, false)));
}

TEST(PastWorkTest, CountsOpeningsWithTheSamePeopleOnce) {
  PoolWriter writer;
  writer.Apply({.profiles = {Veteran(8), Veteran(9)},
                .projects = {Film(1)
                                 .With(OpeningBuilder())
                                 .With(OpeningBuilder().Attach(9, "writer"))
                                 .Build()}});
  EXPECT_THAT(OnFilm(writer),
              ElementsAre(std::pair(8, true), std::pair(8, true), std::pair(9, true)));
  EXPECT_EQ(writer.pool()->FindOpening({ProjectId(1), 1})->people,
            writer.pool()->FindOpening({ProjectId(1), 2})->people);
}

TEST(PastWorkTest, FollowsThePeople) {
  PoolWriter writer;
  writer.Apply({.projects = {Film(1).Build(), Film(2).Build()}});
  EXPECT_THAT(OnFilm(writer), IsEmpty());
  writer.Apply({.profiles = {Veteran(8)}});
  EXPECT_THAT(OnFilm(writer), ElementsAre(std::pair(8, true), std::pair(8, true)));
  writer.Apply({.profiles = {Veteran(8, "director")}});
  EXPECT_THAT(OnFilm(writer), ElementsAre(std::pair(8, false), std::pair(8, false)));
  writer.Apply({.removed_profiles = {ProfileId(8)}});
  EXPECT_THAT(OnFilm(writer), IsEmpty());
}

TEST(PastWorkTest, FollowsTheProjects) {
  PoolWriter writer;
  writer.Apply({.profiles = {Veteran(8)}, .projects = {Film(1).Build(), Film(2).Build()}});
  writer.Apply({.profiles = {Veteran(8, "director")}, .projects = {Film(1).Build()}});
  EXPECT_THAT(OnFilm(writer), ElementsAre(std::pair(8, false), std::pair(8, false)));
  writer.Apply({.projects = {Film(1, OpeningBuilder().Closed()).Build()}});
  EXPECT_THAT(OnFilm(writer), ElementsAre(std::pair(8, false)));
  writer.Apply({.removed_projects = {ProjectId(2)}});
  EXPECT_THAT(OnFilm(writer), IsEmpty());
  EXPECT_THAT(AttachmentsOf(8, writer), IsEmpty());
}

TEST(PastWorkTest, LeavesOutPeopleWhomTheOwnerMayNotSee) {
  PoolWriter writer;
  Profile hidden = Veteran(8);
  hidden.ownership.owner.slug = "agency";
  hidden.ownership.findability = Findability::kHidden;
  writer.Apply({.profiles = {hidden}, .projects = {Film(1).Owner("studio").Build()}});
  EXPECT_THAT(OnFilm(writer), IsEmpty());
  EXPECT_THAT(AttachmentsOf(8, writer), SizeIs(1));
}

}  // namespace
}  // namespace troupe
