#include "services/log/consistency_token.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;

TEST(ConsistencyTokenTest, HoldsTheLastRecordOfEachShardThatHasOne) {
  LogPositionsOf positions = {};
  positions[0][3] = {17, RecordId(1)};
  positions[2][255] = {1, RecordId(2)};
  EXPECT_THAT(ParseConsistencyToken(ConsistencyTokenOf(positions)),
              Optional(ElementsAre(SeenRecord{LogName::kTroupe, {3}, 17},
                                   SeenRecord{LogName::kProjects, {255}, 1})));
}

TEST(ConsistencyTokenTest, StandsForNothingBeforeTheFirstRecord) {
  EXPECT_THAT(ParseConsistencyToken(ConsistencyTokenOf({})), Optional(IsEmpty()));
}

TEST(ConsistencyTokenTest, FitsIntoMetadataWhenEveryShardIsFull) {
  LogPositionsOf positions = {};
  for (LogPos& position : positions[1]) position.seq = uint64_t{1} << 40;
  EXPECT_LE(ConsistencyTokenOf(positions).size(), 3000);
}

TEST(ConsistencyTokenTest, IsNoOtherText) {
  LogPositionsOf positions = {};
  positions[0][3] = {17, RecordId(1)};
  const std::string token = ConsistencyTokenOf(positions);
  EXPECT_EQ(ParseConsistencyToken(""), std::nullopt);
  EXPECT_EQ(ParseConsistencyToken("no token"), std::nullopt);
  EXPECT_EQ(ParseConsistencyToken(token.substr(0, token.size() - 4)), std::nullopt);
}

}  // namespace
}  // namespace troupe
