#include "tests/testing/country.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <string>

#include "matcher/staffing/census.h"
#include "matcher/staffing/merge.h"
#include "matcher/staffing/random.h"

namespace troupe::testing {
namespace {

using staffing::Craft;
using staffing::Market;
using staffing::Person;
using staffing::Random;
using staffing::Reach;

// Cities of a province.
constexpr size_t kCitiesOfRegion = 4;
enum Willingness : size_t { kHome, kProvince, kAnywhere, kWillingnesses };

// Shares that sum up to 1, falling with the rank.
std::vector<double> FallingShares(size_t count, double power) {
  std::vector<double> shares(count);
  for (size_t i = 0; i < count; ++i) shares[i] = std::pow(static_cast<double>(i + 1), -power);
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (double& share : shares) share /= sum;
  return shares;
}

size_t Pick(std::span<const double> shares, Random& random) {
  double left = random.Uniform();
  for (size_t i = 0; i + 1 < shares.size(); ++i) {
    if ((left -= shares[i]) < 0) return i;
  }
  return shares.size() - 1;
}

int32_t CostOf(size_t a, size_t b, size_t cities) {
  // On a spiral, so that distances are many and differ.
  const auto at = [&](size_t city) {
    const double angle = 2.4 * static_cast<double>(city);
    const double radius = std::sqrt(static_cast<double>(city + 1) / static_cast<double>(cities));
    return std::pair(radius * std::cos(angle), radius * std::sin(angle));
  };
  const auto [ax, ay] = at(a);
  const auto [bx, by] = at(b);
  return 150 + static_cast<int32_t>(400 * std::hypot(ax - bx, ay - by));
}

void AddReaches(Market& market) {
  const auto cities = static_cast<uint32_t>(market.cities.size());
  for (uint32_t home = 0; home < cities; ++home) {
    for (size_t willing = kHome; willing < kWillingnesses; ++willing) {
      Reach reach = {.home = home};
      for (uint32_t city = 0; city < cities; ++city) {
        const bool is_near = market.cities[city].region == market.cities[home].region;
        if (city == home || willing == kHome || (willing == kProvince && !is_near)) continue;
        reach.away.push_back({.city = city, .cost = CostOf(home, city, cities)});
      }
      market.reaches.push_back(reach);
    }
  }
}

CountryPerson MakePerson(const Market& market, std::span<const double> cities,
                         std::span<const double> roles, Random& random) {
  const size_t home = Pick(cities, random);
  const uint64_t willing = random.Below(10);
  const size_t level = willing < 5 ? kHome : willing < 8 ? kProvince : kAnywhere;
  CountryPerson person = {.reach = static_cast<uint32_t>(home * kWillingnesses + level),
                          .acceptance_millionths =
                              100'000 * static_cast<int64_t>(5 + random.Below(6))};
  const auto main = static_cast<uint32_t>(Pick(roles, random));
  person.crafts.push_back({.role = main});
  const size_t more = random.Below(5) < 2 ? (random.Below(10) < 3 ? 2 : 1) : 0;
  for (size_t i = 0; i < more; ++i) {
    const auto step = static_cast<uint32_t>(1 + random.Below(2) + 2 * i);
    const auto role = static_cast<uint32_t>((main + step) % market.roles.size());
    person.crafts.push_back({.role = role, .reluctance = 1});
  }
  std::sort(person.crafts.begin(), person.crafts.end());
  for (uint32_t week = 0; week < market.weeks; ++week) {
    person.free_days.push_back(static_cast<uint8_t>(random.Below(8)));
  }
  return person;
}

// Of the days of all people a share, by city, role and week, with chance on top.
void AddDemand(const CountrySize& size, double days_of_week, Market& market, Random& random) {
  const std::vector<double> cities = FallingShares(size.cities, 1.1);
  const std::vector<double> roles = FallingShares(size.roles, 0.4);
  market.demand_millidays.resize(market.weeks * market.cells());
  for (uint32_t week = 0; week < market.weeks; ++week) {
    const double season = 1 + 0.25 * std::sin(0.24 * week);
    for (size_t role = 0; role < size.roles; ++role) {
      for (size_t city = 0; city < size.cities; ++city) {
        const double mean =
            days_of_week * size.load * season * cities[city] * roles[size.roles - 1 - role];
        const double chance = 0.5 + random.Uniform();
        market.demand_millidays[market.DemandAt(week, role, city)] =
            random.Poisson(mean * chance) * staffing::kMillidays;
      }
    }
  }
}

}  // namespace

Country MakeCountry(const CountrySize& size, uint64_t seed) {
  Random random(seed);
  Country country = {.market = {.weeks = size.weeks}};
  Market& market = country.market;
  for (size_t i = 0; i < size.roles; ++i) market.roles.push_back("role-" + std::to_string(i));
  for (size_t i = 0; i < size.cities; ++i) {
    market.cities.push_back({.id = "city-" + std::to_string(i),
                             .region = static_cast<uint32_t>(i / kCitiesOfRegion)});
  }
  AddReaches(market);
  const std::vector<double> cities = FallingShares(size.cities, 0.9);
  const std::vector<double> roles = FallingShares(size.roles, 0.4);
  int64_t days_millionths = 0;
  for (size_t i = 0; i < size.people; ++i) {
    country.people.push_back(MakePerson(market, cities, roles, random));
    const CountryPerson& person = country.people.back();
    days_millionths += person.acceptance_millionths *
                       std::accumulate(person.free_days.begin(), person.free_days.end(), 0);
  }
  AddDemand(size, static_cast<double>(days_millionths) / 1e6 / size.weeks, market, random);
  return country;
}

Market TakeCensus(const Country& country) {
  Market market = country.market;
  staffing::Census census(market.weeks);
  for (const CountryPerson& person : country.people) {
    census.Add({.reach = person.reach,
                .crafts = person.crafts,
                .acceptance_millionths = person.acceptance_millionths,
                .free_days = person.free_days});
  }
  market.people = census.Types(nullptr);
  return market;
}

staffing::TrainingProblem MakeTraining(const Country& country, staffing::Regime regime,
                                       int64_t budget, uint64_t seed) {
  Random random(seed, 1);
  staffing::TrainingProblem problem = {
      .market = staffing::MergeForFilling(TakeCensus(country)).market,
      .budget = budget,
      .regime = regime};
  const Market& market = problem.market;
  for (uint32_t role = 0; role < market.roles.size(); ++role) {
    for (uint32_t city = 0; city < market.cities.size(); ++city) {
      if (city >= 4 && random.Below(4) != 0) continue;
      problem.courses.push_back(
          {.id = market.roles[role] + " in " + market.cities[city].id,
           .role = role,
           .city = city,
           .start_week = static_cast<uint32_t>(random.Below(7)),
           .weeks = static_cast<uint32_t>(2 + random.Below(5)),
           .cost = 1'000 * static_cast<int64_t>(4 + random.Below(13)),
           .seats = static_cast<int64_t>(8 + random.Below(33)),
           .success_millionths = 50'000 * static_cast<int64_t>(14 + random.Below(6)),
           .productivity_millionths = 50'000 * static_cast<int64_t>(12 + random.Below(8))});
    }
  }
  problem.options = staffing::AllOptions(market, problem.courses);
  for (staffing::TrainingOption& option : problem.options) option.people = (option.people + 1) / 2;
  return problem;
}

}  // namespace troupe::testing
