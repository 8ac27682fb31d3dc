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

// How weeks that are taken up again after changes of people's time compare with the same
// weeks solved from the start.
struct ChangeFigures {
  size_t weeks = 0;
  size_t changes = 0;
  size_t differing = 0;
};
ChangeFigures CheckChanges(size_t markets, uint64_t seed);

// What is found of gaps of 2, 5 or 10 role-days in markets otherwise in balance.
struct PlantedFigures {
  size_t markets = 0;
  size_t found = 0;         // In the very cell, and there alone.
  double worst_size = 0;    // Role-days by which its size is wrong.
  size_t invented = 0;      // Cells with a gap that have none.
  size_t counted_twice = 0; // Types of whom more is used than there is.
};
PlantedFigures CheckPlantedGaps(size_t markets, uint64_t seed);

// How plans compare with all choices of trainees that there are.
struct PlanFigures {
  size_t problems = 0;
  size_t with_gain = 0;      // Those where training can gain anything.
  size_t choices = 0;        // All that were tried.
  double worst_share = 1;    // Of the most role-days that can be gained.
  double sum_of_shares = 0;  // Over `with_gain`.
  double worst_share_of_worth = 1;  // Of all that is filled, trained or not.
  size_t above_bound = 0;    // Plans worth more than their bound, or bounds below the best.
  size_t infeasible = 0;
  size_t miscounted = 0;     // Plans worth something else than they say.
  size_t proven = 0;

  double MeanShare() const {
    return with_gain == 0 ? 1 : sum_of_shares / static_cast<double>(with_gain);
  }
  bool IsKept() const {
    return worst_share >= 0.99 && MeanShare() >= 0.998 && above_bound + infeasible + miscounted == 0;
  }
};
// Of so many problems in which training can gain anything, and those in between.
// `may_prove` as of PlanOptions: without, what ascent and exchanges alone find.
PlanFigures CheckPlans(size_t problems, uint64_t seed, bool may_prove);

std::string ToJson(const PlanFigures& figures);
std::string ToJson(const AllocationFigures& figures);
std::string ToJson(const ChangeFigures& figures);
std::string ToJson(const PlantedFigures& figures);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_PROPERTY_STAFFING_H_
