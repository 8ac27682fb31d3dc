#include "matcher/staffing/network.h"

#include <algorithm>
#include <numeric>

namespace troupe::staffing {

Network::Network(const Market& market, Aim aim)
    : Network(static_cast<uint32_t>(market.roles.size()),
              static_cast<uint32_t>(market.cities.size())) {
  for (const Reach& reach : market.reaches) AddReach(reach, aim);
  for (const PeopleType& type : market.people) AddType(type.reach, type.crafts, aim);
  Seal();
}

uint32_t Network::AddReach(const Reach& reach, Aim aim) {
  legs_.push_back({.city = reach.home, .gain = 0});
  for (const Destination& to : reach.away) {
    const int64_t cost = aim == Aim::kFill ? 0 : to.cost;
    legs_.push_back({.city = to.city, .gain = GainOf(0, cost)});
    has_costs_ = has_costs_ || cost != 0;
  }
  leg_starts_.push_back(static_cast<uint32_t>(legs_.size()));
  return reaches() - 1;
}

uint32_t Network::AddType(uint32_t reach, std::span<const Craft> crafts, Aim aim) {
  reach_of_.push_back(reach);
  role_bits_.push_back(0);
  for (const Craft& craft : crafts) {
    const int64_t cost = aim == Aim::kFill ? 0 : craft.reluctance;
    role_bits_.back() |= uint64_t{1} << craft.role % 64;
    has_costs_ = has_costs_ || cost != 0;
    trades_.push_back(
        {.role = craft.role, .gain = GainOf(craft.productivity_millionths, cost)});
  }
  trade_starts_.push_back(static_cast<uint32_t>(trades_.size()));
  return types() - 1;
}

void Network::Seal() {
  by_reach_.resize(types());
  std::iota(by_reach_.begin(), by_reach_.end(), 0u);
  by_choices_ = by_reach_;
  std::stable_sort(by_reach_.begin(), by_reach_.end(),
                   [&](uint32_t a, uint32_t b) { return reach_of_[a] < reach_of_[b]; });
  std::vector<size_t> choices(types());
  for (uint32_t type = 0; type < types(); ++type) {
    choices[type] = trades(type).size() * legs(reach_of_[type]).size();
  }
  std::stable_sort(by_choices_.begin(), by_choices_.end(),
                   [&](uint32_t a, uint32_t b) { return choices[a] < choices[b]; });
}

}  // namespace troupe::staffing
