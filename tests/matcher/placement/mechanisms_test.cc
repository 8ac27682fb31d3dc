// One small round for what is peculiar to each mechanism. That promises are kept is
// for tests/property/placement_promises_test.cc.
#include <map>
#include <string>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "matcher/placement/floors.h"
#include "matcher/placement/place.h"
#include "matcher/placement/regional_caps.h"
#include "tests/testing/round_builder.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using ::testing::_;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::NamesOf;
using testing::RoundBuilder;
using testing::StatusIs;
using Names = std::map<std::string, std::string>;

Names PlacedBy(Mechanism mechanism, const Instance& round) {
  return NamesOf(round, PlaceGraduates(round, mechanism, 1, NeverStop())->placement.program_of);
}

class AlwaysStop final : public StopToken {
 public:
  bool StopRequested() const override { return true; }
};

// Both sides' first choices cross.
Instance Crossed() {
  return RoundBuilder()
      .Graduate("A", {"X", "Y"})
      .Graduate("B", {"Y", "X"})
      .Program("X", 1, {"B", "A"})
      .Program("Y", 1, {"A", "B"})
      .Build();
}

TEST(DeferredAcceptanceTest, FavoursTheSideThatProposes) {
  EXPECT_EQ(PlacedBy(Mechanism::kGraduatesPropose, Crossed()), (Names{{"A", "X"}, {"B", "Y"}}));
  EXPECT_EQ(PlacedBy(Mechanism::kProgramsPropose, Crossed()), (Names{{"A", "Y"}, {"B", "X"}}));
}

TEST(DeferredAcceptanceTest, TellsTheRankOfTheLastTakenWhereAProgramIsFull) {
  const Instance round = RoundBuilder()
                             .Graduate("A", {"X"})
                             .Graduate("B", {"X"})
                             .Graduate("C", {"X"})
                             .Program("X", 2, {"C", "A", "B"})
                             .Program("Y", 1, {"A"})
                             .Build();
  const PlacementOutcome outcome =
      *PlaceGraduates(round, Mechanism::kGraduatesPropose, 1, NeverStop());
  EXPECT_THAT(outcome.placement.cutoffs.programs, ElementsAre(1, kNoRow));
}

TEST(DeferredAcceptanceTest, StopsWhenAsked) {
  for (Mechanism mechanism : kMechanisms) {
    if (mechanism == Mechanism::kFloors) continue;  // Which looks where it closes seats.
    EXPECT_THAT(PlaceGraduates(Crossed(), mechanism, 1, AlwaysStop()),
                StatusIs(absl::StatusCode::kCancelled, _));
  }
}

TEST(StudentProjectTest, KeepsToTheCapacityOfTheStudio) {
  const Instance round = RoundBuilder()
                             .Graduate("A", {"X", "Y"})
                             .Graduate("B", {"Y"})
                             .Program("X", 1)
                             .Program("Y", 1)
                             .Studio("S", 1, {"B", "A"}, {"X", "Y"})
                             .Build();
  const PlacementOutcome outcome =
      *PlaceGraduates(round, Mechanism::kStudentProject, 1, NeverStop());
  EXPECT_EQ(NamesOf(round, outcome.placement.program_of), (Names{{"A", ""}, {"B", "Y"}}));
  EXPECT_THAT(outcome.placement.cutoffs.studios, ElementsAre(0));
}

// The better member takes an open seat if these come first, and leaves the reserved
// one to the other.
TEST(ReservesTest, DependOnTheOrderOfPrecedence) {
  const auto round = [](bool before_open) {
    return RoundBuilder()
        .Graduate("local 1", {"X"})
        .Graduate("local 2", {"X"})
        .Graduate("other", {"X"})
        .Program("X", 2, {"local 1", "other", "local 2"})
        .Reserve("X", 1, {"local 1", "local 2"}, before_open)
        .Build();
  };
  EXPECT_EQ(PlacedBy(Mechanism::kReserves, round(true))["other"], "X");
  EXPECT_EQ(PlacedBy(Mechanism::kReserves, round(false))["local 2"], "X");
}

TEST(ReservesTest, RevertOrStayEmpty) {
  const auto round = [](bool reverts) {
    return RoundBuilder()
        .Graduate("A", {"X"})
        .Program("X", 1, {"A"})
        .Reserve("X", 1, {}, true, reverts)
        .Build();
  };
  EXPECT_EQ(PlacedBy(Mechanism::kReserves, round(true))["A"], "X");
  EXPECT_EQ(PlacedBy(Mechanism::kReserves, round(false))["A"], "");
}

// By lottery alone, A might take the only seat that B would take.
TEST(LargestStableTest, LetsWhoHasAChoiceGiveWay) {
  const Instance round = RoundBuilder()
                             .Graduate("A", {"X=Y"})
                             .Graduate("B", {"X"})
                             .Program("X", 1, {"A", "B"})
                             .Program("Y", 1, {"A"})
                             .Build();
  EXPECT_EQ(PlacedBy(Mechanism::kLargestStable, round), (Names{{"A", "Y"}, {"B", "X"}}));
}

TEST(RegionalCapsTest, ShareACapByCapacity) {
  const Instance round = RoundBuilder()
                             .Program("X", 4)
                             .Program("Y", 3)
                             .Program("Z", 2)
                             .Region("north", 0, 5, {"X", "Y"})
                             .Build();
  EXPECT_THAT(TargetsOf(round), ElementsAre(3, 2, 2));
}

TEST(RegionalCapsTest, LetAProgramAboveItsTargetWhereOthersDoNotNeedTheirs) {
  const Instance round = RoundBuilder()
                             .Graduate("A", {"X"})
                             .Graduate("B", {"X"})
                             .Graduate("C", {"X"})
                             .Program("X", 2, {"A", "B", "C"})
                             .Program("Y", 2, {"A", "B", "C"})
                             .Region("north", 0, 2, {"X", "Y"})
                             .Build();
  EXPECT_EQ(PlacedBy(Mechanism::kRegionalCaps, round), (Names{{"A", "X"}, {"B", "X"}, {"C", ""}}));
}

TEST(FloorsTest, MoveOnWhoeverTheProgramRanksLast) {
  const Instance round = RoundBuilder()
                             .Graduate("A", {"X", "Y"})
                             .Graduate("B", {"X", "Y"})
                             .Program("X", 2, {"A", "B"})
                             .Program("Y", 2, {"B", "A"})
                             .Region("west", 1, 2, {"Y"})
                             .Build();
  const PlacementOutcome outcome = *PlaceGraduates(round, Mechanism::kFloors, 1, NeverStop());
  EXPECT_EQ(NamesOf(round, outcome.placement.program_of), (Names{{"A", "X"}, {"B", "Y"}}));
  EXPECT_THAT(outcome.breaches, IsEmpty());
}

TEST(FloorsTest, NameTheFloorsThatConflict) {
  const Instance round = RoundBuilder()
                             .Graduate("A", {"X", "Y"})
                             .Graduate("B", {"Z"})
                             .Program("X", 1, {"A"})
                             .Program("Y", 1, {"A"})
                             .Program("Z", 1, {"B"})
                             .Region("east", 1, 1, {"Z"})
                             .Region("north", 1, 1, {"X"})
                             .Region("south", 0, 1, {})
                             .Region("west", 1, 1, {"Y"})
                             .Build();
  Instance without_east = round;
  without_east.regions[0].floor = 0;  // Three floors for two graduates are refused before.
  EXPECT_THAT(ConflictingFloors(without_east), ElementsAre(1, 3));
  const auto outcome = PlaceGraduates(without_east, Mechanism::kFloors, 1, NeverStop());
  EXPECT_THAT(outcome, StatusIs(absl::StatusCode::kFailedPrecondition,
                                HasSubstr("the floors of regions[1], regions[3]")));
  EXPECT_EQ(ReasonOf(outcome.status()), "FLOORS_CONFLICT");
}

// Who fills the floor can only be there if the other envies it.
TEST(FloorsTest, AreKeptBeforeEnvyIsAvoidedAndTellIt) {
  const Instance round = RoundBuilder()
                             .Graduate("A", {"X", "Y"})
                             .Graduate("B", {"X"})
                             .Program("X", 1, {"A", "B"})
                             .Program("Y", 1, {"A"})
                             .Region("north", 2, 2, {"X", "Y"})
                             .Build();
  const PlacementOutcome outcome = *PlaceGraduates(round, Mechanism::kFloors, 1, NeverStop());
  EXPECT_EQ(NamesOf(round, outcome.placement.program_of), (Names{{"A", "Y"}, {"B", "X"}}));
  EXPECT_THAT(outcome.breaches,
              ElementsAre(Breach{.kind = Breach::Kind::kEnvy, .graduate = 0, .program = 0}));
}

TEST(LinkedPairsTest, GoTogetherOrNotAtAll) {
  RoundBuilder builder;
  builder.Graduate("A").Graduate("B").Graduate("C", {"Y"});
  builder.Program("X", 1, {"A"}).Program("Y", 1, {"C", "B"}).Pair("A", "B", {{"X", "Y"}});
  EXPECT_EQ(PlacedBy(Mechanism::kLinkedPairs, builder.Build()),
            (Names{{"A", ""}, {"B", ""}, {"C", "Y"}}));
}

TEST(LinkedPairsTest, TakeTwoSeatsOfOneProgram) {
  RoundBuilder builder;
  builder.Graduate("A").Graduate("B").Graduate("C", {"X"});
  builder.Program("X", 2, {"A", "B", "C"}).Pair("A", "B", {{"X", "X"}});
  EXPECT_EQ(PlacedBy(Mechanism::kLinkedPairs, builder.Build()),
            (Names{{"A", "X"}, {"B", "X"}, {"C", ""}}));
}

// D. Gusfield and R. W. Irving's kind of circle: whoever has the seat, somebody wants
// it back.
TEST(LinkedPairsTest, TellWhatBlocksWhereNothingIsStable) {
  RoundBuilder builder;
  builder.Graduate("A").Graduate("B").Graduate("C", {"X", "Y"});
  builder.Program("X", 1, {"A", "C"}).Program("Y", 1, {"C", "B"}).Pair("A", "B", {{"X", "Y"}});
  const Instance round = builder.Build();
  const PlacementOutcome outcome = *PlaceGraduates(round, Mechanism::kLinkedPairs, 1, NeverStop());
  EXPECT_THAT(outcome.breaches, SizeIs(1));
}

TEST(PlaceTest, RefusesWhatTheMechanismWouldNotRespect) {
  const Instance round = RoundBuilder()
                             .Graduate("A", {"X"})
                             .Program("X", 1, {"A"})
                             .Region("north", 1, 1, {"X"})
                             .Build();
  EXPECT_THAT(PlaceGraduates(round, Mechanism::kRegionalCaps, 1, NeverStop()),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("regions.floor would not be respected by regional_caps: choose "
                                 "floors, or leave it out")));
}

TEST(VerifyTest, FindsAStablePlacementThatIsNotTheBest) {
  const Placement worst =
      PlaceGraduates(Crossed(), Mechanism::kProgramsPropose, 1, NeverStop())->placement;
  EXPECT_THAT(*Verify(Crossed(), Mechanism::kGraduatesPropose, 1, worst, NeverStop()),
              ElementsAre(Breach{.kind = Breach::Kind::kNotBest, .graduate = 0},
                          Breach{.kind = Breach::Kind::kNotBest, .graduate = 1}));
}

TEST(VerifyTest, FindsAWrongCutoff) {
  Placement placement =
      PlaceGraduates(Crossed(), Mechanism::kGraduatesPropose, 1, NeverStop())->placement;
  placement.cutoffs.programs[0] = 0;
  EXPECT_THAT(*Verify(Crossed(), Mechanism::kGraduatesPropose, 1, placement, NeverStop()),
              ElementsAre(Breach{.kind = Breach::Kind::kWrongCutoff}));
}

}  // namespace
}  // namespace troupe
