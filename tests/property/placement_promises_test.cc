#include "tests/property/placement.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace troupe::testing {
namespace {

// Fractions of what `troupe-placement-check` places.
class PlacementTest : public ::testing::TestWithParam<Mechanism> {};

TEST_P(PlacementTest, KeepsWhatItPromises) {
  const PlacementFigures figures = CheckPlacements({.mechanism = GetParam(), .rounds = 2'000});
  EXPECT_EQ(figures.broken, 0u) << figures.first_broken;
  EXPECT_EQ(figures.wrong_verdicts, 0u);
  EXPECT_GT(figures.verdicts, 500u);
  EXPECT_LT(figures.not_kept, 50u);
  EXPECT_LT(figures.could_be, 5u);
  EXPECT_LT(figures.infeasible, 400u);
}

INSTANTIATE_TEST_SUITE_P(Each, PlacementTest, ::testing::ValuesIn(kMechanisms),
                         [](const auto& mechanism) {
                           return std::string(MechanismWord(mechanism.param));
                         });

class TruthfulTest : public ::testing::TestWithParam<Mechanism> {};

TEST_P(TruthfulTest, LetsNobodyGainByAnotherList) {
  const PlacementFigures figures =
      CheckPlacements({.mechanism = GetParam(), .rounds = 0, .misreports = 300});
  EXPECT_EQ(figures.gains, 0u);
  EXPECT_GT(figures.lists_tried, 3'000u);
}

INSTANTIATE_TEST_SUITE_P(Each, TruthfulTest,
                         ::testing::Values(Mechanism::kGraduatesPropose, Mechanism::kStudentProject,
                                           Mechanism::kReserves, Mechanism::kRegionalCaps),
                         [](const auto& mechanism) {
                           return std::string(MechanismWord(mechanism.param));
                         });

// The check itself: programs that propose leave graduates reason to hold back.
TEST(MisreportTest, AreFoundWhereTheyPay) {
  const PlacementFigures figures = CheckPlacements(
      {.mechanism = Mechanism::kProgramsPropose, .rounds = 0, .misreports = 300});
  EXPECT_GT(figures.gains, 0u);
}

}  // namespace
}  // namespace troupe::testing
