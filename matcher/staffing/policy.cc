#include "matcher/staffing/policy.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "matcher/staffing/enrolment.h"
#include "matcher/staffing/network.h"
#include "matcher/staffing/random.h"
#include "matcher/staffing/week_solver.h"

namespace troupe::staffing {
namespace {

constexpr std::array<absl::string_view, kPolicies.size()> kWords = {
    "none", "proportional", "chain", "random", "gap_greedy"};

// How the market does without training where demand is what is expected.
struct Expected {
  std::vector<int64_t> unmet;      // Millidays, as Market::demand_millidays.
  std::vector<int64_t> idle_share; // Millionths of each type's time that nobody needs.
};

Expected ExpectedGaps(const Market& market) {
  const Network network(market, Network::Aim::kFill);
  WeekSolver solver(network);
  Expected expected;
  std::vector<int64_t> supply(market.people.size()), used(supply), had(supply);
  for (uint32_t week = 0; week < market.weeks; ++week) {
    for (size_t type = 0; type < supply.size(); ++type) {
      supply[type] = market.people[type].millidays[week];
      had[type] += supply[type];
    }
    solver.Solve(supply, {&market.demand_millidays[week * market.cells()], market.cells()}, {});
    solver.ForEachUse([&](uint32_t type, uint32_t, int64_t millidays) { used[type] += millidays; });
    for (uint32_t cell = 0; cell < market.cells(); ++cell) {
      expected.unmet.push_back(solver.Unmet(cell));
    }
  }
  for (size_t type = 0; type < supply.size(); ++type) {
    expected.idle_share.push_back(had[type] == 0 ? 0 : Share(had[type] - used[type], had[type]));
  }
  return expected;
}

// Options of each role that courses teach.
std::vector<std::vector<uint32_t>> OptionsByRole(const TrainingProblem& problem) {
  std::vector<std::vector<uint32_t>> by_role(problem.market.roles.size());
  for (uint32_t i = 0; i < problem.options.size(); ++i) {
    by_role[problem.courses[problem.options[i].course].role].push_back(i);
  }
  return by_role;
}

// Spreads `people` more over options, each time one for whom the least share of those
// who may go does, until money for the role is spent.
void Spread(const TrainingProblem& problem, const std::vector<uint32_t>& options, int64_t money,
            Enrolment& enrolment) {
  std::vector<uint32_t> left = options;
  while (!left.empty()) {
    uint32_t best = left[0];
    for (uint32_t option : left) {
      const int64_t own = (enrolment.trainees()[option] + 1) * problem.options[best].people;
      const int64_t of_best = (enrolment.trainees()[best] + 1) * problem.options[option].people;
      if (own < of_best) best = option;
    }
    const int64_t cost = problem.courses[problem.options[best].course].cost;
    if (enrolment.MostMore(best) <= 0 || cost > money) {
      std::erase(left, best);
      continue;
    }
    enrolment.Add(best, 1);
    money -= cost;
  }
}

Trainees Proportional(const TrainingProblem& problem) {
  const Market& market = problem.market;
  const Expected expected = ExpectedGaps(market);
  std::vector<int64_t> of_role(market.roles.size());
  int64_t all = 0;
  for (size_t i = 0; i < expected.unmet.size(); ++i) {
    of_role[i % market.cells() / market.cities.size()] += expected.unmet[i];
    all += expected.unmet[i];
  }
  Enrolment enrolment(problem, problem.budget);
  const std::vector<std::vector<uint32_t>> by_role = OptionsByRole(problem);
  for (size_t role = 0; role < by_role.size() && all > 0; ++role) {
    const double share = static_cast<double>(of_role[role]) / static_cast<double>(all);
    Spread(problem, by_role[role],
           static_cast<int64_t>(share * static_cast<double>(problem.budget)), enrolment);
  }
  for (const std::vector<uint32_t>& options : by_role) {  // What seats left over.
    Spread(problem, options, enrolment.money(), enrolment);
  }
  return enrolment.trainees();
}

Trainees Chain(const TrainingProblem& problem) {
  const Market& market = problem.market;
  const size_t roles = market.roles.size();
  std::vector<std::vector<uint32_t>> links(roles);
  for (uint32_t i = 0; i < problem.options.size(); ++i) {
    const TrainingOption& option = problem.options[i];
    const uint32_t to = problem.courses[option.course].role;
    for (const Craft& craft : market.people[option.type].crafts) {
      if ((craft.role + 1) % roles == to) links[to].push_back(i);
    }
  }
  Enrolment enrolment(problem, problem.budget);
  std::vector<size_t> next(roles, 0);
  for (bool has_added = true; has_added;) {
    has_added = false;
    for (size_t role = 0; role < roles; ++role) {
      // In turns over the options of a link, so that all cities and types have a part.
      for (size_t tried = 0; tried < links[role].size(); ++tried) {
        const uint32_t option = links[role][next[role]++ % links[role].size()];
        if (enrolment.MostMore(option) <= 0) continue;
        enrolment.Add(option, 1);
        has_added = true;
        break;
      }
    }
  }
  return enrolment.trainees();
}

Trainees AtRandom(const TrainingProblem& problem, uint64_t seed) {
  Random random(seed);
  Enrolment enrolment(problem, problem.budget);
  std::vector<uint32_t> left(problem.options.size());
  for (uint32_t i = 0; i < left.size(); ++i) left[i] = i;
  while (!left.empty()) {
    const size_t at = random.Below(left.size());
    if (enrolment.MostMore(left[at]) > 0) {
      enrolment.Add(left[at], 1);
    } else {
      left[at] = left.back();
      left.pop_back();
    }
  }
  return enrolment.trainees();
}

class GapGreedy {
 public:
  explicit GapGreedy(const TrainingProblem& problem)
      : problem_(problem),
        expected_(ExpectedGaps(problem.market)),
        enrolment_(problem, problem.budget) {
    const Market& market = problem.market;
    gap_of_.resize(market.cells());
    for (size_t i = 0; i < expected_.unmet.size(); ++i) gap_of_[i % market.cells()] += expected_.unmet[i];
  }

  Trainees Run() {
    std::vector<bool> is_closed(gap_of_.size());
    while (true) {
      size_t worst = gap_of_.size();
      for (size_t cell = 0; cell < gap_of_.size(); ++cell) {
        if (is_closed[cell] || gap_of_[cell] <= 0) continue;
        if (worst == gap_of_.size() || gap_of_[cell] > gap_of_[worst]) worst = cell;
      }
      if (worst == gap_of_.size()) return enrolment_.trainees();
      const uint32_t option = BestFor(static_cast<uint32_t>(worst));
      if (option == kNobody) {
        is_closed[worst] = true;
      } else {
        enrolment_.Add(option, 1);
        Fill(option, worst);
      }
    }
  }

 private:
  static constexpr uint32_t kNobody = ~uint32_t{0};

  bool CanGo(uint32_t type, uint32_t city) const {
    const Reach& reach = problem_.market.reaches[problem_.market.people[type].reach];
    if (reach.home == city) return true;
    return std::any_of(reach.away.begin(), reach.away.end(),
                       [&](const Destination& to) { return to.city == city; });
  }

  // Who learns the cell's role, can work there, is idle most and costs least for it.
  uint32_t BestFor(uint32_t cell) const {
    const auto cities = static_cast<uint32_t>(problem_.market.cities.size());
    uint32_t best = kNobody;
    double best_rate = 0;
    for (uint32_t i = 0; i < problem_.options.size(); ++i) {
      const TrainingOption& option = problem_.options[i];
      const Course& course = problem_.courses[option.course];
      if (course.role != cell / cities) continue;
      const double rate =
          static_cast<double>(expected_.idle_share[option.type]) / static_cast<double>(course.cost);
      if (rate <= best_rate || enrolment_.MostMore(i) <= 0 || !CanGo(option.type, cell % cities)) {
        continue;
      }
      best = i;
      best_rate = rate;
    }
    return best;
  }

  // The person's idle weeks after the course go to the cell.
  void Fill(uint32_t option, size_t cell) {
    const TrainingOption& row = problem_.options[option];
    const Course& course = problem_.courses[row.course];
    const PeopleType& type = problem_.market.people[row.type];
    int64_t days = 0;
    for (uint32_t week = course.start_week + course.weeks; week < problem_.market.weeks; ++week) {
      days += type.millidays[week] / type.people;
    }
    days = days * course.success_millionths / kMillionths;
    // At least something, so that it ends.
    gap_of_[cell] -= std::max<int64_t>(1, days * expected_.idle_share[row.type] / kMillionths);
  }

  const TrainingProblem& problem_;
  const Expected expected_;
  Enrolment enrolment_;
  std::vector<int64_t> gap_of_;  // By cell, over all weeks.
};

}  // namespace

absl::string_view PolicyWord(Policy policy) { return kWords[static_cast<size_t>(policy)]; }

Trainees TraineesOf(Policy policy, const TrainingProblem& problem, uint64_t seed) {
  switch (policy) {
    case Policy::kNone: return Trainees(problem.options.size());
    case Policy::kProportional: return Proportional(problem);
    case Policy::kChain: return Chain(problem);
    case Policy::kRandom: return AtRandom(problem, seed);
    case Policy::kGapGreedy: return GapGreedy(problem).Run();
  }
  return Trainees(problem.options.size());
}

}  // namespace troupe::staffing
