#include "matcher/index/profile_segment.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/index/column_bytes.h"
#include "matcher/index/terms.h"
#include "tests/testing/builders.h"
#include "tests/testing/random_market.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using testing::Cny;
using testing::D;
using testing::Labels;
using testing::ProfileBuilder;
using testing::Worked;
using ::testing::_;
using ::testing::ElementsAre;

constexpr Day kToday(20780);

using Segment = std::shared_ptr<const ProfileSegment>;

Segment SegmentOf(const std::vector<Profile>& profiles, std::vector<ProfileId> removed = {}) {
  std::vector<ProfileRow> rows;
  for (const Profile& profile : profiles) rows.push_back(MakeProfileRow(profile));
  ProfileSegment::Contents contents{.removed = std::move(removed)};
  for (const ProfileRow& row : rows) {
    contents.rows.push_back(row.View());
    AddFacts(row.View(), 1, contents.facts);
  }
  return ProfileSegment::Build(std::move(contents));
}

std::vector<Profile> RandomProfiles(uint64_t seed, size_t count) {
  return testing::RandomMarket(seed, count, 3).profiles;
}

std::vector<uint64_t> IdsInRole(const Segment& segment, absl::string_view role) {
  std::vector<uint64_t> ids;
  for (const RolePosting& posting : segment->RowsOf(RoleIndexOf(role))) {
    ids.push_back(segment->IdAt(posting.row).value());
  }
  return ids;
}

TEST(ProfileSegmentTest, OrdersProfilesById) {
  const Segment segment =
      SegmentOf({ProfileBuilder().Id(9).Build(), ProfileBuilder().Id(2).Build()});
  EXPECT_EQ(segment->IdAt(0), ProfileId(2));
  EXPECT_EQ(segment->IdAt(1), ProfileId(9));
}

TEST(ProfileSegmentTest, FindsTheRowOfAProfile) {
  const Segment segment =
      SegmentOf({ProfileBuilder().Id(9).Build(), ProfileBuilder().Id(2).Build()});
  EXPECT_EQ(segment->Find(ProfileId(9)), 1u);
  EXPECT_EQ(segment->Find(ProfileId(5)), std::nullopt);
}

TEST(ProfileSegmentTest, PartitionsByRoleHeldOrGrownInto) {
  const Segment segment =
      SegmentOf({ProfileBuilder().Id(1).Holds("writer").Holds("director").Build(),
                 ProfileBuilder().Id(2).GrowsInto("director").Build(),
                 ProfileBuilder().Id(3).Holds("writer").Build()});
  EXPECT_THAT(IdsInRole(segment, "director"), ElementsAre(1, 2));
  EXPECT_THAT(IdsInRole(segment, "writer"), ElementsAre(1, 3));
  EXPECT_THAT(IdsInRole(segment, "actor"), ElementsAre());
}

TEST(ProfileSegmentTest, OrdersARoleByHomePlace) {
  const std::string first = ShippedPlaces().places()[0].id;
  const std::string second = ShippedPlaces().places()[1].id;
  const Segment segment = SegmentOf({ProfileBuilder().Id(1).Holds("writer").Home(second).Build(),
                                     ProfileBuilder().Id(2).Holds("writer").Home(first).Build()});
  EXPECT_THAT(IdsInRole(segment, "writer"), ElementsAre(2, 1));
}

TEST(ProfileSegmentTest, HasNoRowsInARoleThatIsNone) {
  const Segment segment = SegmentOf({ProfileBuilder().Holds("writer").Build()});
  EXPECT_TRUE(segment->RowsOf(kNone).empty());
  EXPECT_TRUE(segment->RowsOf(30'000).empty());
}

// Whatever a profile states, a segment shows as a row of its own does.
TEST(ProfileSegmentTest, ShowsEveryProfileAsItIs) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    const std::vector<Profile> profiles = RandomProfiles(seed, 40);
    const Segment segment = SegmentOf(profiles);
    for (const Profile& profile : profiles) {
      const ProfileRow row = MakeProfileRow(profile);
      ASSERT_EQ(DigestOf(segment->ViewAt(*segment->Find(profile.id))), DigestOf(row.View()));
    }
  }
}

TEST(ProfileSegmentTest, StatesAProductionOnceThoughManyWorkedOnIt) {
  Credit credit = Worked("tmdb:1", "writer", "2020-01-01");
  credit.genres = Labels({"crime"});
  credit.budget = Cny(1'000);
  const Segment segment = SegmentOf({ProfileBuilder().Id(1).With(credit).Build(),
                                     ProfileBuilder().Id(2).With(credit).With(credit).Build()});
  EXPECT_EQ(segment->ViewAt(0).productions.size(), 1u);
}

TEST(ProfileSegmentTest, KeepsDifferentStatementsAboutAProduction) {
  const Segment segment =
      SegmentOf({ProfileBuilder().Id(1).With(Worked("tmdb:1", "writer", "2020-01-01")).Build(),
                 ProfileBuilder().Id(2).With(Worked("tmdb:1", "writer", "2020-01-02")).Build()});
  const ProfileView second = segment->ViewAt(1);
  EXPECT_EQ(second.ProductionOf(second.credits[0]).date, D("2020-01-02").since_epoch());
}

TEST(ProfileSegmentTest, ReadsBackItsBytes) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    const auto segment = SegmentOf(RandomProfiles(seed, seed), {ProfileId(4)});
    const std::string bytes = segment->ToBytes();
    ASSERT_EQ(segment->stored_bytes(), bytes.size());
    const auto read = ProfileSegment::FromBytes(bytes);
    ASSERT_THAT(read, testing::IsOk());
    ASSERT_EQ((*read)->ToBytes(), bytes);
  }
}

TEST(ProfileSegmentTest, ReadsBackAnEmptySegment) {
  const std::string bytes = SegmentOf({})->ToBytes();
  const auto read = ProfileSegment::FromBytes(bytes);
  ASSERT_THAT(read, testing::IsOk());
  EXPECT_EQ((*read)->size(), 0u);
}

TEST(ProfileSegmentTest, RefusesBytesWithAnyByteChanged) {
  std::string bytes = SegmentOf(RandomProfiles(1, 2), {ProfileId(4)})->ToBytes();
  for (char& byte : bytes) {
    byte = static_cast<char>(byte ^ 0x20);
    const auto read = ProfileSegment::FromBytes(bytes);
    ASSERT_THAT(read, testing::StatusIs(absl::StatusCode::kDataLoss, _));
    ASSERT_EQ(ReasonOf(read.status()), "POOL_UNREADABLE");
    byte = static_cast<char>(byte ^ 0x20);
  }
}

TEST(ProfileSegmentTest, RefusesBytesThatAreCut) {
  const std::string bytes = SegmentOf(RandomProfiles(1, 2))->ToBytes();
  for (size_t size = 0; size < bytes.size(); ++size) {
    ASSERT_FALSE(ProfileSegment::FromBytes(bytes.substr(0, size)).ok()) << size;
    ASSERT_FALSE(ProfileSegment::FromBytes(bytes.substr(bytes.size() - size)).ok()) << size;
  }
}

TEST(ProfileSegmentTest, RefusesForeignBytesEvenWithTheirHash) {
  ColumnWriter other_format;
  other_format(uint32_t{99});
  EXPECT_FALSE(ProfileSegment::FromBytes("a segment").ok());
  EXPECT_FALSE(ProfileSegment::FromBytes(WithHash("a segment")).ok());
  EXPECT_FALSE(ProfileSegment::FromBytes(WithHash(std::move(other_format).Take())).ok());
}

TEST(ProfileSegmentTest, RefusesColumnsLeftOver) {
  const std::string bytes = SegmentOf({})->ToBytes();
  ColumnWriter more;
  more(uint32_t{1});
  const std::string body(*BodyOf(bytes));
  EXPECT_FALSE(ProfileSegment::FromBytes(WithHash(body + std::move(more).Take())).ok());
}

}  // namespace
}  // namespace troupe
