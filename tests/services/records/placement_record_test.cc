#include <string>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "services/records/cohort_record.h"
#include "services/records/operation_record.h"
#include "services/records/placed_round_record.h"
#include "services/records/program_record.h"
#include "services/records/round_record.h"
#include "tests/testing/status_matchers.h"

namespace troupe::testing {
namespace {

using ::testing::Each;
using ::testing::Lt;
using ::testing::SizeIs;

template <typename Resource>
Resource Headed(Resource resource) {
  resource.id = decltype(resource.id)(7);
  resource.ownership = {.owner = {"school"}, .findability = Findability::kHidden};
  resource.external_id = {.source = "file", .id = "seven"};
  resource.create_time = absl::FromUnixMicros(1);
  resource.update_time = absl::FromUnixMicros(2);
  resource.title = "Spring";
  return resource;
}

TEST(PlacementRecordTest, ACohortComesBackAsItWas) {
  const Cohort cohort = Headed(Cohort{
      .graduates = {{.id = "a",
                     .profile = ProfileId(3),
                     .groups = {"local", "本地"},
                     .wishes = {.entries = {ProgramId(1), ProgramId(2)}, .tier_sizes = {2}}},
                    {.id = "b"}}});
  EXPECT_THAT(ParseCohort(SerializeCohort(cohort)), IsOkAndHolds(cohort));
}

TEST(PlacementRecordTest, AProgramComesBackAsItWas) {
  const Program program = Headed(Program{
      .openings = {{ProjectId(4), 2}},
      .capacity = 3,
      .studio = "lights",
      .region = "east",
      .place = "hangzhou",
      .priorities = {.entries = {{.cohort = CohortId(7), .id = "a"}, {.profile = ProfileId(3)}}}});
  EXPECT_THAT(ParseProgram(SerializeProgram(program)), IsOkAndHolds(program));
}

TEST(PlacementRecordTest, ARoundComesBackAsItWas) {
  Round round = Headed(Round{.cohorts = {CohortId(7)},
                             .programs = {ProgramId(1)},
                             .mechanism = Mechanism::kLinkedPairs,
                             .seed = ~uint64_t{0},
                             .derives_wishes = true,
                             .derived_length = 9,
                             .model = "scoringModels/ours"});
  round.studios = {{.id = "s", .capacity = 1, .priorities = {.entries = {{CohortId(7), "a", {}}}}}};
  round.regions = {{.id = "r", .floor = 1, .cap = 0}, {.id = "q"}};
  round.reserves = {{ProgramId(1), "local", 1, false, false}};
  round.pairs = {{.first = {CohortId(7), "a", {}},
                  .second = {.profile = ProfileId(3)},
                  .wishes = {{ProgramId(1), ProgramId(1)}},
                  .together = Together::kUnspecified}};
  round.state = Round::State::kPublishing;
  round.result = RoundResult{absl::FromUnixMicros(3), 5, 4, 3, 2, 1, 6, "ab", 8, 9};
  round.publication = RoundPublication{.publish_time = absl::FromUnixMicros(4),
                                       .expire_time = absl::FromUnixMicros(5),
                                       .holds = 1,
                                       .run = 2,
                                       .withdraws = true};
  EXPECT_THAT(ParseRound(SerializeRound(round)), IsOkAndHolds(round));
}

TEST(PlacementRecordTest, AnythingElseIsUnreadable) {
  EXPECT_EQ(ReasonOf(ParseCohort("").status()), "RECORD_UNREADABLE");
  EXPECT_EQ(ReasonOf(ParseRound("x").status()), "RECORD_UNREADABLE");
  EXPECT_EQ(ReasonOf(ParseHead("").status()), "RECORD_UNREADABLE");
  EXPECT_EQ(ReasonOf(ParsePlacedRound("").status()), "RECORD_UNREADABLE");
  EXPECT_EQ(ReasonOf(ParseOperations("").status()), "RECORD_UNREADABLE");
}

// Graduate b is placed by a tie's lottery; a is not.
PlacedRound SmallRound() {
  PlacedRound round;
  Instance& instance = round.certificate.instance;
  instance.graduates = {"a", "b"};
  instance.programs = {{.id = InstanceId(ProgramId(9)), .capacity = 1}};
  instance.wishes.Add(std::vector<uint32_t>{0});
  instance.wishes.Add(std::vector<uint32_t>{0});
  instance.priorities.Add(std::vector<RankedLists::Tied>{{0, 1}});
  round.certificate.version = "troupe 1";
  round.certificate.seed = 3;
  round.certificate.placement.program_of = {kNoRow, 0};
  round.cohorts = {{CohortId(7), "Spring", 0}};
  round.profiles = {ProfileId(), ProfileId(3)};
  round.programs = {{ProgramId(9), "Lights", "hangzhou", {{ProjectId(4), 2}}}};
  round.derived_wishes = {1};
  round.derived_length = 20;
  round.as_of = Day(20780);
  return round;
}

TEST(PlacementRecordTest, WhatARoundCameToComesBackWithItsCutoffs) {
  const std::string bytes = SerializePlacedRound(SmallRound());
  const auto round = ParsePlacedRound(bytes);
  ASSERT_THAT(round, IsOk());
  EXPECT_EQ(SerializePlacedRound(*round), bytes);
  EXPECT_TRUE(round->instance().priorities.HasTies());
  EXPECT_EQ(round->programs[0].openings[0], (OpeningId{ProjectId(4), 2}));
  EXPECT_THAT(round->placement().cutoffs.programs, SizeIs(1));
  EXPECT_NE(round->placement().cutoffs.programs[0], kNoRow);
}

void ExpectRowsOrUnreadable(const absl::StatusOr<PlacedRound>& round) {
  if (!round.ok()) {
    EXPECT_EQ(ReasonOf(round.status()), "RECORD_UNREADABLE");
    return;
  }
  const Instance& instance = round->instance();
  EXPECT_THAT(round->placement().program_of, SizeIs(instance.graduates.size()));
  for (const uint32_t program : round->placement().program_of) {
    EXPECT_TRUE(program == kNoRow || program < instance.programs.size());
  }
  for (size_t row = 0; row < instance.priorities.size(); ++row) {
    EXPECT_THAT(instance.priorities[row], Each(Lt(instance.graduates.size())));
  }
}

// Rows that are none would be read beyond their tables.
TEST(PlacementRecordTest, ADamagedRoundIsNeverReadBeyondItsRows) {
  const std::string bytes = SerializePlacedRound(SmallRound());
  for (size_t at = 0; at < bytes.size(); ++at) {
    for (const char damage : {'\x00', '\x01', '\x7f', '\xff'}) {
      std::string damaged = bytes;
      damaged[at] = damage;
      ExpectRowsOrUnreadable(ParsePlacedRound(damaged));
    }
    ExpectRowsOrUnreadable(ParsePlacedRound(bytes.substr(0, at)));
  }
}

TEST(OperationRecordTest, TheNewestTwentyAreKept) {
  Operations operations;
  operations.head = {.id = 7, .ownership = {.owner = {"school"}}};
  for (int i = 0; i < 25; ++i) {
    operations.Begin("RunRound", absl::FromUnixMicros(i)).state = Operation::State::kSucceeded;
  }
  Operation& last = operations.Begin("RunRound", absl::FromUnixMicros(30));
  last.state = Operation::State::kFailed;
  last.error = OperationError::Of(InvalidField("pairs[0]", "is none", "mend it"));
  const auto read = ParseOperations(SerializeOperations(operations));
  ASSERT_THAT(read, IsOk());
  EXPECT_THAT(read->operations, SizeIs(20));
  EXPECT_EQ(read->operations.front().number, 7u);
  EXPECT_EQ(read->Running(), nullptr);
  EXPECT_EQ(read->Find(26)->error.problems.front().field, "pairs[0]");
  EXPECT_EQ(read->Find(26)->error.reason, "INVALID_FIELD");
}

}  // namespace
}  // namespace troupe::testing
