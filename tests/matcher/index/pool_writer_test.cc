#include "matcher/index/pool_writer.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "matcher/index/column_bytes.h"
#include "matcher/index/terms.h"
#include "tests/testing/builders.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using testing::OpeningBuilder;
using testing::ProfileBuilder;
using testing::ProjectBuilder;
using testing::StatusIs;
using ::testing::_;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Stored = std::map<std::string, std::string>;

Profile Person(uint64_t id) { return ProfileBuilder().Id(id).Holds("writer").Build(); }

std::vector<Profile> People(uint64_t first, uint64_t last) {
  std::vector<Profile> people;
  for (uint64_t id = first; id <= last; ++id) people.push_back(Person(id));
  return people;
}

void Store(const PoolStep& step, Stored& stored) {
  for (const PoolWrite& write : step.writes) {
    if (write.value.has_value()) {
      stored[write.key] = *write.value;
    } else {
      stored.erase(write.key);
    }
  }
}

void StoreAll(const PoolMerge& merge, Stored& stored) {
  for (size_t at = 0; at < merge.writes(); ++at) Store({.writes = {merge.WriteAt(at)}}, stored);
}

Stored SomethingStored() {
  Stored stored;
  PoolWriter writer;
  Store(writer.Apply({.profiles = People(1, 30),
                      .projects = {ProjectBuilder().Id(4).With(OpeningBuilder()).Build()},
                      .today = Day(20780)}),
        stored);
  Store(writer.Apply({.profiles = People(31, 32)}), stored);
  return stored;
}

TEST(PoolWriterTest, BeginsWithAnEmptyPool) {
  const PoolStatistics counted = PoolWriter().pool()->Statistics();
  EXPECT_EQ(counted.profiles, 0);
  EXPECT_EQ(counted.projects, 0);
  EXPECT_EQ(counted.digest, 0u);
}

TEST(PoolWriterTest, KeepsTheDayOfTheLastChangeThatStatesOne) {
  PoolWriter writer;
  writer.Apply({.today = Day(20780)});
  writer.Apply({.profiles = {Person(1)}});
  EXPECT_EQ(writer.pool()->today(), Day(20780));
}

TEST(PoolWriterTest, LetsWhatIsRemovedNotExist) {
  PoolWriter writer;
  writer.Apply({.removed_profiles = {ProfileId(9)}, .removed_projects = {ProjectId(9)}});
  EXPECT_EQ(writer.pool()->Statistics().profiles, 0);
}

TEST(PoolWriterTest, LeavesOldPoolsAsTheyAre) {
  PoolWriter writer;
  writer.Apply({.profiles = People(1, 10)});
  const std::shared_ptr<const Pool> old = writer.pool();
  const uint64_t digest = old->Statistics().digest;
  writer.Apply({.profiles = People(11, 30), .removed_profiles = {ProfileId(3)}});
  EXPECT_EQ(old->Statistics().digest, digest);
  EXPECT_TRUE(old->FindProfile(ProfileId(3)).has_value());
}

TEST(PoolWriterTest, LeavesTheOpeningsOfOldPoolsAsTheyAre) {
  PoolWriter writer;
  writer.Apply({.projects = {ProjectBuilder().Id(4).With(OpeningBuilder()).Build()}});
  const std::shared_ptr<const Pool> old = writer.pool();
  writer.Apply({.removed_projects = {ProjectId(4)}});
  EXPECT_NE(old->FindOpening({ProjectId(4), 1}), nullptr);
  EXPECT_EQ(writer.pool()->FindOpening({ProjectId(4), 1}), nullptr);
}

TEST(PoolWriterTest, WritesOnlyTheManifestForANewDay) {
  PoolWriter writer;
  writer.Apply({.profiles = People(1, 10)});
  const PoolStep step = writer.Apply({.today = Day(20781)});
  ASSERT_EQ(step.writes.size(), 1u);
  EXPECT_EQ(step.writes.front().key, "manifest");
}

size_t StoredBytes(const std::vector<PoolWrite>& writes) {
  size_t bytes = 0;
  for (const PoolWrite& write : writes) bytes += write.value.has_value() ? write.value->size() : 0;
  return bytes;
}

TEST(PoolWriterTest, StoresWhatItMergedAsItWasStoredBefore) {
  PoolWriter writer;
  Stored stored;
  Store(writer.Apply({.profiles = People(1, 400)}), stored);
  const PoolStep step = writer.Apply({.profiles = People(401, 500)});
  EXPECT_EQ(writer.pool()->segments().size(), 1u);
  EXPECT_LT(StoredBytes(step.writes), stored.at("segment/00000001/0000").size() / 2);
  Store(step, stored);
  EXPECT_EQ(stored.size(), 3u);  // Two segments and the manifest.
}

TEST(PoolWriterTest, StoresFewSegmentsHoweverManyChangesMadeThem) {
  PoolWriter writer;
  Stored stored;
  for (uint64_t id = 1; id <= 1'000; ++id) {
    const PoolStep step = writer.Apply({.profiles = {Person(id)}});
    const auto wrote = std::count_if(
        step.writes.begin(), step.writes.end(), [](const PoolWrite& write) {
          return write.value.has_value() && write.key.starts_with("segment/");
        });
    ASSERT_EQ(wrote, 1) << "what is merged away at once is not stored";
    Store(step, stored);
    ASSERT_LE(stored.size(), 1 + 96 * writer.pool()->segments().size());
  }
  EXPECT_EQ(PoolWriter::FromStored(stored).value().pool()->Statistics().digest,
            writer.pool()->Statistics().digest);
}

TEST(PoolWriterTest, ReadsBackAsFewSegmentsAsItHad) {
  PoolWriter writer;
  Stored stored;
  for (uint64_t id = 1; id <= 90; ++id) Store(writer.Apply({.profiles = {Person(id)}}), stored);
  PoolWriter read = PoolWriter::FromStored(stored).value();
  EXPECT_EQ(read.pool()->segments().size(), writer.pool()->segments().size());
  Store(read.Apply({.removed_profiles = {ProfileId(3)}}), stored);
  EXPECT_EQ(PoolWriter::FromStored(stored).value().pool()->Statistics().profiles, 89);
}

TEST(PoolWriterTest, ReadsNothingStoredAsAnEmptyPool) {
  const auto read = PoolWriter::FromStored({});
  ASSERT_THAT(read, testing::IsOk());
  EXPECT_EQ(read->pool()->Statistics().profiles, 0);
}

TEST(PoolWriterTest, ReadsBackWhatItStored) {
  const auto read = PoolWriter::FromStored(SomethingStored());
  ASSERT_THAT(read, testing::IsOk());
  EXPECT_EQ(read->pool()->today(), Day(20780));
  EXPECT_EQ(read->pool()->Statistics().profiles, 32);
  EXPECT_NE(read->pool()->FindOpening({ProjectId(4), 1}), nullptr);
}

TEST(PoolWriterTest, CountsAProfileThatWasGoneForAWhileOnceAfterReadingBack) {
  Stored stored;
  PoolWriter writer;
  Store(writer.Apply({.profiles = People(1, 30)}), stored);
  Store(writer.Apply({.removed_profiles = {ProfileId(1)}}), stored);
  Store(writer.Apply({.profiles = {Person(1)}}), stored);  // Merged with the removal.
  ASSERT_EQ(writer.pool()->segments().size(), 2u);
  const auto read = PoolWriter::FromStored(stored);
  ASSERT_THAT(read, testing::IsOk());
  EXPECT_EQ(read->pool()->Statistics().profiles, 30);
}

TEST(PoolWriterTest, RefusesAPoolOfAnotherVocabulary) {
  Stored stored = SomethingStored();
  ColumnWriter manifest;
  manifest(uint32_t{1});
  manifest(uint64_t{12345});  // The fingerprint.
  stored["manifest"] = WithHash(std::move(manifest).Take());
  const auto read = PoolWriter::FromStored(stored);
  ASSERT_THAT(read, StatusIs(absl::StatusCode::kFailedPrecondition, _));
  EXPECT_EQ(ReasonOf(read.status()), "POOL_OUTDATED");
}

TEST(PoolWriterTest, RefusesAPoolWithoutAnyOneOfItsKeys) {
  const Stored all = SomethingStored();
  for (const auto& [key, value] : all) {
    Stored stored = all;
    stored.erase(key);
    ASSERT_THAT(PoolWriter::FromStored(stored), StatusIs(absl::StatusCode::kDataLoss, _)) << key;
  }
}

TEST(PoolWriterTest, RefusesKeysLeftOver) {
  Stored stored = SomethingStored();
  stored["something"] = "else";
  EXPECT_THAT(PoolWriter::FromStored(stored),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("left over")));
}

TEST(PoolWriterTest, ClearsAwayWhatAMergeLeftThatNeverEnded) {
  Stored stored = SomethingStored();
  stored["segment/0000ffff/0000"] = "a piece";
  PoolWriter writer = PoolWriter::FromStored(stored).value();
  Store(writer.Apply({}), stored);
  EXPECT_FALSE(stored.contains("segment/0000ffff/0000"));
}

// Segments too large to be merged with the change that comes with them.
class PoolMergeTest : public ::testing::Test {
 protected:
  PoolMergeTest() {
    for (uint64_t i = 0; i < 5; ++i) {
      Apply({.profiles = People(6'000 * i + 1, 6'000 * (i + 1))});
    }
  }

  void Apply(const PoolChange& change) { Store(writer_.Apply(change), stored_); }

  // Merges what is due, with `change` applied meanwhile.
  void MergeDuring(const std::optional<PoolChange>& change) {
    std::optional<PoolMerge> merge = writer_.PlanMerge(/*is_idle=*/false);
    ASSERT_TRUE(merge.has_value());
    if (change.has_value()) Apply(*change);
    merge->Run();
    StoreAll(*merge, stored_);
    Store(writer_.Adopt(*std::move(merge)), stored_);
  }

  uint64_t Digest() const { return writer_.pool()->Statistics().digest; }

  PoolWriter writer_;
  Stored stored_;
};

TEST_F(PoolMergeTest, MakesOneSegmentOfMany) {
  const uint64_t digest = Digest();
  ASSERT_EQ(writer_.pool()->segments().size(), 5u);
  MergeDuring(std::nullopt);
  EXPECT_EQ(writer_.pool()->segments().size(), 1u);
  EXPECT_EQ(Digest(), digest);
}

TEST_F(PoolMergeTest, LeavesFewStoredSegmentsAsTheyAre) {
  const Stored before = stored_;
  MergeDuring(std::nullopt);
  EXPECT_EQ(stored_, before);
}

TEST_F(PoolMergeTest, StoresOneSegmentWhenIdle) {
  MergeDuring(std::nullopt);
  Apply({.profiles = People(30'001, 38'000)});
  std::optional<PoolMerge> merge = writer_.PlanMerge(/*is_idle=*/true);
  ASSERT_TRUE(merge.has_value());
  merge->Run();
  StoreAll(*merge, stored_);
  Store(writer_.Adopt(*std::move(merge)), stored_);
  for (const auto& [key, value] : stored_) {
    if (key == "manifest") continue;
    EXPECT_TRUE(key.starts_with("segment/00000007/")) << key;
  }
  EXPECT_EQ(PoolWriter::FromStored(stored_).value().pool()->Statistics().digest, Digest());
}

TEST_F(PoolMergeTest, KeepsWhatChangedMeanwhile) {
  MergeDuring(PoolChange{.profiles = {ProfileBuilder().Id(77).Holds("actor").Build()},
               .removed_profiles = {ProfileId(78)}});
  EXPECT_EQ(writer_.pool()->Statistics().profiles, 29'999);
  EXPECT_EQ(writer_.pool()->FindProfile(ProfileId(77))->FindRole(RoleIndexOf("writer")), nullptr);
  EXPECT_FALSE(writer_.pool()->FindProfile(ProfileId(78)).has_value());
}

TEST_F(PoolMergeTest, IsStoredAsItIs) {
  MergeDuring(PoolChange{.profiles = People(40'000, 40'001), .removed_profiles = {ProfileId(1)}});
  const PoolWriter read = PoolWriter::FromStored(stored_).value();
  EXPECT_EQ(read.pool()->Statistics().digest, Digest());
}

TEST_F(PoolMergeTest, ChangesNothingUntilItIsAdopted) {
  std::optional<PoolMerge> merge = writer_.PlanMerge(/*is_idle=*/false);
  merge->Run();
  StoreAll(*merge, stored_);
  EXPECT_EQ(PoolWriter::FromStored(stored_).value().pool()->Statistics().digest, Digest());
}

TEST_F(PoolMergeTest, IsOneAtATime) {
  const std::optional<PoolMerge> merge = writer_.PlanMerge(/*is_idle=*/false);
  EXPECT_TRUE(merge.has_value());
  EXPECT_FALSE(writer_.PlanMerge(/*is_idle=*/false).has_value());
}

// Three segments, of which the newer two are a third of the oldest.
PoolWriter WriterOfThree() {
  PoolWriter writer;
  writer.Apply({.profiles = People(1, 15'000)});
  writer.Apply({.profiles = People(15'001, 19'000)});
  writer.Apply({.profiles = People(19'001, 20'000)});
  return writer;
}

TEST(PoolWriterTest, MergesFewSegmentsOnlyWhenIdle) {
  PoolWriter writer = WriterOfThree();
  const uint64_t digest = writer.pool()->Statistics().digest;
  EXPECT_FALSE(writer.PlanMerge(/*is_idle=*/false).has_value());
  std::optional<PoolMerge> merge = writer.PlanMerge(/*is_idle=*/true);
  ASSERT_TRUE(merge.has_value());
  merge->Run();
  writer.Adopt(*std::move(merge));
  EXPECT_EQ(writer.pool()->segments().size(), 1u);
  EXPECT_EQ(writer.pool()->Statistics().digest, digest);
  EXPECT_FALSE(writer.PlanMerge(/*is_idle=*/true).has_value());
}

TEST(PoolWriterTest, LeavesALargeSegmentBesideAFewNewerRowsAlone) {
  PoolWriter writer;
  writer.Apply({.profiles = People(1, 9'000)});
  writer.Apply({.profiles = People(9'001, 9'100)});
  EXPECT_EQ(writer.pool()->segments().size(), 2u);
  EXPECT_FALSE(writer.PlanMerge(/*is_idle=*/true).has_value());
}

TEST(PoolWriterTest, RefusesAProjectUnderTheKeyOfAnother) {
  Stored stored = SomethingStored();
  auto project = stored.extract(stored.lower_bound("project/"));
  project.key() = "project/0000000000000005";
  stored.insert(std::move(project));
  EXPECT_THAT(PoolWriter::FromStored(stored), StatusIs(absl::StatusCode::kDataLoss, _));
}

TEST(PoolWriterTest, RefusesAnyValueThatIsDamaged) {
  const Stored all = SomethingStored();
  for (const auto& [key, value] : all) {
    for (size_t at = 0; at < value.size(); at += 1 + value.size() / 50) {
      Stored stored = all;
      stored[key][at] = static_cast<char>(stored[key][at] ^ 4);
      const auto read = PoolWriter::FromStored(stored);
      ASSERT_THAT(read, StatusIs(absl::StatusCode::kDataLoss, _)) << key << " at " << at;
      ASSERT_EQ(ReasonOf(read.status()), "POOL_UNREADABLE");
    }
  }
}

TEST(PoolWriterTest, HoldsFewSegmentsHoweverManyChangesMadeThem) {
  PoolWriter writer;
  for (uint64_t id = 1; id <= 3'000; ++id) {
    writer.Apply({.profiles = {Person(id)}});
    ASSERT_LE(writer.pool()->segments().size(), 7u);  // 1 + log(3000) / log(4)
  }
}

TEST(PoolWriterTest, HoldsFewSegmentsWhilePeopleOnlyChange) {
  PoolWriter writer;
  writer.Apply({.profiles = People(1, 500)});
  for (uint64_t id = 1; id <= 2'000; ++id) {
    writer.Apply({.profiles = {Person(1 + id % 500)}});
    ASSERT_LE(writer.pool()->segments().size(), 6u);
  }
}

TEST(PoolWriterTest, HoldsOneSegmentOnceEverybodyIsGone) {
  PoolWriter writer;
  writer.Apply({.profiles = People(1, 300)});
  for (uint64_t id = 1; id <= 300; ++id) writer.Apply({.removed_profiles = {ProfileId(id)}});
  EXPECT_EQ(writer.pool()->segments().size(), 1u);
  EXPECT_EQ(writer.pool()->segments().front()->size(), 0u);
}

}  // namespace
}  // namespace troupe
