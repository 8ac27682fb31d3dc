#ifndef TROUPE_TESTS_TESTING_STAFFING_ORACLE_H_
#define TROUPE_TESTS_TESTING_STAFFING_ORACLE_H_

#include <cstdint>

#include "matcher/staffing/market.h"

namespace troupe::testing {

// What a linear program says of one week: GLPK's simplex on one variable for each type
// and cell where it can work. Shares nothing with the engine but the market.
struct WeekOptimum {
  double role_days = 0;  // By productivity: the most.
  double cost = 0;       // Yuan: the least of such.
};

// The optimum of a week with `millidays` more in a cell, by somebody who works
// nowhere else. `with_cost` false leaves `cost` out, and its second program.
WeekOptimum SolveWeek(const staffing::Market& market, uint32_t week, bool with_cost = true,
                      uint32_t cell = 0, int64_t millidays = 0);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_STAFFING_ORACLE_H_
