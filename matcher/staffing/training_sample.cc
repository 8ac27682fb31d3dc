#include "matcher/staffing/training_sample.h"

#include <algorithm>
#include <atomic>
#include <cstddef>

#include "matcher/staffing/parallel.h"
#include "matcher/staffing/week_solver.h"

namespace troupe::staffing {
namespace {

constexpr Network::Aim kAim = Network::Aim::kFill;
// Draws that are looked at in one piece: enough to make a solver for.
constexpr uint32_t kDrawsOfPiece = 4;
constexpr uint32_t kNobody = ~uint32_t{0};

std::span<const int64_t> DemandOf(const Market& market, const std::vector<int64_t>& demand,
                                  uint32_t week) {
  return {&demand[week * market.cells()], market.cells()};
}

}  // namespace

TrainingSample::TrainingSample(const TrainingProblem& problem, uint64_t seed, uint64_t first,
                               uint32_t draws, Executor* executor)
    : problem_(problem),
      model_(problem.market, problem.regime),
      seed_(seed),
      first_(first),
      draws_(draws),
      executor_(executor),
      network_(problem.market, kAim),
      trained_type_(problem.options.size(), kNobody),
      supply_(problem.market.weeks),
      states_(draws),
      at_(problem.options.size()) {
  const Market& market = problem.market;
  WeekSolver solver(network_);
  for (uint32_t week = 0; week < market.weeks; ++week) {
    for (const TrainingOption& option : problem.options) {
      shifts_.push_back(ShiftOf(problem, option, week));
    }
    for (const PeopleType& type : market.people) supply_[week].push_back(type.millidays[week]);
    solver.Solve(supply_[week], DemandOf(market, market.demand_millidays, week), {});
    guides_.emplace_back(solver.prices().begin(), solver.prices().end());
  }
}

uint32_t TrainingSample::TrainedType(uint32_t option) {
  uint32_t& trained = trained_type_[option];
  if (trained != kNobody) return trained;
  const TrainingOption& row = problem_.options[option];
  const uint32_t reach = problem_.market.people[row.type].reach;
  return trained = network_.AddType(reach, CraftsAfter(problem_, row), kAim);
}

TrainingSample::Changes TrainingSample::ChangesTo(const Trainees& trainees) {
  const uint32_t weeks = problem_.market.weeks;
  Changes changes(weeks);
  const auto add = [&](uint32_t option, int64_t more) {
    const uint32_t type = problem_.options[option].type, trained = TrainedType(option);
    for (uint32_t week = 0; week < weeks; ++week) {
      const TimeShift& shift = shifts_[week * trainees.size() + option];
      if (shift.lost == 0) continue;
      changes[week].push_back({type, shift.gained > 0 ? trained : type, more * shift.lost});
    }
  };
  // Those who come back first: others of their type may go in their place.
  for (uint32_t i = 0; i < trainees.size(); ++i) {
    if (trainees[i] < at_[i]) add(i, trainees[i] - at_[i]);
  }
  for (uint32_t i = 0; i < trainees.size(); ++i) {
    if (trainees[i] > at_[i]) add(i, trainees[i] - at_[i]);
  }
  network_.Seal();
  for (std::vector<int64_t>& supply : supply_) supply.resize(network_.types());
  return changes;
}

TrainingSample::Evaluation TrainingSample::Evaluate(const Trainees& trainees, bool with_slopes,
                                                    const StopToken& stop) {
  const Changes changes = ChangesTo(trainees);
  const size_t options = with_slopes ? problem_.options.size() : 0;
  const size_t pieces = (draws_ + kDrawsOfPiece - 1) / kDrawsOfPiece;
  Evaluation evaluation = {.worth_of = std::vector<int64_t>(draws_)};
  std::vector<std::vector<int64_t>> slopes(pieces);
  std::atomic<bool> is_stopped = false;
  ForEachPiece(pieces, executor_, [&](size_t piece) {
    WeekSolver solver(network_);
    slopes[piece].resize(options);
    const auto first = static_cast<uint32_t>(piece) * kDrawsOfPiece;
    for (uint32_t draw = first; draw < std::min(first + kDrawsOfPiece, draws_); ++draw) {
      if (stop.StopRequested()) is_stopped = true;
      if (is_stopped) return;
      LookAt(draw, changes, solver, slopes[piece], evaluation.worth_of[draw]);
    }
  });
  if (is_stopped) return {.is_stopped = true};
  at_ = trainees;
  weeks_solved_ += WeeksOfEvaluation();
  for (int64_t worth : evaluation.worth_of) evaluation.worth += worth;
  evaluation.slopes.resize(options);
  for (const std::vector<int64_t>& part : slopes) {
    for (size_t i = 0; i < options; ++i) evaluation.slopes[i] += part[i];
  }
  return evaluation;
}

void TrainingSample::LookAt(uint32_t draw, const Changes& changes, WeekSolver& solver,
                            std::span<int64_t> slopes, int64_t& worth) {
  const uint32_t weeks = problem_.market.weeks;
  const bool is_first = states_[draw].empty();
  std::vector<int64_t> demand;
  if (is_first) {
    states_[draw].resize(weeks);
    demand = model_.Draw(seed_, first_ + draw);
  }
  for (uint32_t week = 0; week < weeks; ++week) {
    WeekSolver::State& state = states_[draw][week];
    solver.Exchange(state);
    if (is_first) {
      solver.Solve(supply_[week], DemandOf(problem_.market, demand, week), guides_[week]);
    }
    for (const Change& change : changes[week]) Apply(change, solver);
    solver.Resolve();
    worth += solver.worth();
    if (!slopes.empty()) AddSlopes(solver.prices(), week, slopes);
    solver.Exchange(state);
  }
}

std::vector<std::vector<int64_t>> TrainingSample::WorthOfEach(
    const std::vector<Trainees>& contenders, const std::function<void(int64_t)>& on_draws,
    const StopToken& stop) {
  std::vector<Changes> changes;
  for (const Trainees& trainees : contenders) changes.push_back(ChangesTo(trainees));
  std::vector<std::vector<int64_t>> worth(contenders.size(), std::vector<int64_t>(draws_));
  const size_t pieces = (draws_ + kDrawsOfPiece - 1) / kDrawsOfPiece;
  std::atomic<bool> is_stopped = false;
  std::atomic<int64_t> done = 0;
  ForEachPiece(pieces, executor_, [&](size_t piece) {
    WeekSolver solver(network_);
    WeekSolver::State untrained;
    const auto first = static_cast<uint32_t>(piece) * kDrawsOfPiece;
    for (uint32_t draw = first; draw < std::min(first + kDrawsOfPiece, draws_); ++draw) {
      if (stop.StopRequested()) is_stopped = true;
      if (is_stopped) return;
      const std::vector<int64_t> demand = model_.Draw(seed_, first_ + draw);
      for (uint32_t week = 0; week < problem_.market.weeks; ++week) {
        solver.Solve(supply_[week], DemandOf(problem_.market, demand, week), guides_[week]);
        untrained = solver.state();
        const int64_t untrained_worth = solver.worth();
        for (size_t i = 0; i < contenders.size(); ++i) {
          if (changes[i][week].empty()) {
            worth[i][draw] += untrained_worth;
            continue;
          }
          solver.Restore(untrained);
          for (const Change& change : changes[i][week]) Apply(change, solver);
          solver.Resolve();
          worth[i][draw] += solver.worth();
        }
      }
      ++done;
      if (on_draws) on_draws(done);
    }
  });
  weeks_solved_ += WeeksOfEvaluation() * static_cast<int64_t>(contenders.size());
  if (is_stopped) worth.clear();
  return worth;
}

void TrainingSample::Apply(const Change& change, WeekSolver& solver) {
  if (change.to == change.type) {
    solver.ChangeSupply(change.type, -change.millidays);
  } else if (change.millidays > 0) {
    solver.PassSupply(change.type, change.to, change.millidays);
  } else {
    solver.PassSupply(change.to, change.type, -change.millidays);
  }
}

// Prices of cells are a solution of the dual program, whatever types there are: with them
// a milliday of a type is worth at most what its best cell leaves, and sums of that bound
// the worth of any other supply.
void TrainingSample::AddSlopes(std::span<const Gain> prices, uint32_t week,
                               std::span<int64_t> slopes) const {
  const Market& market = problem_.market;
  const auto roles = static_cast<uint32_t>(market.roles.size());
  const auto cities = static_cast<uint32_t>(market.cities.size());
  std::vector<int64_t> best(market.reaches.size() * roles);
  for (uint32_t reach = 0; reach < market.reaches.size(); ++reach) {
    for (uint32_t role = 0; role < roles; ++role) {
      Gain most = WeekSolver::kClosed;
      for (const Network::Leg& leg : network_.legs(reach)) {
        most = std::max(most, prices[role * cities + leg.city]);
      }
      best[reach * roles + role] = most;
    }
  }
  uint32_t type = ~uint32_t{0};
  Gain old_price = 0;
  for (size_t i = 0; i < slopes.size(); ++i) {
    const TrainingOption& option = problem_.options[i];
    const TimeShift& shift = shifts_[week * problem_.options.size() + i];
    if (shift.lost == 0) continue;
    const int64_t* of_reach = &best[market.people[option.type].reach * roles];
    if (option.type != type) {
      type = option.type;
      old_price = 0;
      for (const Network::Trade& trade : network_.trades(type)) {
        old_price = std::max(old_price, trade.gain + of_reach[trade.role]);
      }
    }
    const Course& course = problem_.courses[option.course];
    const Gain new_price = std::max(
        old_price, GainOf(course.productivity_millionths, 0) + of_reach[course.role]);
    slopes[i] += shift.gained * WorthOf(new_price) - shift.lost * WorthOf(old_price);
  }
}

}  // namespace troupe::staffing
