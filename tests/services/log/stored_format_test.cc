#include "services/log/stored_format.h"

#include <string>

#include "absl/strings/escaping.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/log/append_rules.h"
#include "services/log/shard.h"

// What is on disks out there. A test that fails here asks for a new format
// version, not for a new expectation.
namespace troupe {
namespace {

using ::testing::Eq;
using ::testing::Lt;
using ::testing::Optional;

constexpr ShardId kShard{0x0102};
constexpr LogPos kPos{5, RecordId(0xa0b0c0d0e0f00102)};

std::string Hex(const std::string& bytes) { return absl::BytesToHexString(bytes); }

TEST(StoredFormatTest, KeepsAggregatesOnTheirShards) {
  EXPECT_EQ(ShardOf(1).value, 243);
  EXPECT_EQ(ShardOf(0x0123456789abcdef).value, 98);
}

TEST(StoredFormatTest, ChainsRecordIdsAsEver) {
  EXPECT_EQ(NextRecordId(RecordId(), "record").value(), 8736828199324596513u);
  EXPECT_EQ(NextRecordId(RecordId(1), "record").value(), 2150053971987164108u);
}

TEST(StoredFormatTest, HashesBodiesAsEver) {
  AppendRequest request;
  request.mutations = {{{EntityKind::kProject, 9}, 3, "value"}, {{EntityKind::kDay, 1}, 0, {}}};
  EXPECT_EQ(BodyHash(request), 13833007064578193624u);
}

TEST(StoredFormatTest, WritesKeysAsEver) {
  EXPECT_EQ(Hex(stored::LogKey(kShard, 3)), "01020000000000000003");
  EXPECT_EQ(Hex(stored::HeadKey(kShard)), "686561640102");
  EXPECT_EQ(Hex(stored::TrimKey(kShard)), "7472696d0102");
  EXPECT_EQ(Hex(stored::RequestKey(kShard, "request")), "01024c5261345531bc45b16bc326c58fee06");
  EXPECT_EQ(Hex(stored::EntityRowKey({EntityKind::kProject, 7})), "00fc020000000000000007");
}

TEST(StoredFormatTest, WritesValuesAsEver) {
  EXPECT_EQ(Hex(stored::EncodePos(kPos)), "0000000000000005a0b0c0d0e0f00102");
  EXPECT_EQ(Hex(stored::EncodeRequest({kPos, 3})),
            "0000000000000005a0b0c0d0e0f001020000000000000003");
  EXPECT_EQ(Hex(stored::EncodeEntity(5, "x")), "000000000000000578");
  EXPECT_EQ(Hex(stored::EncodeRecord(RecordId(5), "x")), "000000000000000578");
  EXPECT_EQ(Hex(stored::EncodeFormat(1)), "00000001");
}

TEST(StoredFormatTest, SortsRecordsByNumber) {
  EXPECT_THAT(stored::LogKey(kShard, 255), Lt(stored::LogKey(kShard, 256)));
  EXPECT_THAT(stored::LogKey({1}, 256), Lt(stored::LogKey({2}, 1)));
}

TEST(StoredFormatTest, ReadsBackWhatItWrites) {
  EXPECT_THAT(stored::DecodePos(stored::EncodePos(kPos)), Optional(kPos));
  EXPECT_THAT(stored::DecodeEntityVersion(stored::EncodeEntity(5, "x")), Optional(5u));
  EXPECT_THAT(stored::DecodeEntity(stored::EntityRowKey({EntityKind::kDay, 7}),
                                   stored::EncodeEntity(5, "x")),
              Optional(BaseEntity{{EntityKind::kDay, 7}, 5, "x"}));
}

TEST(StoredFormatTest, RefusesBytesOfAnotherLength) {
  EXPECT_THAT(stored::DecodePos("0123456789abcde"), Eq(std::nullopt));
  EXPECT_FALSE(stored::DecodeRequest("0123456789abcdef").has_value());
  EXPECT_THAT(stored::DecodeEntity("short", "0123456789"), Eq(std::nullopt));
  EXPECT_THAT(stored::DecodeFormat("12345"), Eq(std::nullopt));
  EXPECT_FALSE(stored::DecodeRecord("1234567").has_value());
}

}  // namespace
}  // namespace troupe
