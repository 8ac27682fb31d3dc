// How a WeekSolver finds what to improve.
#include <algorithm>

#include "matcher/staffing/week_solver.h"

namespace troupe::staffing {
namespace {

// Between them improvements of cost, in yuan of a day.
constexpr Gain kMuchCost = 128;
constexpr Gain kSomeCost = 16;

}  // namespace

// Large improvements come first: what comes later would undo many of the small ones.
void WeekSolver::Optimize() {
  if (!network_.has_costs()) return ImproveUntilBest(kLeastWorth);
  for (Gain least : {kLeastWorth, kMuchCost, kSomeCost, Gain{1}}) ImproveUntilBest(least);
}

void WeekSolver::ImproveUntilBest(Gain least) {
  std::fill(looked_at_.begin(), looked_at_.end(), 0);
  while (ImproveAll(least)) continue;
}

// What people could improve follows from prices of cells that they reach in their roles
// alone, so they are left out until one of those changes.
bool WeekSolver::ImproveAll(Gain least) {
  bool has_moved = ImproveUnmet(least);
  const std::span<const uint32_t> active = tree_.active;
  for (size_t begin = 0, end = 0; begin < active.size(); begin = end) {
    const uint32_t reach = network_.reach_of(active[begin]);
    while (end < active.size() && network_.reach_of(active[end]) == reach) ++end;
    const uint64_t roles = RolesChangedSince(looked_at_[reach], reach);
    if (roles == 0) continue;
    looked_at_[reach] = ++moment_;
    const bool moved = ImproveReach(active.subspan(begin, end - begin), roles, least);
    has_moved = has_moved || moved;
  }
  return has_moved;
}

uint64_t WeekSolver::RolesChangedSince(uint64_t moment, uint32_t reach) const {
  if (moment == 0) return kAllRoles;
  uint64_t roles = 0;
  const uint64_t* changed_at = changed_at_.data();
  for (uint32_t role = 0; role < network_.roles(); ++role, changed_at += network_.cities()) {
    bool has_changed = false;
    for (const Network::Leg& leg : network_.legs(reach)) {
      has_changed = has_changed || changed_at[leg.city] >= moment;
    }
    if (has_changed) roles |= uint64_t{1} << role % 64;
  }
  return roles;
}

// Where people of one reach would go best in each role is looked up once for all of
// them. Prices change meanwhile, so it is no more than a good choice for the later ones;
// who then has none is met in the next pass.
bool WeekSolver::ImproveReach(std::span<const uint32_t> types, uint64_t roles, Gain least) {
  const std::span<const Network::Leg> legs = network_.legs(network_.reach_of(types[0]));
  for (uint32_t role = 0; role < network_.roles(); ++role) {
    const uint32_t first = role * network_.cities();
    Gain most = tree_.price[first + legs[0].city] + legs[0].gain;
    size_t best = 0;
    for (size_t i = 1; i < legs.size(); ++i) {
      const Gain value = tree_.price[first + legs[i].city] + legs[i].gain;
      if (value > most) most = value, best = i;
    }
    most_[role] = most;
    best_[role] = {first + legs[best].city, legs[best].gain};
  }
  bool has_moved = false;
  for (uint32_t type : types) {
    if ((network_.role_bits(type) & roles) == 0) continue;
    Gain most = 0;
    for (const Network::Trade& trade : network_.trades(type)) {
      most = std::max(most, trade.gain + most_[trade.role]);
    }
    if (most - NodePrice(NodeOf(type)) < least) continue;
    const bool moved = ImproveType(type, least);
    has_moved = has_moved || moved;
  }
  return has_moved;
}

bool WeekSolver::ImproveType(uint32_t type, Gain least) {
  Arc best = {.to = root_};
  for (const Network::Trade& trade : network_.trades(type)) {
    const Arc& arc = best_[trade.role];
    const Gain value = trade.gain + arc.gain + tree_.price[arc.to];
    if (value > best.value) best = {arc.to, trade.gain + arc.gain, value};
  }
  const Gain improvement = best.value - NodePrice(NodeOf(type));
  if (improvement < least) return false;
  improved_worth_ += WorthOf(improvement) * Pivot(NodeOf(type), best.to, best.gain);
  return true;
}

// A cell whose price is above 0 costs more than it brings: it should go without.
bool WeekSolver::ImproveUnmet(Gain least) {
  bool has_moved = false;
  for (uint32_t cell = 0; cell < root_; ++cell) {
    const Gain price = tree_.price[cell];
    if (price < least) continue;
    improved_worth_ += WorthOf(price) * Pivot(root_, cell, 0);
    has_moved = true;
  }
  return has_moved;
}

WeekSolver::Arc WeekSolver::BestArc(uint32_t type) const {
  Arc best = {.to = kNobody, .value = kClosed};
  for (const Network::Trade& trade : network_.trades(type)) {
    const uint32_t first = trade.role * network_.cities();
    for (const Network::Leg& leg : network_.legs(network_.reach_of(type))) {
      const Gain gain = trade.gain + leg.gain;
      const Gain value = gain + tree_.price[first + leg.city];
      if (value > best.value) best = {first + leg.city, gain, value};
    }
  }
  return best;
}

}  // namespace troupe::staffing
