#ifndef TROUPE_MATCHER_STAFFING_GAPS_H_
#define TROUPE_MATCHER_STAFFING_GAPS_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/base/executor.h"
#include "matcher/base/stop_token.h"
#include "matcher/staffing/market.h"

namespace troupe::staffing {

// What shoots need of one role in one city in one week, and what of it the best
// use of everybody's time fills. In millidays.
struct CellGap {
  int64_t demand = 0;
  int64_t filled = 0;
  int64_t travelling = 0;  // Of what is filled, by people who live elsewhere.
  // What one more person there, who goes nowhere else, would add to what is filled
  // anywhere: the optimum with that person less the optimum. In millionths of a
  // role-day; 0 where not asked for.
  int64_t shadow_millionths = 0;

  int64_t unmet() const { return demand - filled; }
  friend bool operator==(const CellGap&, const CellGap&) = default;
};

// Millidays of a type that go to a cell in a week.
struct TimeUse {
  uint32_t week = 0;
  uint32_t type = 0;
  uint32_t cell = 0;  // Role * cities + city.
  int64_t millidays = 0;

  friend auto operator<=>(const TimeUse&, const TimeUse&) = default;
};

// Where people are missing.
struct GapReport {
  std::vector<CellGap> cells;  // As Market::DemandAt.
  std::vector<TimeUse> uses;   // By week, type and cell; where asked for.
  int64_t demand = 0;          // Millidays, of all cells.
  int64_t filled = 0;
  int64_t travelling = 0;
  int64_t worth_nanos = 0;  // Filled role-days by their productivity, in 10^-9.
  int64_t cost_millis = 0;  // Travel and reluctance, in thousandths of a yuan.

  int64_t FillRateMillionths() const { return demand == 0 ? kMillionths : Share(filled, demand); }
  friend bool operator==(const GapReport&, const GapReport&) = default;
};

struct GapOptions {
  bool with_shadow_prices = true;
  bool with_uses = false;
  // Of the person whom shadow prices add: in every week the same.
  int64_t person_millidays_per_week = 5 * kMillidays;
};

// The best use of people's time, week by week: the most role-days by productivity, and
// of such the least cost. Nobody's day counts twice, whatever roles they hold. Runs
// weeks on `executor`, at once if it is null, and comes back when all have run; the
// report does not depend on it. INVALID_ARGUMENT of ValidateMarket; CANCELLED.
//
//   TROUPE_ASSIGN_OR_RETURN(GapReport report, AnalyzeGaps(market, {}, nullptr, stop));
//   report.cells[market.DemandAt(week, role, city)].unmet();
absl::StatusOr<GapReport> AnalyzeGaps(const Market& market, const GapOptions& options,
                                      Executor* executor, const StopToken& stop);

}  // namespace troupe::staffing

#endif  // TROUPE_MATCHER_STAFFING_GAPS_H_
