#ifndef TROUPE_TESTS_MATCHER_STAFFING_MARKET_BUILDER_H_
#define TROUPE_TESTS_MATCHER_STAFFING_MARKET_BUILDER_H_

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "matcher/staffing/market.h"

namespace troupe::testing {

// A market of few roles and cities, by days: everything that a test does not say is not
// there. All cities lie in one region unless it is said otherwise.
class MarketBuilder {
 public:
  MarketBuilder(uint32_t roles, uint32_t cities, uint32_t weeks = 1) {
    market_.weeks = weeks;
    for (uint32_t i = 0; i < roles; ++i) market_.roles.push_back("role-" + std::to_string(i));
    for (uint32_t i = 0; i < cities; ++i) {
      market_.cities.push_back({.id = "city-" + std::to_string(i)});
    }
    market_.demand_millidays.resize(weeks * market_.cells());
  }

  MarketBuilder& Region(uint32_t city, uint32_t region) {
    market_.cities[city].region = region;
    return *this;
  }

  // Needed each week.
  MarketBuilder& Demand(uint32_t role, uint32_t city, int64_t days) {
    for (uint32_t week = 0; week < market_.weeks; ++week) {
      market_.demand_millidays[market_.DemandAt(week, role, city)] = days * staffing::kMillidays;
    }
    return *this;
  }

  // People who live in `home` and hold `roles`, the first the main one; `days` each week
  // of all of them.
  MarketBuilder& People(int64_t people, uint32_t home, std::vector<uint32_t> roles, int64_t days,
                        std::vector<staffing::Destination> away = {}) {
    staffing::PeopleType type = {.reach = static_cast<uint32_t>(market_.reaches.size()),
                                 .people = people};
    for (uint32_t role : roles) {
      type.crafts.push_back({.role = role, .reluctance = role == roles[0] ? 0 : 1});
    }
    std::sort(type.crafts.begin(), type.crafts.end());
    type.millidays.assign(market_.weeks, days * staffing::kMillidays);
    market_.reaches.push_back({.home = home, .away = std::move(away)});
    market_.people.push_back(std::move(type));
    return *this;
  }

  staffing::Market Build() const { return market_; }

 private:
  staffing::Market market_;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_MATCHER_STAFFING_MARKET_BUILDER_H_
