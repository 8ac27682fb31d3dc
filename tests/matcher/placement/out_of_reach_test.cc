#include "matcher/placement/out_of_reach.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/placement/place.h"
#include "tests/testing/round_builder.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::RoundBuilder;
using Reason = OutOfReach::Reason;

// Of the graduate in the first row.
std::vector<OutOfReach> WhyNotFirst(const Instance& round, Mechanism mechanism) {
  const PlacementOutcome outcome = *PlaceGraduates(round, mechanism, 1, NeverStop());
  return WhyOutOfReach(round, mechanism, outcome.placement, 0);
}

std::vector<Reason> Reasons(const Instance& round, Mechanism mechanism) {
  std::vector<Reason> reasons;
  for (const OutOfReach& out : WhyNotFirst(round, mechanism)) reasons.push_back(out.reason);
  return reasons;
}

TEST(OutOfReachTest, NamesRankAndCutoffOfEachProgramAbove) {
  const Instance round = RoundBuilder()
                             .Graduate("A", {"W", "X", "Y", "Z"})
                             .Graduate("B", {"X"})
                             .Program("W", 1, {"B"})
                             .Program("X", 1, {"B", "A"})
                             .Program("Y", 2, {"A"})
                             .Program("Z", 1, {"A"})
                             .Build();
  EXPECT_THAT(
      WhyNotFirst(round, Mechanism::kGraduatesPropose),
      ElementsAre(OutOfReach{.reason = Reason::kNotRanked, .program = 0, .seats = 1},
                  OutOfReach{.reason = Reason::kProgramFull,
                             .program = 1,
                             .rank = 1,
                             .cutoff = 0,
                             .seats = 1}));
}

TEST(OutOfReachTest, NamesAFullStudioAndItsCutoff) {
  RoundBuilder builder;
  builder.Graduate("A", {"X"}).Graduate("B", {"Y"}).Program("X", 1).Program("Y", 1);
  builder.Studio("S", 1, {"B", "A"}, {"X", "Y"});
  EXPECT_THAT(
      WhyNotFirst(builder.Build(), Mechanism::kStudentProject),
      ElementsAre(OutOfReach{
          .reason = Reason::kStudioFull, .program = 0, .rank = 1, .cutoff = 0, .seats = 1}));
}

TEST(OutOfReachTest, NamesWhyAnEmptySeatIsNotForTheGraduate) {
  RoundBuilder reserved;
  reserved.Graduate("A", {"X"}).Program("X", 1, {"A"}).Reserve("X", 1, {}, true, false);
  EXPECT_THAT(Reasons(reserved.Build(), Mechanism::kReserves), ElementsAre(Reason::kSeatReserved));

  RoundBuilder capped;
  capped.Graduate("A", {"X"}).Program("X", 1, {"A"}).Region("north", 0, 0, {"X"});
  EXPECT_THAT(Reasons(capped.Build(), Mechanism::kRegionalCaps), ElementsAre(Reason::kRegionFull));

  RoundBuilder floor;
  floor.Graduate("A", {"X", "Y"}).Program("X", 1, {"A"}).Program("Y", 1, {"A"});
  floor.Region("west", 1, 1, {"Y"});
  EXPECT_THAT(Reasons(floor.Build(), Mechanism::kFloors), ElementsAre(Reason::kSeatClosed));
}

TEST(OutOfReachTest, NamesThePartner) {
  RoundBuilder builder;
  builder.Graduate("A").Graduate("B").Graduate("C", {"Y"});
  builder.Program("X", 1, {"A"}).Program("Y", 1, {"C", "B"}).Pair("A", "B", {{"X", "Y"}});
  EXPECT_THAT(Reasons(builder.Build(), Mechanism::kLinkedPairs), ElementsAre(Reason::kPartner));
}

TEST(OutOfReachTest, IsNothingForWhoHasItsFirstChoice) {
  RoundBuilder builder;
  builder.Graduate("A", {"X", "Y"}).Program("X", 1, {"A"}).Program("Y", 1, {"A"});
  EXPECT_THAT(WhyNotFirst(builder.Build(), Mechanism::kGraduatesPropose), IsEmpty());
}

}  // namespace
}  // namespace troupe
