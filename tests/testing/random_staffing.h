#ifndef TROUPE_TESTS_TESTING_RANDOM_STAFFING_H_
#define TROUPE_TESTS_TESTING_RANDOM_STAFFING_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "matcher/staffing/market.h"
#include "matcher/staffing/training.h"
#include "tests/testing/dice.h"

namespace troupe::testing {

// Up to which size, all included.
struct StaffingSize {
  size_t roles = 4;
  size_t cities = 3;
  uint32_t weeks = 2;
  size_t types = 8;
};

// A valid market where all that can differ does: expected days that are not whole,
// productivity below 1, cells without demand, types without time or any role, ties everywhere.
staffing::Market RandomStaffing(const StaffingSize& size, Dice& dice);

// A market in balance but for one cell, which is short by some role-days.
struct PlantedGap {
  staffing::Market market;
  uint32_t week = 0;
  uint32_t cell = 0;
};

// Demand is what some use of everybody's time fills, each in the main role mostly;
// many hold two roles or travel. Then the one cell needs `role_days` more.
PlantedGap PlantGap(int64_t role_days, Dice& dice);

// A valid problem so small that every choice of trainees can be tried: some hundreds.
// Courses differ in all they can; money, seats or people are short, or none of them.
staffing::TrainingProblem RandomTraining(Dice& dice);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_RANDOM_STAFFING_H_
