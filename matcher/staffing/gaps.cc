#include "matcher/staffing/gaps.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <deque>
#include <span>
#include <utility>

#include "matcher/base/status_macros.h"
#include "matcher/staffing/network.h"
#include "matcher/staffing/parallel.h"
#include "matcher/staffing/validate_market.h"
#include "matcher/staffing/week_solver.h"

namespace troupe::staffing {
namespace {

// A type for each cell, of people who work there only: whom shadow prices add.
Network WithNewcomers(const Market& market) {
  constexpr Network::Aim kAim = Network::Aim::kFillThenTravel;
  Network network(market, kAim);
  const auto cities = static_cast<uint32_t>(market.cities.size());
  const uint32_t first = network.reaches();
  for (uint32_t city = 0; city < cities; ++city) network.AddReach({.home = city}, kAim);
  for (uint32_t role = 0; role < market.roles.size(); ++role) {
    const Craft craft = {.role = role};
    for (uint32_t city = 0; city < cities; ++city) {
      network.AddType(first + city, {&craft, 1}, kAim);
    }
  }
  network.Seal();
  return network;
}

// Looks at a run of weeks one after the other, each guided by the one before.
class WeekRun {
 public:
  WeekRun(const Market& market, const Network& network, const GapOptions& options,
          GapReport& report)
      : market_(market),
        options_(options),
        report_(report),
        solver_(network),
        supply_(network.types(), 0) {}

  void Look(uint32_t week) {
    const size_t cells = market_.cells();
    for (size_t type = 0; type < market_.people.size(); ++type) {
      supply_[type] = market_.people[type].millidays[week];
    }
    const std::span<const int64_t> demand(&market_.demand_millidays[week * cells], cells);
    solver_.Solve(supply_, demand, guide_);
    guide_.assign(solver_.prices().begin(), solver_.prices().end());
    const std::span<CellGap> gaps = std::span(report_.cells).subspan(week * cells, cells);
    for (uint32_t cell = 0; cell < cells; ++cell) {
      gaps[cell].demand = demand[cell];
      gaps[cell].filled = demand[cell] - solver_.Unmet(cell);
    }
    const size_t cities = market_.cities.size();
    solver_.ForEachUse([&](uint32_t type, uint32_t cell, int64_t millidays) {
      const uint32_t home = market_.reaches[market_.people[type].reach].home;
      if (cell % cities != home) gaps[cell].travelling += millidays;
      if (options_.with_uses) uses_.push_back({week, type, cell, millidays});
    });
    worth_ += solver_.worth();
    cost_ += solver_.cost();
    if (options_.with_shadow_prices) LookAtShadows(gaps);
  }

  int64_t worth() const { return worth_; }
  int64_t cost() const { return cost_; }
  const std::vector<TimeUse>& uses() const { return uses_; }

 private:
  void LookAtShadows(std::span<CellGap> gaps) {
    const auto first = static_cast<uint32_t>(market_.people.size());
    for (uint32_t cell = 0; cell < gaps.size(); ++cell) {
      if (gaps[cell].demand == 0) continue;
      const int64_t worth =
          solver_.WorthOfSupply(first + cell, options_.person_millidays_per_week);
      gaps[cell].shadow_millionths = worth / kMillidays;
    }
  }

  const Market& market_;
  const GapOptions& options_;
  GapReport& report_;
  WeekSolver solver_;
  std::vector<int64_t> supply_;
  std::vector<Gain> guide_;
  std::vector<TimeUse> uses_;
  int64_t worth_ = 0;
  int64_t cost_ = 0;
};

// Weeks that are looked at in one piece: always the same, so that answers are.
constexpr uint32_t kWeeksOfRun = 13;

}  // namespace

absl::StatusOr<GapReport> AnalyzeGaps(const Market& market, const GapOptions& options,
                                      Executor* executor, const StopToken& stop) {
  TROUPE_RETURN_IF_ERROR(ValidateMarket(market));
  const Network network = WithNewcomers(market);
  GapReport report;
  report.cells.resize(market.demand_millidays.size());
  const uint32_t count = (market.weeks + kWeeksOfRun - 1) / kWeeksOfRun;
  std::deque<WeekRun> runs;
  for (uint32_t i = 0; i < count; ++i) runs.emplace_back(market, network, options, report);
  std::atomic<bool> is_stopped = false;
  ForEachPiece(count, executor, [&](size_t piece) {
    const auto first = static_cast<uint32_t>(piece) * kWeeksOfRun;
    for (uint32_t week = first; week < std::min(first + kWeeksOfRun, market.weeks); ++week) {
      if (stop.StopRequested()) is_stopped = true;
      if (is_stopped) return;
      runs[piece].Look(week);
    }
  });
  if (is_stopped) return absl::CancelledError("the analysis of gaps was stopped");
  for (const WeekRun& run : runs) {
    report.worth_nanos += run.worth();
    report.cost_millis += run.cost();
    report.uses.insert(report.uses.end(), run.uses().begin(), run.uses().end());
  }
  std::sort(report.uses.begin(), report.uses.end());
  for (const CellGap& gap : report.cells) {
    report.demand += gap.demand;
    report.filled += gap.filled;
    report.travelling += gap.travelling;
  }
  return report;
}

}  // namespace troupe::staffing
