#include "services/log/recent_records.h"

#include <memory>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr ShardId kShard{7};
constexpr ShardId kOther{9};
constexpr uint64_t kAll = 1'000;

LogPos Pos(uint64_t seq) { return {seq, RecordId(100 + seq)}; }

// Record `seq` of `shard`, of 10 bytes, after the one before it.
RecentRecord Recent(ShardId shard, uint64_t seq) {
  return {.record = {.shard = shard, .pos = Pos(seq), .appended = {}, .changes = {}},
          .previous = seq == 1 ? RecordId() : Pos(seq - 1).id,
          .bytes = 10};
}

std::vector<uint64_t> SeqsAfter(const RecentRecords& recent, const Cursor& cursor,
                                uint64_t last_seq = kAll, const Limits& limits = {}) {
  std::vector<uint64_t> seqs;
  for (const auto& found : recent.After(cursor, last_seq, limits)) {
    EXPECT_EQ(found->record.shard, cursor.shard);
    seqs.push_back(found->record.pos.seq);
  }
  return seqs;
}

TEST(RecentRecordsTest, GivesWhatFollowsACursorInItsShard) {
  RecentRecords recent(1'000);
  recent.Add({Recent(kShard, 1), Recent(kOther, 1), Recent(kShard, 2)});
  recent.Add({Recent(kShard, 3)});
  EXPECT_THAT(SeqsAfter(recent, {kShard, {}}), ElementsAre(1, 2, 3));
  EXPECT_THAT(SeqsAfter(recent, {kShard, Pos(2)}), ElementsAre(3));
  EXPECT_THAT(SeqsAfter(recent, {kOther, {}}), ElementsAre(1));
}

TEST(RecentRecordsTest, HasNothingAfterTheLastOrInAnEmptyShard) {
  RecentRecords recent(1'000);
  recent.Add({Recent(kShard, 1)});
  EXPECT_THAT(SeqsAfter(recent, {kShard, Pos(1)}), IsEmpty());
  EXPECT_THAT(SeqsAfter(recent, {kShard, Pos(5)}), IsEmpty());
  EXPECT_THAT(SeqsAfter(recent, {kOther, {}}), IsEmpty());
}

TEST(RecentRecordsTest, ForgetsTheOldestOfAllShardsWhenFull) {
  RecentRecords recent(30);
  recent.Add({Recent(kShard, 1), Recent(kOther, 1), Recent(kShard, 2)});
  recent.Add({Recent(kShard, 3)});
  EXPECT_THAT(SeqsAfter(recent, {kShard, {}}), IsEmpty());  // 1 is gone: a gap.
  EXPECT_THAT(SeqsAfter(recent, {kShard, Pos(1)}), ElementsAre(2, 3));
  EXPECT_THAT(SeqsAfter(recent, {kOther, {}}), ElementsAre(1));
}

TEST(RecentRecordsTest, HoldsNothingThatIsLargerThanAll) {
  RecentRecords recent(9);
  recent.Add({Recent(kShard, 1), Recent(kShard, 2)});
  EXPECT_THAT(SeqsAfter(recent, {kShard, {}}), IsEmpty());
}

TEST(RecentRecordsTest, HasNothingForACursorOfAnotherHistory) {
  RecentRecords recent(1'000);
  recent.Add({Recent(kShard, 1), Recent(kShard, 2)});
  EXPECT_THAT(SeqsAfter(recent, {kShard, {1, RecordId(99)}}), IsEmpty());
}

TEST(RecentRecordsTest, StopsAtTheLastThatMayBeRead) {
  RecentRecords recent(1'000);
  recent.Add({Recent(kShard, 1), Recent(kShard, 2), Recent(kShard, 3)});
  EXPECT_THAT(SeqsAfter(recent, {kShard, {}}, 2), ElementsAre(1, 2));
}

TEST(RecentRecordsTest, KeepsToTheLimitsButGivesOneRecord) {
  RecentRecords recent(1'000);
  recent.Add({Recent(kShard, 1), Recent(kShard, 2), Recent(kShard, 3)});
  EXPECT_THAT(SeqsAfter(recent, {kShard, {}}, kAll, {.max_records = 2}), ElementsAre(1, 2));
  EXPECT_THAT(SeqsAfter(recent, {kShard, {}}, kAll, {.max_bytes = 20}), ElementsAre(1, 2));
  EXPECT_THAT(SeqsAfter(recent, {kShard, {}}, kAll, {.max_bytes = 1}), ElementsAre(1));
}

}  // namespace
}  // namespace troupe
