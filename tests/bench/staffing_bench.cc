// Measures the analysis of gaps against LEMON's min-cost flow on the same aggregated
// network, at the same optimum, in the same run and on one thread; and training plans
// against simple policies. Prints JSON, one object a measurement.
#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <functional>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "matcher/base/stop_token.h"
#include "matcher/staffing/compare_policies.h"
#include "matcher/staffing/gaps.h"
#include "matcher/staffing/network.h"
#include "matcher/staffing/plan_training.h"
#include "matcher/staffing/week_solver.h"
#include "tests/bench/lemon_flow.h"
#include "tests/testing/country.h"

ABSL_FLAG(std::string, what, "gaps", "gaps, or plans.");
ABSL_FLAG(size_t, people, 1'000'000, "Of the country whose gaps are looked for.");
ABSL_FLAG(size_t, roles, 12, "Likewise.");
ABSL_FLAG(size_t, cities, 60, "Likewise.");
ABSL_FLAG(uint32_t, weeks, 26, "Likewise.");
ABSL_FLAG(double, load, 0.95, "Demand, of what people would supply.");
ABSL_FLAG(uint64_t, seed, 1, "Of everything that is random.");
ABSL_FLAG(int64_t, budget, 4'000'000, "Yuan, of each plan.");
ABSL_FLAG(uint32_t, draws, 16, "Of demand, by which plans are chosen.");
ABSL_FLAG(uint32_t, fresh_draws, 1'000, "Of demand, on which they are compared.");
ABSL_FLAG(std::string, regime, "", "One of them; empty: all.");
ABSL_FLAG(bool, cost_scaling, false, "Whether LEMON's cost scaling runs, too; it is slower.");
ABSL_FLAG(int, runs, 5, "Of each, in turns.");

namespace troupe::testing {
namespace {

using staffing::Gain;
using staffing::Market;
using staffing::Network;

double SecondsOf(const std::function<void()>& run) {
  const auto start = std::chrono::steady_clock::now();
  run();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double MedianOf(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// What a role-day counts beside yuan, so that more role-days come before less travel.
// Everybody's productivity is 1 here, and paths cost less in all; LEMON's cost scaling
// multiplies it by the number of nodes.
constexpr long long kDayForLemon = 1LL << 22;

// The network of a week in one of two forms. kFlat has an arc from each type to each
// cell; kMiddle has nodes in between for those of one reach who work in one role, which
// is far fewer arcs. Time that is idle and need that is not met pass by one node more.
enum class Form { kFlat, kMiddle };
FlowProblem ProblemOf(const Market& market, const Network& network, uint32_t week, Form form) {
  const auto cells = static_cast<int>(network.cells());
  const auto types = static_cast<int>(network.types());
  const int middle = cells + 1 + types;
  FlowProblem problem = {.nodes = middle};
  const auto cost_of = [](Gain gain) {
    return -(staffing::WorthOf(gain) / 1'000'000 * kDayForLemon - staffing::CostOf(gain));
  };
  const auto cell_of = [&](uint32_t role, uint32_t city) {
    return static_cast<int>(role * network.cities() + city);
  };
  if (form == Form::kMiddle) {
    const auto roles = static_cast<int>(network.roles());
    for (uint32_t reach = 0; reach < network.reaches(); ++reach) {
      for (uint32_t role = 0; role < network.roles(); ++role) {
        for (const Network::Leg& leg : network.legs(reach)) {
          problem.arcs.push_back({middle + static_cast<int>(reach) * roles + static_cast<int>(role),
                                  cell_of(role, leg.city), cost_of(leg.gain)});
        }
      }
    }
    problem.nodes += static_cast<int>(network.reaches()) * roles;
  }
  problem.supply.resize(static_cast<size_t>(problem.nodes));
  for (uint32_t type = 0; type < network.types(); ++type) {
    const int node = cells + 1 + static_cast<int>(type);
    const uint32_t reach = network.reach_of(type);
    for (const Network::Trade& trade : network.trades(type)) {
      if (form == Form::kMiddle) {
        const int to = middle + static_cast<int>(reach * network.roles() + trade.role);
        problem.arcs.push_back({node, to, cost_of(trade.gain)});
        continue;
      }
      for (const Network::Leg& leg : network.legs(reach)) {
        problem.arcs.push_back({node, cell_of(trade.role, leg.city),
                                cost_of(trade.gain + leg.gain)});
      }
    }
    problem.arcs.push_back({node, cells, 0});
    const int64_t supply = market.people[type].millidays[week];
    problem.supply[static_cast<size_t>(node)] = supply;
    problem.supply[static_cast<size_t>(cells)] -= supply;
  }
  for (int cell = 0; cell < cells; ++cell) {
    const int64_t demand =
        market.demand_millidays[week * market.cells() + static_cast<size_t>(cell)];
    problem.arcs.push_back({cells, cell, 0});
    problem.supply[static_cast<size_t>(cell)] = -demand;
    problem.supply[static_cast<size_t>(cells)] += demand;
  }
  std::stable_sort(problem.arcs.begin(), problem.arcs.end(),
                   [](const auto& a, const auto& b) { return a.from < b.from; });
  return problem;
}

// One of those that are compared: what it takes for all weeks, and what they cost.
struct Contender {
  const char* name;
  std::function<double(std::vector<long long>& costs)> run;
  std::vector<double> seconds = {};
};

std::vector<double> RatiosOf(const std::vector<double>& theirs, const std::vector<double>& ours) {
  std::vector<double> ratios;
  for (size_t i = 0; i < ours.size(); ++i) ratios.push_back(theirs[i] / ours[i]);
  return ratios;
}

std::string ListText(const std::vector<double>& values) {
  return absl::StrJoin(values, ",", [](std::string* out, double value) {
    absl::StrAppendFormat(out, "%.3g", value);
  });
}

int MeasureGaps() {
  const Country country = MakeCountry({.roles = absl::GetFlag(FLAGS_roles),
                                       .cities = absl::GetFlag(FLAGS_cities),
                                       .weeks = absl::GetFlag(FLAGS_weeks),
                                       .people = absl::GetFlag(FLAGS_people),
                                       .load = absl::GetFlag(FLAGS_load)},
                                      absl::GetFlag(FLAGS_seed));
  Market market;
  const double reading = SecondsOf([&] { market = TakeCensus(country); });
  const Network network(market, Network::Aim::kFillThenTravel);
  std::vector<FlowProblem> flat, middle;
  for (uint32_t week = 0; week < market.weeks; ++week) {
    flat.push_back(ProblemOf(market, network, week, Form::kFlat));
    middle.push_back(ProblemOf(market, network, week, Form::kMiddle));
  }
  const auto lemon = [](const std::vector<FlowProblem>& problems, auto solve) {
    return [&problems, solve](std::vector<long long>& costs) {
      double seconds = 0;
      for (const FlowProblem& problem : problems) {
        const FlowAnswer answer = solve(problem);
        costs.push_back(answer.cost);
        seconds += answer.seconds;
      }
      return seconds;
    };
  };
  int64_t pivots = 0;
  const auto ours = [&](std::vector<long long>& costs) {
    return SecondsOf([&] {
      staffing::WeekSolver solver(network);
      std::vector<int64_t> supply(network.types());
      std::vector<Gain> guide;
      for (uint32_t week = 0; week < market.weeks; ++week) {
        for (size_t type = 0; type < supply.size(); ++type) {
          supply[type] = market.people[type].millidays[week];
        }
        const std::span<const int64_t> demand(&market.demand_millidays[week * market.cells()],
                                              market.cells());
        solver.Solve(supply, demand, guide);
        guide.assign(solver.prices().begin(), solver.prices().end());
        costs.push_back(-(solver.worth() / 1'000'000 * kDayForLemon - solver.cost()));
      }
      pivots = solver.pivots();
    });
  };
  std::vector<double> analysing;
  std::vector<Contender> contenders = {
      {"ours", ours},
      {"lemon_network_simplex_flat", lemon(flat, NetworkSimplexFlow)},
      {"lemon_network_simplex_middle", lemon(middle, NetworkSimplexFlow)}};
  if (absl::GetFlag(FLAGS_cost_scaling)) {
    contenders.push_back({"lemon_cost_scaling_middle", lemon(middle, CostScalingFlow)});
  }
  bool is_equal = true;
  for (int run = 0; run < absl::GetFlag(FLAGS_runs); ++run) {
    std::vector<std::vector<long long>> costs(contenders.size());
    for (size_t i = 0; i < contenders.size(); ++i) {
      contenders[i].seconds.push_back(contenders[i].run(costs[i]));
      is_equal = is_equal && costs[i] == costs[0];
    }
    analysing.push_back(SecondsOf([&] {
      const auto report = AnalyzeGaps(market, {}, nullptr, NeverStop());
      if (!report.ok()) std::fprintf(stderr, "%s\n", report.status().ToString().c_str());
      is_equal = is_equal && report.ok();
    }));
  }
  std::printf(R"({"bench":"gaps","people":%zu,"roles":%u,"cities":%u,"weeks":%u,"types":%u,)"
              R"("arcs_flat":%zu,"arcs_middle":%zu,"equal":%s,"pivots":%lld,"runs":%d,)"
              R"("reading_the_pool_s":%.3f,"allocation_s":%.3f,"analysis_s":%.3f,)"
              R"("analysis_to_reading":%.2f)",
              country.people.size(), network.roles(), network.cities(), market.weeks,
              network.types(), flat[0].arcs.size(), middle[0].arcs.size(),
              is_equal ? "true" : "false", static_cast<long long>(pivots),
              absl::GetFlag(FLAGS_runs), reading, MedianOf(contenders[0].seconds),
              MedianOf(analysing), MedianOf(analysing) / reading);
  for (size_t i = 1; i < contenders.size(); ++i) {
    const std::vector<double> ratios = RatiosOf(contenders[i].seconds, contenders[0].seconds);
    std::printf(R"(,"%s_s":%.3f,"%s_ratio":%.2f,"%s_ratios":[%s],"%s_to_analysis":%.2f)",
                contenders[i].name, MedianOf(contenders[i].seconds), contenders[i].name,
                MedianOf(ratios), contenders[i].name, ListText(ratios).c_str(),
                contenders[i].name, MedianOf(RatiosOf(contenders[i].seconds, analysing)));
  }
  std::printf("}\n");
  return is_equal ? 0 : 1;
}

// Threads as the services' pool has them: work in order, two at a time.
class TwoThreads final : public Executor {
 public:
  TwoThreads() {
    for (std::thread& thread : threads_) thread = std::thread([this] { Work(); });
  }
  ~TwoThreads() override {
    {
      const std::lock_guard lock(mutex_);
      is_ending_ = true;
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }
  void Run(std::function<void()> work) override {
    {
      const std::lock_guard lock(mutex_);
      queue_.push_back(std::move(work));
    }
    wake_.notify_one();
  }

 private:
  void Work() {
    while (true) {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return is_ending_ || !queue_.empty(); });
      if (queue_.empty()) return;
      const std::function<void()> work = std::move(queue_.front());
      queue_.pop_front();
      lock.unlock();
      work();
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> queue_;
  bool is_ending_ = false;
  std::array<std::thread, 2> threads_;
};

std::string IntervalText(const staffing::Interval& interval) {
  return absl::StrFormat("[%.1f,%.1f,%.1f]", interval.mean, interval.low, interval.high);
}

// One city's plan in one regime, timed from the people to the comparison.
bool MeasurePlan(const Country& country, staffing::Regime regime) {
  TwoThreads threads;
  staffing::TrainingProblem problem;
  absl::StatusOr<staffing::PlannedTraining> plan;
  absl::StatusOr<staffing::PolicyComparison> comparison;
  const uint64_t seed = absl::GetFlag(FLAGS_seed);
  const double reading = SecondsOf([&] {
    problem = MakeTraining(country, regime, absl::GetFlag(FLAGS_budget), seed);
  });
  const double planning = SecondsOf([&] {
    plan = staffing::PlanTraining(problem, {.draws = absl::GetFlag(FLAGS_draws), .seed = seed},
                                  &threads, NeverStop());
  });
  if (!plan.ok()) return false;
  const double comparing = SecondsOf([&] {
    comparison = staffing::ComparePolicies(
        problem, plan->trainees, {.draws = absl::GetFlag(FLAGS_fresh_draws), .seed = seed},
        &threads, NeverStop());
  });
  if (!comparison.ok()) return false;
  int64_t people = 0;
  for (int64_t count : plan->trainees) people += count;
  std::printf(R"({"bench":"plan","regime":"%s","types":%zu,"courses":%zu,"options":%zu,)"
              R"("budget":%lld,"cost":%lld,"trainees":%lld,"gained_in_sample":%.1f,)"
              R"("gained_at_most":%.1f,"further_100k":%.1f,"work":%lld,"fresh_draws":%u,)"
              R"("plan_filled":%s,"plan_gained":%s)",
              std::string(staffing::RegimeWord(regime)).c_str(), problem.market.people.size(),
              problem.courses.size(), problem.options.size(),
              static_cast<long long>(problem.budget), static_cast<long long>(plan->cost),
              static_cast<long long>(people), plan->RoleDaysGained(),
              plan->RoleDaysGainedAtMost(), plan->RoleDaysOfFurther(),
              static_cast<long long>(plan->work), comparison->draws,
              IntervalText(comparison->plan_filled).c_str(),
              IntervalText(comparison->plan_gained).c_str());
  for (const staffing::PolicyResult& result : comparison->policies) {
    std::printf(R"(,"%s":{"cost":%lld,"gained":%s,"plan_ahead":%s})",
                std::string(staffing::PolicyWord(result.policy)).c_str(),
                static_cast<long long>(result.cost), IntervalText(result.gained).c_str(),
                IntervalText(result.plan_ahead).c_str());
  }
  std::printf(R"(,"reading_s":%.1f,"planning_s":%.1f,"comparing_s":%.1f,"all_s":%.1f})"
              "\n",
              reading, planning, comparing, reading + planning + comparing);
  std::fflush(stdout);
  return true;
}

int MeasurePlans() {
  const CountrySize size = {.cities = 12, .people = 24'000, .load = absl::GetFlag(FLAGS_load)};
  const Country country = MakeCountry(size, absl::GetFlag(FLAGS_seed));
  for (staffing::Regime regime : staffing::kRegimes) {
    const std::string only = absl::GetFlag(FLAGS_regime);
    if (!only.empty() && only != staffing::RegimeWord(regime)) continue;
    if (!MeasurePlan(country, regime)) return 1;
  }
  return 0;
}

}  // namespace
}  // namespace troupe::testing

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  if (absl::GetFlag(FLAGS_what) == "plans") return troupe::testing::MeasurePlans();
  return troupe::testing::MeasureGaps();
}
