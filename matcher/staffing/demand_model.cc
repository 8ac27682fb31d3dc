#include "matcher/staffing/demand_model.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "matcher/staffing/random.h"

namespace troupe::staffing {
namespace {

constexpr std::array<absl::string_view, kRegimes.size()> kWords = {
    "poisson", "bursty", "seasonal", "dominating_city", "correlated_roles"};
constexpr uint32_t kFortnight = 2;     // Weeks.
constexpr double kSeason = 26;         // Weeks.
constexpr uint32_t kNeighbours = 3;    // Roles that rise and fall together.

double Around1(double shape, Random& random) { return random.Gamma(shape) / shape; }

}  // namespace

absl::string_view RegimeWord(Regime regime) { return kWords[static_cast<size_t>(regime)]; }

std::optional<Regime> RegimeOf(absl::string_view word) {
  for (Regime regime : kRegimes) {
    if (RegimeWord(regime) == word) return regime;
  }
  return std::nullopt;
}

DemandModel::DemandModel(const Market& market, Regime regime)
    : regime_(regime),
      roles_(static_cast<uint32_t>(market.roles.size())),
      cities_(static_cast<uint32_t>(market.cities.size())),
      weeks_(market.weeks) {
  std::vector<double> by_city(cities_);
  for (size_t i = 0; i < market.demand_millidays.size(); ++i) {
    expected_.push_back(static_cast<double>(market.demand_millidays[i]) / kMillidays);
    by_city[i % cities_] += expected_.back();
  }
  dominating_ = static_cast<uint32_t>(std::max_element(by_city.begin(), by_city.end()) -
                                      by_city.begin());
}

// By week, role and city. One stream for each thing that is drawn, so that a market
// with one week more draws the same weeks before.
std::vector<double> DemandModel::FactorsOf(uint64_t seed, uint64_t number) const {
  std::vector<double> factors(expected_.size(), 1.0);
  const auto each = [&](auto factor_of) {
    for (uint32_t week = 0, i = 0; week < weeks_; ++week) {
      for (uint32_t role = 0; role < roles_; ++role) {
        for (uint32_t city = 0; city < cities_; ++city) factors[i++] = factor_of(week, role, city);
      }
    }
  };
  const uint32_t fortnights = (weeks_ + kFortnight - 1) / kFortnight;
  Random random(seed ^ 0x5eed, number);
  std::vector<double> drawn;
  const auto draw = [&](size_t count, double shape) {
    for (size_t i = 0; i < count; ++i) drawn.push_back(Around1(shape, random));
  };
  switch (regime_) {
    case Regime::kPoisson: break;
    case Regime::kBursty:
      draw(size_t{fortnights} * roles_ * cities_, 0.5);
      each([&](uint32_t week, uint32_t role, uint32_t city) {
        return drawn[(size_t{week / kFortnight} * roles_ + role) * cities_ + city];
      });
      break;
    case Regime::kSeasonal: {
      draw(cities_, 8);
      std::vector<double> phases;
      for (uint32_t i = 0; i < cities_; ++i) phases.push_back(random.Uniform());
      each([&](uint32_t week, uint32_t, uint32_t city) {
        const double turn = 2 * std::numbers::pi * (week / kSeason + phases[city]);
        return drawn[city] * (1 + 0.6 * std::sin(turn));
      });
      break;
    }
    case Regime::kDominatingCity:
      draw(fortnights, 2);
      each([&](uint32_t week, uint32_t, uint32_t city) {
        return city == dominating_ ? drawn[week / kFortnight] : 1.0;
      });
      break;
    case Regime::kCorrelatedRoles: {
      const uint32_t groups = (roles_ + kNeighbours - 1) / kNeighbours;
      draw(size_t{fortnights} * groups, 3);
      each([&](uint32_t week, uint32_t role, uint32_t) {
        return drawn[size_t{week / kFortnight} * groups + role / kNeighbours];
      });
      break;
    }
  }
  return factors;
}

std::vector<int64_t> DemandModel::Draw(uint64_t seed, uint64_t number) const {
  const std::vector<double> factors = FactorsOf(seed, number);
  std::vector<int64_t> demand(expected_.size());
  Random random(seed, number);
  for (size_t i = 0; i < demand.size(); ++i) {
    demand[i] = random.Poisson(expected_[i] * factors[i]) * kMillidays;
  }
  return demand;
}

}  // namespace troupe::staffing
