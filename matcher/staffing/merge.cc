#include "matcher/staffing/merge.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace troupe::staffing {
namespace {

// Of which home is the first city by number, for all within reach cost the same.
Reach WithoutCost(const Reach& reach) {
  Reach free;
  std::vector<uint32_t> cities = {reach.home};
  for (const Destination& to : reach.away) cities.push_back(to.city);
  std::sort(cities.begin(), cities.end());
  free.home = cities[0];
  for (size_t i = 1; i < cities.size(); ++i) free.away.push_back({.city = cities[i]});
  return free;
}

}  // namespace

MergedMarket MergeForFilling(const Market& market) {
  MergedMarket merged = {.market = {.roles = market.roles,
                                    .cities = market.cities,
                                    .weeks = market.weeks,
                                    .demand_millidays = market.demand_millidays}};
  std::map<Reach, uint32_t> reaches;
  for (const PeopleType& type : market.people) {
    reaches.emplace(WithoutCost(market.reaches[type.reach]), 0);
  }
  for (auto& [reach, row] : reaches) {
    row = static_cast<uint32_t>(merged.market.reaches.size());
    merged.market.reaches.push_back(reach);
  }
  using Key = std::tuple<uint32_t, std::vector<Craft>, uint32_t>;  // Reach, crafts, group.
  std::map<Key, uint32_t> rows;
  std::vector<Key> keys;
  for (const PeopleType& type : market.people) {
    std::vector<Craft> crafts = type.crafts;
    for (Craft& craft : crafts) craft.reluctance = 0;
    Key key = {reaches.at(WithoutCost(market.reaches[type.reach])), std::move(crafts), type.group};
    rows.emplace(key, 0);
    keys.push_back(std::move(key));
  }
  for (auto& [key, row] : rows) {
    row = static_cast<uint32_t>(merged.market.people.size());
    merged.market.people.push_back({.reach = std::get<0>(key),
                                    .crafts = std::get<1>(key),
                                    .millidays = std::vector<int64_t>(market.weeks),
                                    .group = std::get<2>(key)});
  }
  for (size_t i = 0; i < keys.size(); ++i) {
    merged.merged_of.push_back(rows.at(keys[i]));
    PeopleType& type = merged.market.people[merged.merged_of.back()];
    type.people += market.people[i].people;
    for (uint32_t week = 0; week < market.weeks; ++week) {
      type.millidays[week] += market.people[i].millidays[week];
    }
  }
  return merged;
}

}  // namespace troupe::staffing
