#ifndef TROUPE_MATCHER_STAFFING_DEMAND_MODEL_H_
#define TROUPE_MATCHER_STAFFING_DEMAND_MODEL_H_

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "matcher/staffing/market.h"

namespace troupe::staffing {

// How demand strays from what is expected. Each keeps every cell's expected demand.
// Whole role-days come by a Poisson draw around a mean that is drawn first:
enum class Regime {
  kPoisson,         // The expected demand itself.
  kBursty,          // Times Gamma(1/2) / (1/2), for each cell and fortnight: few, long bursts.
  kSeasonal,        // Times 1 + 0.6 sin(2 pi (week / 26 + phase)), a phase for each city,
                    // and Gamma(8) / 8 for each city: seasons that come early or late.
  kDominatingCity,  // In the city with the most demand times Gamma(2) / 2, for each
                    // fortnight one factor for all its roles.
  kCorrelatedRoles, // Times Gamma(3) / 3 for each neighbouring three roles and fortnight,
                    // one factor in all cities.
};
inline constexpr std::array kRegimes = {Regime::kPoisson, Regime::kBursty, Regime::kSeasonal,
                                        Regime::kDominatingCity, Regime::kCorrelatedRoles};

// As in requests: "dominating_city".
absl::string_view RegimeWord(Regime regime);
std::optional<Regime> RegimeOf(absl::string_view word);

// Draws demand around a market's, which is what is expected. Immutable; keeps a copy of
// what it needs.
class DemandModel {
 public:
  DemandModel(const Market& market, Regime regime);

  // Millidays as Market::demand_millidays. Follows from seed and number alone: draws of
  // different numbers are independent. Numbers from kFreshDraws on are for tests of
  // what was chosen by the lower ones.
  std::vector<int64_t> Draw(uint64_t seed, uint64_t number) const;
  static constexpr uint64_t kFreshDraws = uint64_t{1} << 32;

 private:
  std::vector<double> FactorsOf(uint64_t seed, uint64_t number) const;

  Regime regime_;
  uint32_t roles_;
  uint32_t cities_;
  uint32_t weeks_;
  uint32_t dominating_ = 0;
  std::vector<double> expected_;  // Role-days.
};

}  // namespace troupe::staffing

#endif  // TROUPE_MATCHER_STAFFING_DEMAND_MODEL_H_
