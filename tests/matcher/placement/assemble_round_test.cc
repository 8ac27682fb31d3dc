#include "matcher/placement/assemble_round.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "tests/testing/status_matchers.h"

namespace troupe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TieredList<ProgramId> Wishes(const std::vector<uint64_t>& programs,
                             std::vector<uint32_t> tiers = {}) {
  TieredList<ProgramId> list{.tier_sizes = std::move(tiers)};
  for (const uint64_t program : programs) list.entries.emplace_back(program);
  return list;
}

TieredList<GraduateName> Graduates(uint64_t cohort, const std::vector<std::string>& ids) {
  TieredList<GraduateName> list;
  for (const std::string& id : ids) list.entries.push_back({.cohort = CohortId(cohort), .id = id});
  return list;
}

Program Seats(uint64_t id, int32_t capacity, TieredList<GraduateName> priorities = {}) {
  return {.id = ProgramId(id), .capacity = capacity, .priorities = std::move(priorities)};
}

std::vector<std::string> Paths(const absl::Status& status) {
  std::vector<std::string> paths;
  for (const FieldViolation& violation : ViolationsOf(status)) paths.push_back(violation.field);
  return paths;
}

Round By(Mechanism mechanism) { return {.mechanism = mechanism}; }

TEST(AssembleRoundTest, NamesBecomeRowsAndTiesStay) {
  const Cohort one{.id = CohortId(1),
                   .graduates = {{.id = "a", .wishes = Wishes({8, 9, 7}, {2, 1})}}};
  const Cohort two{.id = CohortId(2), .graduates = {{.id = "a", .wishes = Wishes({9})}}};
  const auto round = FinishRound(
      AssembleRound(By(Mechanism::kGraduatesPropose), {one, two},
                    {Seats(9, 1, Graduates(2, {"a"})), Seats(8, 2, Graduates(1, {"a"}))},
                    {ProgramId(7)})
          .value());
  ASSERT_THAT(round, IsOk());
  EXPECT_THAT(round->instance().graduates,
              ElementsAre("0000000000000001/a", "0000000000000002/a"));
  EXPECT_THAT(round->instance().wishes[0], ElementsAre(1, 0));
  EXPECT_EQ(round->instance().wishes.RankAt(0, 1), 0u);
  EXPECT_THAT(round->instance().priorities[1], ElementsAre(0));
  EXPECT_EQ(round->NameOf(1), (GraduateName{.cohort = CohortId(2), .id = "a"}));
  EXPECT_EQ(round->Find(CohortId(2), "a"), 1u);
  EXPECT_EQ(round->Find(CohortId(2), "b"), std::nullopt);
}

TEST(AssembleRoundTest, WhatIsNowhereIsNamedByItsPath) {
  const Cohort cohort{.id = CohortId(1),
                      .graduates = {{.id = "a", .wishes = Wishes({9, 5})}, {.id = "b"}}};
  const auto round =
      AssembleRound(By(Mechanism::kGraduatesPropose), {cohort},
                    {Seats(9, 1, Graduates(1, {"b", "c"})), Seats(8, 1, Graduates(3, {"z"}))}, {});
  EXPECT_THAT(Paths(round.status()),
              ElementsAre("cohorts[0].graduates[0].wishes[1]", "programs[0].priorities[1]"));
}

TEST(AssembleRoundTest, PairsWithOneListAreMadeOfTheirOwn) {
  Round round = By(Mechanism::kLinkedPairs);
  round.pairs = {{.first = {.cohort = CohortId(1), .id = "a"},
                  .second = {.cohort = CohortId(1), .id = "b"},
                  .together = Together::kCity}};
  const Cohort cohort{.id = CohortId(1),
                      .graduates = {{.id = "a", .wishes = Wishes({1, 2, 3})},
                                    {.id = "b", .wishes = Wishes({3, 2, 1})}}};
  const TieredList<GraduateName> both = Graduates(1, {"a", "b"});
  std::vector<Program> programs = {Seats(1, 2, both), Seats(2, 2, both),
                                   Seats(3, 2, Graduates(1, {"b"}))};
  programs[0].place = programs[2].place = "hangzhou";
  programs[1].place = "xian";
  const auto placed = FinishRound(AssembleRound(round, {cohort}, programs, {}).value());
  ASSERT_THAT(placed, IsOk());
  EXPECT_THAT(placed->instance().pairs[0].wishes,
              ElementsAre(ProgramPair{0, 2}, ProgramPair{0, 0}, ProgramPair{1, 1}));
}

TEST(AssembleRoundTest, AStudioThatTheRoundLacksIsADefect) {
  Round round = By(Mechanism::kStudentProject);
  Program program = Seats(9, 1);
  program.studio = "lights";
  const Cohort cohort{.id = CohortId(1), .graduates = {{.id = "a"}}};
  EXPECT_THAT(Paths(AssembleRound(round, {cohort}, {program}, {}).status()),
              ElementsAre("programs[0].studio"));
}

TEST(AssembleRoundTest, TooManyGraduatesAreRefused) {
  Cohort cohort{.id = CohortId(1)};
  for (size_t i = 0; i <= kMostRoundGraduates; ++i) cohort.graduates.push_back({.id = "g"});
  const auto round = AssembleRound(By(Mechanism::kGraduatesPropose), {cohort}, {}, {});
  EXPECT_EQ(ReasonOf(round.status()), "ROUND_TOO_LARGE");
}

}  // namespace
}  // namespace troupe::testing
