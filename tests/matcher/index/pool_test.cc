#include "matcher/index/pool.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/index/pool_writer.h"
#include "matcher/index/terms.h"
#include "tests/testing/builders.h"

namespace troupe {
namespace {

using testing::OpeningBuilder;
using testing::ProfileBuilder;
using testing::ProjectBuilder;
using testing::Worked;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

std::vector<uint64_t> IdsInRole(const Pool& pool, absl::string_view role) {
  std::vector<uint64_t> ids;
  pool.ForEachInRole(RoleIndexOf(role), [&](const ProfileView& view, const RoleRow&) {
    ids.push_back(view.scalars->id.value());
    return true;
  });
  return ids;
}

Profile Writer(uint64_t id) { return ProfileBuilder().Id(id).Holds("writer", 2).Build(); }

TEST(PoolTest, FindsProfilesByRole) {
  PoolWriter writer;
  writer.Apply({.profiles = {Writer(1), Writer(2)}});
  writer.Apply({.profiles = {Writer(3)}});
  EXPECT_THAT(IdsInRole(*writer.pool(), "writer"), UnorderedElementsAre(1, 2, 3));
  EXPECT_THAT(IdsInRole(*writer.pool(), "actor"), IsEmpty());
}

TEST(PoolTest, StopsWhenTheVisitSaysSo) {
  PoolWriter writer;
  writer.Apply({.profiles = {Writer(1), Writer(2)}});
  int visits = 0;
  writer.pool()->ForEachInRole(RoleIndexOf("writer"), [&](const ProfileView&, const RoleRow&) {
    ++visits;
    return false;
  });
  EXPECT_EQ(visits, 1);
}

TEST(PoolTest, ShowsOnlyTheNewestOfAProfile) {
  PoolWriter writer;
  writer.Apply({.profiles = {Writer(1), Writer(2), Writer(3), Writer(4), Writer(5), Writer(6)}});
  writer.Apply({.profiles = {ProfileBuilder().Id(2).Holds("actor").Build()}});
  EXPECT_THAT(IdsInRole(*writer.pool(), "writer"), UnorderedElementsAre(1, 3, 4, 5, 6));
  EXPECT_THAT(IdsInRole(*writer.pool(), "actor"), ElementsAre(2));
}

TEST(PoolTest, DoesNotFindARemovedProfile) {
  PoolWriter writer;
  writer.Apply({.profiles = {Writer(1), Writer(2)}});
  writer.Apply({.removed_profiles = {ProfileId(1)}});
  EXPECT_FALSE(writer.pool()->FindProfile(ProfileId(1)).has_value());
  EXPECT_TRUE(writer.pool()->FindProfile(ProfileId(2)).has_value());
}

TEST(PoolTest, FindsOpeningsByNameAndByRole) {
  PoolWriter writer;
  writer.Apply({.projects = {ProjectBuilder().Id(4).With(OpeningBuilder()).Build()}});
  const Pool& pool = *writer.pool();
  const Demand* opening = pool.FindOpening({ProjectId(4), 1});
  ASSERT_NE(opening, nullptr);
  EXPECT_THAT(pool.OpeningsIn(RoleIndexOf("director")), ElementsAre(opening));
  EXPECT_EQ(pool.FindOpening({ProjectId(4), 2}), nullptr);
  EXPECT_EQ(pool.FindOpening({ProjectId(5), 1}), nullptr);
  EXPECT_THAT(pool.OpeningsIn(kNone), IsEmpty());
}

TEST(PoolTest, CountsWhatItHolds) {
  PoolWriter writer;
  writer.Apply({.profiles = {ProfileBuilder()
                                 .Holds("writer")
                                 .GrowsInto("director")
                                 .With(Worked("tmdb:1", "writer"))
                                 .With(Worked("tmdb:1", "director"))
                                 .Build()},
                .projects = {ProjectBuilder()
                                 .With(OpeningBuilder())
                                 .With(OpeningBuilder().Draft())
                                 .With(OpeningBuilder().Seats(1, 7))
                                 .Build()}});
  const PoolStatistics counted = writer.pool()->Statistics();
  EXPECT_EQ(counted.profiles, 1);
  EXPECT_EQ(counted.projects, 1);
  EXPECT_EQ(counted.open_openings, 1);
  EXPECT_EQ(counted.credits, 2);
  EXPECT_EQ(counted.productions, 1);
  EXPECT_EQ(counted.segments, 1);
  EXPECT_EQ(counted.holders.at(RoleIndexOf("writer")), 1);
  EXPECT_EQ(counted.holders.at(RoleIndexOf("director")), 0);
}

}  // namespace
}  // namespace troupe
