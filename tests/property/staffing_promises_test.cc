#include "gtest/gtest.h"
#include "tests/property/staffing.h"

namespace troupe::testing {
namespace {

// Fractions of what `troupe-staffing-check` looks at.
TEST(AllocationTest, EqualsALinearProgramAndSolvingAgain) {
  const AllocationFigures figures = CheckAllocations(300, 2);
  EXPECT_TRUE(figures.IsKept()) << ToJson(figures);
  EXPECT_GT(figures.fractional_shadows, 100u);
}

TEST(AllocationTest, IsTheSameAfterChangesAsFromTheStart) {
  const ChangeFigures figures = CheckChanges(100, 3);
  EXPECT_EQ(figures.differing, 0u);
  EXPECT_GT(figures.changes, 1'000u);
}

TEST(PlantedGapTest, IsFoundAndNoneInvented) {
  const PlantedFigures figures = CheckPlantedGaps(30, 4);
  EXPECT_EQ(figures.found, 30u) << ToJson(figures);
  EXPECT_EQ(figures.invented + figures.counted_twice, 0u);
}

TEST(PlanTest, EqualsTheBestOfAllChoices) {
  const PlanFigures figures = CheckPlans(150, 5, true);
  EXPECT_TRUE(figures.IsKept()) << ToJson(figures);
}

// The check itself, and that proofs are what makes the difference.
TEST(PlanTest, IsNeverAboveItsBoundWithoutProof) {
  const PlanFigures figures = CheckPlans(150, 6, false);
  EXPECT_EQ(figures.above_bound + figures.infeasible + figures.miscounted, 0u);
  EXPECT_LT(figures.proven, figures.problems);
}

}  // namespace
}  // namespace troupe::testing
