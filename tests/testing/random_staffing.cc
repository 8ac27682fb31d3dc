#include "tests/testing/random_staffing.h"

#include <string>

namespace troupe::testing {
namespace {

using staffing::kMillidays;
using staffing::Market;
using staffing::PeopleType;
using staffing::Reach;

Market Frame(size_t roles, size_t cities, uint32_t weeks) {
  Market market = {.weeks = weeks};
  for (size_t i = 0; i < roles; ++i) market.roles.push_back("role-" + std::to_string(i));
  for (size_t i = 0; i < cities; ++i) {
    market.cities.push_back({.id = "city-" + std::to_string(i),
                             .region = static_cast<uint32_t>(i / 3)});
  }
  market.demand_millidays.resize(weeks * market.cells());
  return market;
}

Reach RandomReach(size_t cities, size_t one_in, Dice& dice) {
  Reach reach = {.home = static_cast<uint32_t>(dice.Below(cities))};
  for (uint32_t city = 0; city < cities; ++city) {
    if (city == reach.home || !dice.OneIn(one_in)) continue;
    reach.away.push_back({.city = city, .cost = 100 * dice.Between(1, 9)});
  }
  return reach;
}

PeopleType RandomType(const Market& market, size_t one_in, Dice& dice) {
  PeopleType type = {.reach = static_cast<uint32_t>(dice.Below(market.reaches.size()))};
  const size_t main = dice.Below(market.roles.size());
  for (uint32_t role = 0; role < market.roles.size(); ++role) {
    if (role != main && !dice.OneIn(one_in)) continue;
    type.crafts.push_back({.role = role, .reluctance = role == main ? 0 : 1});
  }
  return type;
}

}  // namespace

Market RandomStaffing(const StaffingSize& size, Dice& dice) {
  Market market = Frame(1 + dice.Below(size.roles), 1 + dice.Below(size.cities),
                        1 + static_cast<uint32_t>(dice.Below(size.weeks)));
  const size_t types = dice.Below(size.types + 1);
  for (size_t i = 0; i <= types / 2; ++i) {
    market.reaches.push_back(RandomReach(market.cities.size(), 2, dice));
  }
  const bool is_coarse = dice.OneIn(2);  // Then ties are many.
  const auto days = [&](int32_t most) -> int64_t {
    if (dice.OneIn(5)) return 0;
    return is_coarse ? dice.Between(1, most) * kMillidays
                     : dice.Between(1, most * static_cast<int32_t>(kMillidays));
  };
  for (size_t i = 0; i < types; ++i) {
    PeopleType type = RandomType(market, 3, dice);
    if (dice.OneIn(8)) type.crafts.clear();
    type.people = dice.Between(1, 5);
    for (staffing::Craft& craft : type.crafts) {
      if (dice.OneIn(3)) craft.productivity_millionths = 100'000 * dice.Between(1, 9);
    }
    for (uint32_t week = 0; week < market.weeks; ++week) type.millidays.push_back(days(12));
    market.people.push_back(type);
  }
  const int32_t most = dice.Between(3, 20);
  for (int64_t& demand : market.demand_millidays) demand = days(most);
  return market;
}

PlantedGap PlantGap(int64_t role_days, Dice& dice) {
  PlantedGap planted = {.market = Frame(6, 4, 4)};
  Market& market = planted.market;
  for (size_t i = 0; i < 12; ++i) market.reaches.push_back(RandomReach(4, 3, dice));
  for (size_t i = 0; i < 60; ++i) {
    PeopleType type = RandomType(market, 4, dice);
    type.people = dice.Between(1, 9);
    const uint32_t home = market.reaches[type.reach].home;
    for (uint32_t week = 0; week < market.weeks; ++week) {
      type.millidays.push_back(type.people * dice.Between(3, 7) * kMillidays);
      for (const staffing::Craft& craft : type.crafts) {
        if (craft.reluctance > 0) continue;
        market.demand_millidays[market.DemandAt(week, craft.role, home)] += type.millidays[week];
      }
    }
    market.people.push_back(type);
  }
  planted.week = static_cast<uint32_t>(dice.Below(market.weeks));
  planted.cell = static_cast<uint32_t>(dice.Below(market.cells()));
  market.demand_millidays[planted.week * market.cells() + planted.cell] += role_days * kMillidays;
  return planted;
}

staffing::TrainingProblem RandomTraining(Dice& dice) {
  staffing::TrainingProblem problem;
  Market& market = problem.market;
  market = Frame(3, 1 + dice.Below(2), 2 + static_cast<uint32_t>(dice.Below(2)));
  for (size_t i = 0; i < 2; ++i) {
    market.reaches.push_back(RandomReach(market.cities.size(), 2, dice));
  }
  const size_t types = 2 + dice.Below(3);
  for (size_t i = 0; i < types; ++i) {
    PeopleType type = RandomType(market, 5, dice);
    if (dice.OneIn(6)) type.crafts.clear();
    type.people = dice.Between(1, 5);
    for (uint32_t week = 0; week < market.weeks; ++week) {
      type.millidays.push_back(type.people * dice.Between(500, 6'000));
    }
    market.people.push_back(type);
  }
  const int32_t most = dice.Between(2, 12);
  for (int64_t& demand : market.demand_millidays) {
    demand = dice.OneIn(4) ? 0 : dice.Between(1, most) * kMillidays;
  }
  const size_t courses = 2 + dice.Below(2);
  for (size_t i = 0; i < courses; ++i) {
    problem.courses.push_back({.id = "course-" + std::to_string(i),
                               .role = static_cast<uint32_t>(dice.Below(market.roles.size())),
                               .city = static_cast<uint32_t>(dice.Below(market.cities.size())),
                               .start_week = static_cast<uint32_t>(dice.Below(2)),
                               .weeks = static_cast<uint32_t>(dice.Below(2)),
                               .cost = 1'000 * dice.Between(3, 12),
                               .seats = dice.Between(2, 6),
                               .success_millionths = 100'000 * dice.Between(5, 10),
                               .productivity_millionths = 100'000 * dice.Between(4, 10),
                               .absence_millionths = 500'000 * dice.Between(0, 2)});
  }
  problem.options = staffing::AllOptions(market, problem.courses);
  problem.budget = 1'000 * dice.Between(10, 45);
  problem.regime = staffing::kRegimes[dice.Below(staffing::kRegimes.size())];
  return problem;
}

}  // namespace troupe::testing
