#include "tests/property/staffing.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <random>
#include <span>
#include <vector>

#include "absl/strings/str_format.h"
#include "matcher/base/stop_token.h"
#include "matcher/staffing/gaps.h"
#include "matcher/staffing/network.h"
#include "matcher/staffing/plan_training.h"
#include "matcher/staffing/week_solver.h"
#include "tests/testing/dice.h"
#include "tests/testing/random_staffing.h"
#include "tests/testing/staffing_oracle.h"
#include "tests/testing/training_oracle.h"

namespace troupe::testing {
namespace {

using staffing::AnalyzeGaps;
using staffing::Craft;
using staffing::GapReport;
using staffing::Market;
using staffing::TimeUse;

bool IsAllowed(const Market& market, const TimeUse& use) {
  const staffing::PeopleType& type = market.people[use.type];
  const staffing::Reach& reach = market.reaches[type.reach];
  const size_t city = use.cell % market.cities.size(), role = use.cell / market.cities.size();
  const bool holds = std::any_of(type.crafts.begin(), type.crafts.end(),
                                 [&](const Craft& craft) { return craft.role == role; });
  const bool goes = reach.home == city ||
                    std::any_of(reach.away.begin(), reach.away.end(),
                                [&](const auto& to) { return to.city == city; });
  return holds && goes && use.millidays > 0;
}

// Uses that nobody can make, and types and cells with more use than time or need.
size_t BrokenUses(const Market& market, const GapReport& report) {
  size_t broken = 0;
  std::vector<int64_t> used(market.weeks * market.people.size());
  std::vector<int64_t> filled(market.demand_millidays.size());
  for (const TimeUse& use : report.uses) {
    if (!IsAllowed(market, use)) ++broken;
    used[use.week * market.people.size() + use.type] += use.millidays;
    filled[use.week * market.cells() + use.cell] += use.millidays;
  }
  for (size_t i = 0; i < used.size(); ++i) {
    const auto& type = market.people[i % market.people.size()];
    if (used[i] > type.millidays[i / market.people.size()]) ++broken;
  }
  for (size_t i = 0; i < filled.size(); ++i) {
    if (filled[i] != report.cells[i].filled || filled[i] > market.demand_millidays[i]) ++broken;
  }
  return broken;
}

void CompareShadows(const Market& market, const GapReport& report, uint32_t week, double worth,
                    int64_t millidays, AllocationFigures& figures) {
  for (uint32_t cell = 0; cell < market.cells(); ++cell) {
    const staffing::CellGap& gap = report.cells[week * market.cells() + cell];
    if (gap.demand == 0) continue;
    const double again = SolveWeek(market, week, false, cell, millidays).role_days - worth;
    const double shadow = static_cast<double>(gap.shadow_millionths) / 1e6;
    figures.worst_shadow = std::max(figures.worst_shadow, std::abs(shadow - again));
    ++figures.cells;
    const double whole = static_cast<double>(millidays) / 1e3;
    if (shadow > 0 && shadow < whole) ++figures.fractional_shadows;
  }
}

}  // namespace

AllocationFigures CheckAllocations(size_t markets, uint64_t seed) {
  AllocationFigures figures;
  std::mt19937_64 rng(seed);
  Dice dice(rng);
  for (; figures.markets < markets; ++figures.markets) {
    const Market market = RandomStaffing({}, dice);
    const staffing::GapOptions options = {.with_uses = true,
                                          .person_millidays_per_week = dice.Between(1, 7) * 1'000};
    const absl::StatusOr<GapReport> report = AnalyzeGaps(market, options, nullptr, NeverStop());
    if (!report.ok()) {
      ++figures.broken;
      continue;
    }
    figures.broken += BrokenUses(market, *report);
    double worth = 0, cost = 0;
    for (uint32_t week = 0; week < market.weeks; ++week, ++figures.weeks) {
      const WeekOptimum optimum = SolveWeek(market, week);
      worth += optimum.role_days;
      cost += optimum.cost;
      CompareShadows(market, *report, week, optimum.role_days, options.person_millidays_per_week,
                     figures);
    }
    const double own = static_cast<double>(report->worth_nanos) / 1e9;
    const double own_cost = static_cast<double>(report->cost_millis) / 1e3;
    figures.worst_worth = std::max(figures.worst_worth, std::abs(own - worth));
    figures.worst_cost = std::max(figures.worst_cost, std::abs(own_cost - cost));
  }
  return figures;
}

ChangeFigures CheckChanges(size_t markets, uint64_t seed) {
  ChangeFigures figures;
  std::mt19937_64 rng(seed);
  Dice dice(rng);
  for (size_t i = 0; i < markets; ++i) {
    const Market market = RandomStaffing({}, dice);
    if (market.people.empty()) continue;
    using Aim = staffing::Network::Aim;
    const staffing::Network network(market, dice.OneIn(2) ? Aim::kFill : Aim::kFillThenTravel);
    staffing::WeekSolver changed(network), again(network);
    std::vector<int64_t> supply;
    for (const auto& type : market.people) supply.push_back(type.millidays[0]);
    const std::span<const int64_t> demand(market.demand_millidays.data(), market.cells());
    changed.Solve(supply, demand, {});
    ++figures.weeks;
    for (int round = 0; round < 8; ++round) {
      for (int change = 0; change < 3; ++change, ++figures.changes) {
        const auto from = static_cast<uint32_t>(dice.Below(supply.size()));
        const auto to = static_cast<uint32_t>(dice.Below(supply.size()));
        if (dice.OneIn(3)) {
          const int64_t more = dice.Between(1, 9'000);
          changed.ChangeSupply(to, more);
          supply[to] += more;
        } else if (const int64_t most = supply[from]; most > 0) {
          const int64_t less = 1 + static_cast<int64_t>(dice.Below(static_cast<size_t>(most)));
          supply[from] -= less;
          if (from == to || dice.OneIn(2)) {
            changed.ChangeSupply(from, -less);
          } else {
            changed.PassSupply(from, to, less);
            supply[to] += less;
          }
        }
      }
      changed.Resolve();
      again.Solve(supply, demand, {});
      if (changed.worth() != again.worth() || changed.cost() != again.cost()) ++figures.differing;
    }
  }
  return figures;
}

PlantedFigures CheckPlantedGaps(size_t markets, uint64_t seed) {
  PlantedFigures figures;
  std::mt19937_64 rng(seed);
  Dice dice(rng);
  for (; figures.markets < markets; ++figures.markets) {
    const int64_t days = std::vector<int64_t>{2, 5, 10}[figures.markets % 3];
    const PlantedGap planted = PlantGap(days, dice);
    const absl::StatusOr<GapReport> report =
        AnalyzeGaps(planted.market, {.with_uses = true}, nullptr, NeverStop());
    if (!report.ok()) continue;
    figures.counted_twice += BrokenUses(planted.market, *report);
    const size_t at = planted.week * planted.market.cells() + planted.cell;
    size_t invented = 0;
    for (size_t i = 0; i < report->cells.size(); ++i) {
      if (i != at && report->cells[i].unmet() > 0) ++invented;
    }
    const double size = static_cast<double>(report->cells[at].unmet()) / 1e3;
    const double wrong = std::abs(size - static_cast<double>(days));
    figures.worst_size = std::max(figures.worst_size, wrong);
    figures.invented += invented;
    if (invented == 0 && wrong <= 1) ++figures.found;
  }
  return figures;
}

PlanFigures CheckPlans(size_t problems, uint64_t seed, bool may_prove) {
  constexpr uint32_t kDraws = 3;
  PlanFigures figures;
  std::mt19937_64 rng(seed);
  Dice dice(rng);
  for (; figures.with_gain < problems; ++figures.problems) {
    const staffing::TrainingProblem problem = RandomTraining(dice);
    const staffing::PlanOptions options = {
        .draws = kDraws, .seed = figures.problems, .may_prove = may_prove};
    const absl::StatusOr<staffing::PlannedTraining> plan =
        staffing::PlanTraining(problem, options, nullptr, NeverStop());
    if (!plan.ok() || !staffing::IsFeasible(problem, plan->trainees)) {
      ++figures.infeasible;
      continue;
    }
    const TrainingOracle oracle(problem, options.seed, kDraws);
    int64_t best = 0;
    oracle.ForEach([&](const staffing::Trainees& trainees) {
      ++figures.choices;
      best = std::max(best, oracle.WorthOf(trainees));
    });
    const int64_t none = oracle.WorthOf(staffing::Trainees(problem.options.size()));
    if (oracle.WorthOf(plan->trainees) != plan->worth || none != plan->worth_untrained) {
      ++figures.miscounted;
    }
    if (plan->worth > plan->bound || best > plan->bound) ++figures.above_bound;
    if (plan->is_proven) ++figures.proven;
    if (best == none) continue;
    ++figures.with_gain;
    const double share =
        static_cast<double>(plan->worth - none) / static_cast<double>(best - none);
    figures.worst_share = std::min(figures.worst_share, share);
    figures.sum_of_shares += share;
    figures.worst_share_of_worth =
        std::min(figures.worst_share_of_worth,
                 static_cast<double>(plan->worth) / static_cast<double>(best));
  }
  return figures;
}

std::string ToJson(const PlanFigures& figures) {
  return absl::StrFormat(
      R"({"check":"plans","problems":%d,"with_gain":%d,"choices":%d,"worst_share":%.5f,)"
      R"("mean_share":%.6f,"worst_share_of_worth":%.5f,"above_bound":%d,"infeasible":%d,)"
      R"("miscounted":%d,"proven":%d})"
      "\n",
      figures.problems, figures.with_gain, figures.choices, figures.worst_share,
      figures.MeanShare(), figures.worst_share_of_worth, figures.above_bound,
      figures.infeasible, figures.miscounted, figures.proven);
}

std::string ToJson(const AllocationFigures& figures) {
  return absl::StrFormat(
      R"({"check":"allocation","markets":%d,"weeks":%d,"cells":%d,"worst_worth":%.3g,)"
      R"("worst_cost":%.3g,"worst_shadow":%.3g,"fractional_shadows":%d,"broken":%d})"
      "\n",
      figures.markets, figures.weeks, figures.cells, figures.worst_worth, figures.worst_cost,
      figures.worst_shadow, figures.fractional_shadows, figures.broken);
}

std::string ToJson(const ChangeFigures& figures) {
  return absl::StrFormat(R"({"check":"changes","weeks":%d,"changes":%d,"differing":%d})"
                         "\n",
                         figures.weeks, figures.changes, figures.differing);
}

std::string ToJson(const PlantedFigures& figures) {
  return absl::StrFormat(
      R"({"check":"planted_gaps","markets":%d,"found":%d,"worst_size":%.3g,"invented":%d,)"
      R"("counted_twice":%d})"
      "\n",
      figures.markets, figures.found, figures.worst_size, figures.invented,
      figures.counted_twice);
}

}  // namespace troupe::testing
