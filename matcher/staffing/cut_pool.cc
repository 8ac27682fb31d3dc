#include "matcher/staffing/cut_pool.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

namespace troupe::staffing {
namespace {

// What rounding of doubles may hide of a sum, and more.
constexpr double kRoundedUp = 1e-11;

// Tries all feasible trainees, option by option, but for those that cuts rule out.
class MostPromisingSearch {
 public:
  struct Line {
    int64_t constant;
    std::span<const int64_t> slopes;
  };

  MostPromisingSearch(const TrainingProblem& problem, std::vector<Line> lines, int64_t best,
                      int64_t steps)
      : problem_(problem),
        lines_(std::move(lines)),
        best_(best),
        steps_(steps),
        money_(problem.budget),
        at_(problem.options.size()) {
    for (const Course& course : problem.courses) seats_.push_back(course.seats);
    for (const PeopleType& type : problem.market.people) people_.push_back(type.people);
    // From the last option back: what all from one on add at most, by line; as many as
    // there are, or as much as the budget pays for, whatever is less.
    const size_t options = problem.options.size();
    for (const Line& line : lines_) {
      std::vector<int64_t> sum(options + 1);
      std::vector<double> rate(options + 1);
      for (size_t i = options; i-- > 0;) {
        const int64_t slope = std::max<int64_t>(0, line.slopes[i]);
        const auto cost = static_cast<double>(CostAt(i));
        sum[i] = sum[i + 1] + slope * problem.options[i].people;
        rate[i] = std::max(rate[i + 1], static_cast<double>(slope) / cost);
      }
      sums_.push_back(std::move(sum));
      rates_.push_back(std::move(rate));
    }
  }

  // False if there were too many to try.
  bool Run() {
    std::vector<int64_t> values;
    for (const Line& line : lines_) values.push_back(line.constant);
    Try(0, values);
    return steps_ >= 0;
  }

  int64_t best() const { return best_; }
  Trainees& found() { return found_; }

 private:
  int64_t CostAt(size_t option) const {
    return problem_.courses[problem_.options[option].course].cost;
  }

  int64_t MostFrom(size_t option, const std::vector<int64_t>& values) const {
    int64_t most = std::numeric_limits<int64_t>::max();
    for (size_t i = 0; i < lines_.size(); ++i) {
      const double paid = rates_[i][option] * static_cast<double>(money_) * (1 + kRoundedUp) + 1;
      const auto left = static_cast<double>(sums_[i][option]);
      const int64_t more = left <= paid ? sums_[i][option] : static_cast<int64_t>(paid);
      most = std::min(most, values[i] + more);
    }
    return most;
  }

  void Try(size_t option, const std::vector<int64_t>& values) {
    if (--steps_ < 0 || MostFrom(option, values) <= best_) return;
    if (option == at_.size()) {
      best_ = *std::min_element(values.begin(), values.end());
      found_ = at_;
      return;
    }
    const TrainingOption& row = problem_.options[option];
    int64_t& seats = seats_[row.course];
    int64_t& people = people_[row.type];
    const int64_t most =
        std::min({row.people, seats, people, money_ / CostAt(option)});
    std::vector<int64_t> with = values;
    for (int64_t count = 0; count <= most; ++count) {
      at_[option] = count;
      seats -= count, people -= count, money_ -= count * CostAt(option);
      Try(option + 1, with);
      seats += count, people += count, money_ += count * CostAt(option);
      for (size_t i = 0; i < lines_.size(); ++i) with[i] += lines_[i].slopes[option];
    }
    at_[option] = 0;
  }

  const TrainingProblem& problem_;
  const std::vector<Line> lines_;
  int64_t best_;
  int64_t steps_;
  int64_t money_;
  Trainees at_;
  Trainees found_;
  std::vector<int64_t> seats_, people_;
  std::vector<std::vector<int64_t>> sums_;
  std::vector<std::vector<double>> rates_;
};

}  // namespace

CutPool::CutPool(const TrainingProblem& problem)
    : problem_(problem),
      order_(problem.options.size()),
      seats_left_(problem.courses.size()) {
  for (uint32_t i = 0; i < order_.size(); ++i) order_[i] = i;
}

void CutPool::Add(const Trainees& trainees, int64_t worth, std::span<const int64_t> slopes) {
  Cut cut = {.constant = worth, .slopes = {slopes.begin(), slopes.end()}};
  for (size_t i = 0; i < trainees.size(); ++i) cut.constant -= slopes[i] * trainees[i];
  cuts_.push_back(std::move(cut));
}

// Of one course every seat costs the same, so the best for the money, in order, until
// seats or money run out, is the best of all.
double CutPool::MostOf(std::span<const double> slopes, std::span<double> at) {
  std::fill(at.begin(), at.end(), 0.0);
  const auto cost_of = [&](uint32_t option) {
    return static_cast<double>(problem_.courses[problem_.options[option].course].cost);
  };
  std::vector<std::pair<double, uint32_t>> rates;
  for (uint32_t option : order_) {
    if (slopes[option] > 0) rates.emplace_back(-slopes[option] / cost_of(option), option);
  }
  std::sort(rates.begin(), rates.end());
  for (size_t i = 0; i < seats_left_.size(); ++i) {
    seats_left_[i] = static_cast<double>(problem_.courses[i].seats);
  }
  auto money = static_cast<double>(problem_.budget);
  double sum = 0;
  for (const auto& [rate, option] : rates) {
    const TrainingOption& row = problem_.options[option];
    const double people = std::min(
        {static_cast<double>(row.people), seats_left_[row.course], money / cost_of(option)});
    if (people <= 0) continue;
    at[option] = people;
    seats_left_[row.course] -= people;
    money -= people * cost_of(option);
    sum += people * slopes[option];
  }
  return sum;
}

namespace {

// What it costs to train one more of a type, for whoever takes a course besides: with any
// such prices the most that slopes less prices reach, and what all people are worth at them,
// is no less than the most that slopes reach (Lagrange). They follow how many more of a type
// would be trained than there are (B. T. Polyak 1969).
class TypePrices {
 public:
  explicit TypePrices(const TrainingProblem& problem)
      : problem_(problem), prices_(problem.market.people.size()), over_(prices_.size()) {}

  double Of(uint32_t option) const { return prices_[problem_.options[option].type]; }
  double OfEverybody() const {
    double sum = 0;
    for (size_t type = 0; type < prices_.size(); ++type) {
      sum += prices_[type] * static_cast<double>(problem_.market.people[type].people);
    }
    return sum;
  }

  // `value` is what they led to, with trainees `at`; less than `least` is out of reach.
  void Follow(std::span<const double> at, double value, double least) {
    for (size_t type = 0; type < over_.size(); ++type) {
      over_[type] = -static_cast<double>(problem_.market.people[type].people);
    }
    for (size_t i = 0; i < at.size(); ++i) over_[problem_.options[i].type] += at[i];
    double squares = 0;
    for (size_t type = 0; type < over_.size(); ++type) {
      if (over_[type] < 0 && prices_[type] == 0) over_[type] = 0;
      squares += over_[type] * over_[type];
    }
    if (squares == 0) return;
    const double step = (value - least) / squares;
    for (size_t type = 0; type < over_.size(); ++type) {
      prices_[type] = std::max(0.0, prices_[type] + step * over_[type]);
    }
  }

 private:
  const TrainingProblem& problem_;
  std::vector<double> prices_;
  std::vector<double> over_;
};

}  // namespace

// Mixes of cuts are cuts, so the least of their bounds is sought: each round adds weight
// to the cut that allows the least where the mix so far allows the most (M. Frank and
// P. Wolfe 1956). Where it allows the most is on average where cuts do together.
CutPool::Relaxation CutPool::Relax(int rounds, int64_t reached) {
  const size_t options = problem_.options.size();
  std::vector<double> mixed(options), priced(options), at(options), mean(options);
  double constant = 0, best = std::numeric_limits<double>::infinity();
  // From the first constant on, so that doubles keep what differs.
  const int64_t origin = cuts_.empty() ? 0 : cuts_[0].constant;
  TypePrices prices(problem_);
  size_t lowest = cuts_.size() - 1;
  for (int round = 0; round < rounds; ++round) {
    const double step = 2.0 / (round + 2);
    const Cut& cut = cuts_[lowest];
    constant += step * (static_cast<double>(cut.constant - origin) - constant);
    for (size_t i = 0; i < options; ++i) {
      mixed[i] += step * (static_cast<double>(cut.slopes[i]) - mixed[i]);
      priced[i] = mixed[i] - prices.Of(static_cast<uint32_t>(i));
    }
    const double value = constant + MostOf(priced, at) + prices.OfEverybody();
    best = std::min(best, value);
    prices.Follow(at, value, static_cast<double>(reached - origin));
    for (size_t i = 0; i < options; ++i) mean[i] += step * (at[i] - mean[i]);
    std::vector<uint32_t> support = order_;
    std::erase_if(support, [&](uint32_t option) { return at[option] <= 0; });
    double least = std::numeric_limits<double>::infinity();
    for (size_t i = 0; i < cuts_.size(); ++i) {
      auto allowed = static_cast<double>(cuts_[i].constant - origin);
      for (uint32_t j : support) allowed += static_cast<double>(cuts_[i].slopes[j]) * at[j];
      if (allowed < least) least = allowed, lowest = i;
    }
  }
  return {origin + static_cast<int64_t>(std::ceil(best + std::abs(best) * kRoundedUp)),
          std::move(mean)};
}

std::optional<CutPool::Candidate> CutPool::MostPromising(int64_t best, int64_t steps) const {
  std::vector<MostPromisingSearch::Line> lines;
  for (const Cut& cut : cuts_) lines.push_back({cut.constant, cut.slopes});
  MostPromisingSearch search(problem_, std::move(lines), best, steps);
  if (!search.Run()) return std::nullopt;
  return Candidate{.bound = search.best(), .trainees = std::move(search.found())};
}

}  // namespace troupe::staffing
