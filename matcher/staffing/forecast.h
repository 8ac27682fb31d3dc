#ifndef TROUPE_MATCHER_STAFFING_FORECAST_H_
#define TROUPE_MATCHER_STAFFING_FORECAST_H_

#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/statusor.h"

namespace troupe::staffing {

// Demand that came, week by week: role-days in thousandths, by week, then role, then city.
struct DemandHistory {
  uint32_t weeks = 0;
  uint32_t roles = 0;
  uint32_t cities = 0;
  std::vector<int64_t> millidays;
};

struct ForecastOptions {
  uint32_t weeks = 26;          // Ahead of the last of the history.
  uint32_t season_weeks = 52;   // 0: no seasons.
  // How fast what is expected follows what came: of how often there is demand, and of how
  // much there is then.
  int64_t frequency_millionths = 100'000;
  int64_t size_millionths = 150'000;
  int64_t coverage_millionths = 900'000;  // Of the intervals.
};

// What is expected of a cell in a week, and between what it lies as often as
// `coverage_millionths` says. In millidays.
struct CellForecast {
  int64_t expected = 0;
  int64_t low = 0;
  int64_t high = 0;

  friend bool operator==(const CellForecast&, const CellForecast&) = default;
};

// By week ahead, then role, then city. Demand of a cell comes now and then, so how often
// and how much are followed apart, and a cell without demand for long fades out (R. H.
// Teunter, A. A. Syntetos, M. Z. Babai 2011). Seasons are those of a city, of all roles
// together, as single cells are too thin; they count once history holds two of them.
// Intervals are those of a negative binomial with the spread that past forecasts of the
// cell missed by. INVALID_ARGUMENT names the field.
absl::StatusOr<std::vector<CellForecast>> ForecastDemand(const DemandHistory& history,
                                                         const ForecastOptions& options);

}  // namespace troupe::staffing

#endif  // TROUPE_MATCHER_STAFFING_FORECAST_H_
