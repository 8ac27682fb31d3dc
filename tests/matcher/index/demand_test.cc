#include "matcher/index/demand.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "matcher/index/column_bytes.h"
#include "matcher/index/terms.h"
#include "tests/testing/builders.h"
#include "tests/testing/random_market.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using testing::InRole;
using testing::OpeningBuilder;
using testing::ProjectBuilder;
using ::testing::_;
using ::testing::ElementsAre;

Demand DemandOf(const ProjectBuilder& builder) {
  const Project project = builder.Build();
  return MakeDemand(project, project.openings.front());
}

TEST(DemandTest, TakesPlaceAndGenresFromTheProjectWhereTheOpeningStatesNone) {
  const Demand demand =
      DemandOf(ProjectBuilder().Place("xian").Genre("crime").With(OpeningBuilder()));
  EXPECT_EQ(demand.scalars.place, PlaceIndexOf("xian"));
  EXPECT_THAT(demand.genres, ElementsAre(Term(Term::Vocabulary::kGenre, "crime")));
}

TEST(DemandTest, PrefersWhatTheOpeningStates) {
  const Demand demand = DemandOf(ProjectBuilder().Place("xian").Genre("crime").With(
      OpeningBuilder().Place("hengdian").Genre("comedy")));
  EXPECT_EQ(demand.scalars.place, PlaceIndexOf("hengdian"));
  EXPECT_THAT(demand.genres, ElementsAre(Term(Term::Vocabulary::kGenre, "comedy")));
}

TEST(DemandTest, TakesAWordThatIsStatedTwiceOnce) {
  const Demand demand =
      DemandOf(ProjectBuilder().Tag("ghost").Tag("ghost").With(OpeningBuilder()));
  EXPECT_EQ(demand.tags.size(), 1u);
}

TEST(DemandTest, AttachesThePeopleOfProjectOpeningAndSeats) {
  const Demand demand = DemandOf(ProjectBuilder().Attach(5, "writer").With(
      OpeningBuilder().Attach(3, "actor").Headcount(2).Seats(1, 4)));
  EXPECT_TRUE(demand.IsAttached(ProfileId(3)));
  EXPECT_TRUE(demand.IsAttached(ProfileId(4)));
  EXPECT_TRUE(demand.IsAttached(ProfileId(5)));
  EXPECT_FALSE(demand.IsAttached(ProfileId(6)));
}

TEST(DemandTest, AttachesAPersonOncePerRole) {
  Demand demand = DemandOf(ProjectBuilder().Attach(5, "writer").With(OpeningBuilder()));
  Attach({InRole(5, "writer"), InRole(5, "actor"), InRole(2, "actor")}, demand);
  EXPECT_EQ(demand.attached.size(), 3u);
  EXPECT_EQ(demand.attached.front().profile, ProfileId(2));
}

TEST(DemandTest, CountsOpenSeats) {
  const Demand demand =
      DemandOf(ProjectBuilder().With(OpeningBuilder().Headcount(3).Seats(2, 7)));
  EXPECT_EQ(demand.scalars.open_seats, 2);
}

TEST(ProjectDemandsTest, ReadBackTheirBytes) {
  for (const Project& project : testing::RandomMarket(1, 10, 40).projects) {
    const std::string bytes = MakeDemands(project).ToBytes();
    const auto read = ProjectDemands::FromBytes(bytes);
    ASSERT_THAT(read, testing::IsOk());
    ASSERT_EQ(read->ToBytes(), bytes);
    ASSERT_EQ(read->openings.size(), project.openings.size());
  }
}

TEST(ProjectDemandsTest, RefuseBytesWithAnyByteChanged) {
  std::string bytes =
      MakeDemands(ProjectBuilder().With(OpeningBuilder().Wants("riding")).Build()).ToBytes();
  for (char& byte : bytes) {
    byte = static_cast<char>(byte ^ 1);
    const auto read = ProjectDemands::FromBytes(bytes);
    ASSERT_THAT(read, testing::StatusIs(absl::StatusCode::kDataLoss, _));
    ASSERT_EQ(ReasonOf(read.status()), "POOL_UNREADABLE");
    byte = static_cast<char>(byte ^ 1);
  }
}

TEST(ProjectDemandsTest, RefuseForeignBytes) {
  EXPECT_FALSE(ProjectDemands::FromBytes("").ok());
  EXPECT_FALSE(ProjectDemands::FromBytes(WithHash("")).ok());
  EXPECT_FALSE(ProjectDemands::FromBytes(WithHash("demands")).ok());
}

}  // namespace
}  // namespace troupe
