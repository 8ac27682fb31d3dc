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

}  // namespace

TrainingSample::TrainingSample(const TrainingProblem& problem, uint64_t seed, uint64_t first,
                               uint32_t draws, Executor* executor)
    : problem_(problem), draws_(draws), executor_(executor), demand_(draws), guides_(draws) {
  const DemandModel model(problem.market, problem.regime);
  for (uint32_t draw = 0; draw < draws; ++draw) {
    demand_[draw] = model.Draw(seed, first + draw);
    guides_[draw].resize(problem.market.weeks);
  }
  for (uint32_t week = 0; week < problem.market.weeks; ++week) {
    for (const TrainingOption& option : problem.options) shifts_.push_back(ShiftOf(option, week));
  }
}

TrainingSample::Shift TrainingSample::ShiftOf(const TrainingOption& option, uint32_t week) const {
  const PeopleType& type = problem_.market.people[option.type];
  const Course& course = problem_.courses[option.course];
  if (week < course.start_week || type.people == 0) return {};
  const int64_t own = type.millidays[week] / type.people;
  if (week < course.start_week + course.weeks) {
    return {.lost = own * course.absence_millionths / kMillionths};
  }
  const int64_t passed = own * course.success_millionths / kMillionths;
  return {.lost = passed, .gained = passed};
}

TrainingSample::Trained TrainingSample::Train(const Trainees& trainees) const {
  const Market& market = problem_.market;
  Trained trained = {.network = Network(static_cast<uint32_t>(market.roles.size()),
                                        static_cast<uint32_t>(market.cities.size())),
                     .supply = std::vector<std::vector<int64_t>>(market.weeks)};
  for (const Reach& reach : market.reaches) trained.network.AddReach(reach, kAim);
  for (const PeopleType& type : market.people) {
    trained.network.AddType(type.reach, type.crafts, kAim);
    for (uint32_t week = 0; week < market.weeks; ++week) {
      trained.supply[week].push_back(type.millidays[week]);
    }
  }
  for (size_t i = 0; i < trainees.size(); ++i) {
    if (trainees[i] == 0) continue;
    const TrainingOption& option = problem_.options[i];
    const PeopleType& type = market.people[option.type];
    const Course& course = problem_.courses[option.course];
    std::vector<Craft> crafts = type.crafts;
    crafts.push_back({.role = course.role,
                      .productivity_millionths = course.productivity_millionths});
    trained.network.AddType(type.reach, crafts, kAim);
    for (uint32_t week = 0; week < market.weeks; ++week) {
      const Shift& shift = shifts_[week * problem_.options.size() + i];
      trained.supply[week][option.type] -= trainees[i] * shift.lost;
      trained.supply[week].push_back(trainees[i] * shift.gained);
    }
  }
  trained.network.Seal();
  return trained;
}

TrainingSample::Evaluation TrainingSample::Evaluate(const Trainees& trainees, bool with_slopes,
                                                    const StopToken& stop) {
  const Trained trained = Train(trainees);
  const size_t options = with_slopes ? problem_.options.size() : 0;
  const size_t pieces = (draws_ + kDrawsOfPiece - 1) / kDrawsOfPiece;
  Evaluation evaluation = {.worth_of = std::vector<int64_t>(draws_)};
  std::vector<std::vector<int64_t>> slopes(pieces);
  std::atomic<bool> is_stopped = false;
  ForEachPiece(pieces, executor_, [&](size_t piece) {
    WeekSolver solver(trained.network);
    slopes[piece].resize(options);
    const auto first = static_cast<uint32_t>(piece) * kDrawsOfPiece;
    for (uint32_t draw = first; draw < std::min(first + kDrawsOfPiece, draws_); ++draw) {
      if (stop.StopRequested()) is_stopped = true;
      if (is_stopped) return;
      LookAt(draw, trained, solver, slopes[piece], evaluation.worth_of[draw]);
    }
  });
  if (is_stopped) return {.is_stopped = true};
  weeks_solved_ += WeeksOfEvaluation();
  for (int64_t worth : evaluation.worth_of) evaluation.worth += worth;
  evaluation.slopes.resize(options);
  for (const std::vector<int64_t>& part : slopes) {
    for (size_t i = 0; i < options; ++i) evaluation.slopes[i] += part[i];
  }
  return evaluation;
}

void TrainingSample::LookAt(uint32_t draw, const Trained& trained, WeekSolver& solver,
                            std::span<int64_t> slopes, int64_t& worth) {
  const size_t cells = problem_.market.cells();
  for (uint32_t week = 0; week < problem_.market.weeks; ++week) {
    const std::span<const int64_t> demand(&demand_[draw][week * cells], cells);
    std::vector<Gain>& guide = guides_[draw][week];
    solver.Solve(trained.supply[week], demand, guide);
    guide.assign(solver.prices().begin(), solver.prices().end());
    worth += solver.worth();
    if (!slopes.empty()) AddSlopes(trained.network, guide, week, slopes);
  }
}

// Prices of cells are a solution of the dual program, whatever types there are: with them
// a milliday of a type is worth at most what its best cell leaves, and sums of that bound
// the worth of any other supply.
void TrainingSample::AddSlopes(const Network& network, std::span<const Gain> prices, uint32_t week,
                               std::span<int64_t> slopes) const {
  const Market& market = problem_.market;
  const auto roles = static_cast<uint32_t>(market.roles.size());
  const auto cities = static_cast<uint32_t>(market.cities.size());
  std::vector<int64_t> best(market.reaches.size() * roles);
  for (uint32_t reach = 0; reach < market.reaches.size(); ++reach) {
    for (uint32_t role = 0; role < roles; ++role) {
      Gain most = WeekSolver::kClosed;
      for (const Network::Leg& leg : network.legs(reach)) {
        most = std::max(most, prices[role * cities + leg.city]);
      }
      best[reach * roles + role] = most;
    }
  }
  uint32_t type = ~uint32_t{0};
  Gain old_price = 0;
  for (size_t i = 0; i < slopes.size(); ++i) {
    const TrainingOption& option = problem_.options[i];
    const Shift& shift = shifts_[week * problem_.options.size() + i];
    if (shift.lost == 0) continue;
    const int64_t* of_reach = &best[market.people[option.type].reach * roles];
    if (option.type != type) {
      type = option.type;
      old_price = 0;
      for (const Network::Trade& trade : network.trades(type)) {
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
