#ifndef TROUPE_TESTS_PROPERTY_STAFFING_H_
#define TROUPE_TESTS_PROPERTY_STAFFING_H_

#include <cstddef>
#include <cstdint>
#include <string>

namespace troupe::testing {

// How allocations compare with linear programs of the same weeks.
struct AllocationFigures {
  size_t markets = 0;
  size_t weeks = 0;
  size_t cells = 0;
  double worst_worth = 0;   // Role-days by which an optimum differs from the program's.
  double worst_cost = 0;    // Yuan, likewise.
  double worst_shadow = 0;  // Role-days by which a shadow price differs from solving again.
  size_t fractional_shadows = 0;  // Neither nothing nor all of the one more person.
  size_t broken = 0;        // Uses of time that are not allowed, or counted twice.

  bool IsKept() const {
    return worst_worth <= 1e-6 && worst_cost <= 1e-3 && worst_shadow <= 1e-6 && broken == 0;
  }
};
AllocationFigures CheckAllocations(size_t markets, uint64_t seed);

// What is found of gaps of 2, 5 or 10 role-days in markets otherwise in balance.
struct PlantedFigures {
  size_t markets = 0;
  size_t found = 0;         // In the very cell, and there alone.
  double worst_size = 0;    // Role-days by which its size is wrong.
  size_t invented = 0;      // Cells with a gap that have none.
  size_t counted_twice = 0; // Types of whom more is used than there is.
};
PlantedFigures CheckPlantedGaps(size_t markets, uint64_t seed);

std::string ToJson(const AllocationFigures& figures);
std::string ToJson(const PlantedFigures& figures);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_PROPERTY_STAFFING_H_
