#include "matcher/staffing/explain_training.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

#include "matcher/staffing/demand_model.h"
#include "matcher/staffing/network.h"
#include "matcher/staffing/week_solver.h"

namespace troupe::staffing {
namespace {

// Of equal fill the cheapest: then people stay in their main roles at home as long as that
// costs nothing, so that it shows who moved. Merged markets have no costs.
constexpr Network::Aim kAim = Network::Aim::kFillThenTravel;

// What one option of a plan does, summed over draws and weeks.
struct Effect {
  uint32_t option;
  uint32_t trained;  // Their type in the network.
  int64_t worth = 0;
  std::vector<int64_t> own;   // Millidays in the new role, by cell.
  std::vector<int64_t> more;  // Millidays filled more than without them, by cell.
};

std::vector<CellDays> MostFirst(const std::vector<double>& role_days) {
  std::vector<CellDays> days;
  for (uint32_t cell = 0; cell < role_days.size(); ++cell) {
    if (role_days[cell] > 0) days.push_back({cell, role_days[cell]});
  }
  std::stable_sort(days.begin(), days.end(), [](const CellDays& a, const CellDays& b) {
    return a.role_days > b.role_days;
  });
  return days;
}

class Explanation {
 public:
  Explanation(const TrainingProblem& problem, const Trainees& trainees)
      : problem_(problem),
        trainees_(trainees),
        network_(problem.market, kAim),
        cells_(problem.market.cells()) {
    for (uint32_t i = 0; i < trainees.size(); ++i) {
      if (trainees[i] == 0) continue;
      const TrainingOption& option = problem.options[i];
      const uint32_t trained = network_.AddType(problem.market.people[option.type].reach,
                                                CraftsAfter(problem, option), kAim);
      effects_.push_back({.option = i,
                          .trained = trained,
                          .own = std::vector<int64_t>(cells_),
                          .more = std::vector<int64_t>(cells_)});
    }
    network_.Seal();
  }

  void Look(std::span<const int64_t> demand, uint32_t week) {
    WeekSolver solver(network_);
    solver.Solve(SupplyOf(week), demand, {});
    const std::vector<int64_t> filled = FilledBy(solver, demand);
    const int64_t worth = solver.worth();
    const size_t first = problem_.market.people.size();
    solver.ForEachUse([&](uint32_t type, uint32_t cell, int64_t millidays) {
      if (type < first) return;
      Effect& effect = effects_[type - first];
      if (cell / problem_.market.cities.size() == RoleOf(effect)) effect.own[cell] += millidays;
    });
    const WeekSolver::State planned = solver.state();
    for (Effect& effect : effects_) {
      const TrainingOption& option = problem_.options[effect.option];
      const TimeShift shift = ShiftOf(problem_, option, week);
      if (shift.lost == 0) continue;
      const int64_t people = trainees_[effect.option];
      solver.Restore(planned);
      if (shift.gained > 0) {
        solver.PassSupply(effect.trained, option.type, people * shift.gained);
      } else {
        solver.ChangeSupply(option.type, people * shift.lost);
      }
      solver.Resolve();
      effect.worth += worth - solver.worth();
      const std::vector<int64_t> without = FilledBy(solver, demand);
      for (size_t cell = 0; cell < cells_; ++cell) {
        effect.more[cell] += filled[cell] - without[cell];
      }
    }
  }

  std::vector<TrainingReason> Reasons(uint32_t draws) const {
    std::vector<TrainingReason> reasons;
    for (const Effect& effect : effects_) {
      std::vector<double> own(cells_), others(cells_);
      for (size_t i = 0; i < cells_; ++i) {
        own[i] = static_cast<double>(effect.own[i]) / kMillidays / draws;
        others[i] = static_cast<double>(effect.more[i] - effect.own[i]) / kMillidays / draws;
      }
      reasons.push_back({.option = effect.option,
                         .people = trainees_[effect.option],
                         .role_days = static_cast<double>(effect.worth) / kWorthOfDay / draws,
                         .fills = MostFirst(own),
                         .frees = MostFirst(others)});
    }
    return reasons;
  }

 private:
  uint32_t RoleOf(const Effect& effect) const {
    return problem_.courses[problem_.options[effect.option].course].role;
  }

  std::vector<int64_t> SupplyOf(uint32_t week) const {
    std::vector<int64_t> supply(network_.types());
    for (size_t i = 0; i < problem_.market.people.size(); ++i) {
      supply[i] = problem_.market.people[i].millidays[week];
    }
    for (const Effect& effect : effects_) {
      const TrainingOption& option = problem_.options[effect.option];
      const TimeShift shift = ShiftOf(problem_, option, week);
      supply[option.type] -= trainees_[effect.option] * shift.lost;
      supply[effect.trained] += trainees_[effect.option] * shift.gained;
    }
    return supply;
  }

  static std::vector<int64_t> FilledBy(const WeekSolver& solver, std::span<const int64_t> demand) {
    std::vector<int64_t> filled(demand.begin(), demand.end());
    for (uint32_t cell = 0; cell < filled.size(); ++cell) filled[cell] -= solver.Unmet(cell);
    return filled;
  }

  const TrainingProblem& problem_;
  const Trainees& trainees_;
  Network network_;
  const size_t cells_;
  std::vector<Effect> effects_;
};

}  // namespace

absl::StatusOr<std::vector<TrainingReason>> ExplainTraining(const TrainingProblem& problem,
                                                            const Trainees& trainees,
                                                            const ExplainOptions& options,
                                                            const StopToken& stop) {
  Explanation explanation(problem, trainees);
  const DemandModel model(problem.market, problem.regime);
  const size_t cells = problem.market.cells();
  for (uint32_t draw = 0; draw < options.draws; ++draw) {
    const std::vector<int64_t> demand = model.Draw(options.seed, draw);
    for (uint32_t week = 0; week < problem.market.weeks; ++week) {
      if (stop.StopRequested()) return absl::CancelledError("the explanation was stopped");
      explanation.Look({&demand[week * cells], cells}, week);
    }
  }
  return explanation.Reasons(options.draws);
}

std::vector<CourseReason> ReasonsByCourse(const TrainingProblem& problem,
                                          const std::vector<TrainingReason>& reasons,
                                          int64_t least_people) {
  const size_t cells = problem.market.cells();
  std::vector<CourseReason> all(problem.courses.size());
  std::vector<std::vector<double>> fills(all.size(), std::vector<double>(cells)), frees(fills);
  for (const TrainingReason& reason : reasons) {
    const uint32_t course = problem.options[reason.option].course;
    all[course].people += reason.people;
    all[course].role_days += reason.role_days;
    for (const CellDays& days : reason.fills) fills[course][days.cell] += days.role_days;
    for (const CellDays& days : reason.frees) frees[course][days.cell] += days.role_days;
  }
  std::vector<CourseReason> published;
  for (uint32_t course = 0; course < all.size(); ++course) {
    if (all[course].people < std::max<int64_t>(1, least_people)) continue;
    all[course].course = course;
    all[course].fills = MostFirst(fills[course]);
    all[course].frees = MostFirst(frees[course]);
    published.push_back(std::move(all[course]));
  }
  return published;
}

}  // namespace troupe::staffing
