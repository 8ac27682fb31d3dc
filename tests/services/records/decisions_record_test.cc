#include "services/records/decisions_record.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "tests/testing/status_matchers.h"
#include "troupe/storage/v1/decisions.pb.h"

namespace troupe {
namespace {

using testing::IsOkAndHolds;

SeatWish Seat(uint32_t opening, int32_t seat, uint64_t profile) {
  return {.opening = opening, .seat = seat, .hold = {ProfileId(profile), 3}};
}

ProjectDecisions Everything() {
  const absl::Time time = absl::FromUnixMicros(1'800'000'000'000'001);
  return {.project = ProjectId(7),
          .decisions = {{.id = DecisionId(8),
                         .outcome = Decision::kCommit,
                         .time = time,
                         .body_hash = 9,
                         .seats = {Seat(1, 2, 10), Seat(3, 4, 11)}},
                        {.id = DecisionId(12),
                         .outcome = Decision::kAbort,
                         .time = time + absl::Seconds(1),
                         .reason = "SEAT_TAKEN",
                         .seats = {Seat(1, 0, 13)}}}};
}

TEST(DecisionsRecordTest, KeepsAll) {
  EXPECT_THAT(ParseDecisions(SerializeDecisions(Everything())), IsOkAndHolds(Everything()));
}

TEST(DecisionsRecordTest, RefusesBytesThatAreNoRecord) {
  for (const char* bytes : {"", "garbage", "\x09\x01", "\xff\xff\xff\xff"}) {
    EXPECT_EQ(ReasonOf(ParseDecisions(bytes).status()), "RECORD_UNREADABLE") << bytes;
  }
}

TEST(DecisionsRecordTest, RefusesAnOutcomeThatDoesNotExist) {
  storage::v1::Decisions message;
  ASSERT_TRUE(message.ParseFromString(SerializeDecisions(Everything())));
  message.mutable_decisions(0)->set_outcome(static_cast<storage::v1::Decision::Outcome>(9));
  EXPECT_EQ(ReasonOf(ParseDecisions(message.SerializeAsString()).status()), "RECORD_UNREADABLE");
}

TEST(DecisionsRecordTest, SurvivesAnyFlippedByte) {
  std::string bytes = SerializeDecisions(Everything());
  for (char& byte : bytes) {
    const char before = byte;
    for (const char flip : {'\x01', '\x80', '\x7f'}) {
      byte = static_cast<char>(before ^ flip);
      if (const auto decisions = ParseDecisions(bytes); !decisions.ok()) {
        EXPECT_EQ(ReasonOf(decisions.status()), "RECORD_UNREADABLE");
      }
    }
    byte = before;
  }
}

}  // namespace
}  // namespace troupe
