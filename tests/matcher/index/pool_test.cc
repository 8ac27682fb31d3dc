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

std::vector<const Demand*> OffersIn(const Pool& pool, absl::string_view role) {
  std::vector<const Demand*> offers;
  for (const auto& block : pool.OffersIn(RoleIndexOf(role))) {
    offers.insert(offers.end(), block->rows().begin(), block->rows().end());
  }
  return offers;
}

TEST(PoolTest, FindsOpeningsByNameAndByRole) {
  PoolWriter writer;
  writer.Apply({.projects = {ProjectBuilder().Id(4).With(OpeningBuilder()).Build()}});
  const Pool& pool = *writer.pool();
  const Demand* opening = pool.FindOpening({ProjectId(4), 1});
  ASSERT_NE(opening, nullptr);
  EXPECT_THAT(OffersIn(pool, "director"), ElementsAre(opening));
  EXPECT_EQ(pool.FindOpening({ProjectId(4), 2}), nullptr);
  EXPECT_EQ(pool.FindOpening({ProjectId(5), 1}), nullptr);
  EXPECT_THAT(pool.OffersIn(kNone), IsEmpty());
}

TEST(PoolTest, OffersWhatIsOpenAndNotFilled) {
  PoolWriter writer;
  writer.Apply({.projects = {ProjectBuilder()
                                 .With(OpeningBuilder().Draft())
                                 .With(OpeningBuilder().Closed())
                                 .With(OpeningBuilder().Seats(1, 7))
                                 .With(OpeningBuilder())
                                 .Build()}});
  const auto offers = OffersIn(*writer.pool(), "director");
  ASSERT_EQ(offers.size(), 1u);
  EXPECT_EQ(offers.front()->scalars.opening_number, 4u);
}

TEST(PoolTest, OffersByPlaceThenProject) {
  PoolWriter writer;
  for (uint64_t id : {3, 1, 2}) {
    writer.Apply({.projects = {ProjectBuilder()
                                   .Id(id)
                                   .Place(id == 2 ? "" : "xian")
                                   .With(OpeningBuilder())
                                   .Build()}});
  }
  std::vector<uint64_t> ids;
  for (const Demand* offer : OffersIn(*writer.pool(), "director")) {
    ids.push_back(offer->scalars.project.value());
  }
  EXPECT_THAT(ids, ElementsAre(2, 1, 3));
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
