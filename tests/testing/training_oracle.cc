#include "tests/testing/training_oracle.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace troupe::testing {
namespace {

using staffing::Course;
using staffing::Craft;
using staffing::Market;
using staffing::PeopleType;
using staffing::Reach;
using staffing::Trainees;
using staffing::TrainingOption;

// Some people's time in one week, and where it can go.
struct Source {
  int64_t millidays;
  std::vector<int64_t> worth_at;  // By cell; -1 where it cannot go.
};

std::vector<int64_t> WorthAt(const Market& market, const PeopleType& type) {
  std::vector<int64_t> worth(market.cells(), -1);
  const Reach& reach = market.reaches[type.reach];
  for (const Craft& craft : type.crafts) {
    worth[market.CellOf(craft.role, reach.home)] = craft.productivity_millionths;
    for (const auto& to : reach.away) {
      worth[market.CellOf(craft.role, to.city)] = craft.productivity_millionths;
    }
  }
  return worth;
}

// Paths of the greatest worth one after the other (R. G. Busacker, P. J. Gowen 1961),
// found by relaxing arcs until nothing changes (R. Bellman 1958).
class WeekFlow {
 public:
  WeekFlow(std::vector<Source> sources, std::vector<int64_t> demand)
      : sources_(std::move(sources)),
        demand_(std::move(demand)),
        flow_(sources_.size(), std::vector<int64_t>(demand_.size())) {}

  int64_t Run() {
    int64_t worth = 0;
    while (const int64_t more = PushBest()) worth += more;
    return worth;
  }

 private:
  static constexpr int64_t kNever = std::numeric_limits<int64_t>::min() / 2;

  int64_t PushBest() {
    const size_t sources = sources_.size(), cells = demand_.size();
    std::vector<int64_t> at_source(sources, kNever), at_cell(cells, kNever);
    std::vector<size_t> cell_before(sources, cells), source_before(cells, sources);
    for (size_t i = 0; i < sources; ++i) {
      if (sources_[i].millidays > 0) at_source[i] = 0;
    }
    for (bool changed = true; changed;) {
      changed = false;
      for (size_t i = 0; i < sources; ++i) {
        for (size_t j = 0; j < cells; ++j) {
          const int64_t worth = sources_[i].worth_at[j];
          if (worth < 0) continue;
          if (at_source[i] > kNever && at_source[i] + worth > at_cell[j]) {
            at_cell[j] = at_source[i] + worth, source_before[j] = i, changed = true;
          }
          if (flow_[i][j] > 0 && at_cell[j] > kNever && at_cell[j] - worth > at_source[i]) {
            at_source[i] = at_cell[j] - worth, cell_before[i] = j, changed = true;
          }
        }
      }
    }
    size_t last = cells;
    for (size_t j = 0; j < cells; ++j) {
      if (demand_[j] > 0 && at_cell[j] > 0 && (last == cells || at_cell[j] > at_cell[last])) last = j;
    }
    if (last == cells) return 0;
    int64_t most = demand_[last];
    size_t first = sources;
    for (size_t j = last; j != cells; j = cell_before[first]) {
      first = source_before[j];
      const size_t back = cell_before[first];
      most = std::min(most, back == cells ? sources_[first].millidays : flow_[first][back]);
    }
    for (size_t j = last; j != cells;) {
      const size_t i = source_before[j], back = cell_before[i];
      flow_[i][j] += most;
      if (back != cells) flow_[i][back] -= most;
      j = back;
    }
    sources_[first].millidays -= most;
    demand_[last] -= most;
    return most * at_cell[last];
  }

  std::vector<Source> sources_;
  std::vector<int64_t> demand_;
  std::vector<std::vector<int64_t>> flow_;
};

int64_t WorthOfWeek(const staffing::TrainingProblem& problem, const Trainees& trainees,
                    uint32_t week, const int64_t* demand) {
  const Market& market = problem.market;
  std::vector<Source> sources;
  for (const PeopleType& type : market.people) {
    sources.push_back({type.millidays[week], WorthAt(market, type)});
  }
  for (size_t i = 0; i < trainees.size(); ++i) {
    const TrainingOption& option = problem.options[i];
    const Course& course = problem.courses[option.course];
    if (week < course.start_week || trainees[i] == 0) continue;
    PeopleType type = market.people[option.type];
    const int64_t own = type.millidays[week] / type.people;
    if (week < course.start_week + course.weeks) {
      sources[option.type].millidays -= trainees[i] * (own * course.absence_millionths / kMillionths);
      continue;
    }
    const int64_t passed = trainees[i] * (own * course.success_millionths / kMillionths);
    type.crafts.push_back({.role = course.role,
                           .productivity_millionths = course.productivity_millionths});
    sources[option.type].millidays -= passed;
    sources.push_back({passed, WorthAt(market, type)});
  }
  return WeekFlow(sources, {demand, demand + market.cells()}).Run();
}

}  // namespace

TrainingOracle::TrainingOracle(const staffing::TrainingProblem& problem, uint64_t seed,
                               uint32_t draws)
    : problem_(problem) {
  const staffing::DemandModel model(problem.market, problem.regime);
  for (uint32_t draw = 0; draw < draws; ++draw) demand_.push_back(model.Draw(seed, draw));
}

int64_t TrainingOracle::WorthOf(const Trainees& trainees) const {
  int64_t worth = 0;
  for (const std::vector<int64_t>& demand : demand_) {
    for (uint32_t week = 0; week < problem_.market.weeks; ++week) {
      worth += WorthOfWeek(problem_, trainees, week, &demand[week * problem_.market.cells()]);
    }
  }
  return worth;
}

void TrainingOracle::ForEach(const std::function<void(const Trainees&)>& visit) const {
  Trainees trainees(problem_.options.size());
  while (true) {
    if (staffing::IsFeasible(problem_, trainees)) visit(trainees);
    size_t at = 0;
    while (at < trainees.size() && trainees[at] == problem_.options[at].people) trainees[at++] = 0;
    if (at == trainees.size()) return;
    ++trainees[at];
  }
}

}  // namespace troupe::testing
