#include "matcher/staffing/week_solver.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace troupe::staffing {
namespace {

constexpr uint64_t kAllRoles = ~uint64_t{0};
// Between what no cost makes up for and what is cost alone.
constexpr Gain kLeastWorth = GainOf(1, 0) / 2;
constexpr std::array<Gain, 4> kLeastImprovements = {kLeastWorth, 128, 16, 1};

}  // namespace

WeekSolver::WeekSolver(const Network& network)
    : network_(network),
      root_(network.cells()),
      most_(network.roles()),
      best_(network.roles()),
      changed_at_(network.cells()),
      looked_at_(network.reaches()) {
  Grow();
}

// Types that the network got meanwhile have no supply yet.
void WeekSolver::Grow() {
  const size_t nodes = size_t{root_} + 1 + network_.types();
  if (tree_.parent.size() == nodes) return;
  tree_.parent.resize(nodes, kNobody);
  tree_.flow.resize(nodes);
  tree_.gain.resize(nodes);
  tree_.price.resize(nodes);
  tree_.depth.resize(nodes);
  tree_.child.resize(nodes, kNobody);
  tree_.next.resize(nodes);
  tree_.previous.resize(nodes);
  tree_.is_inner.resize(nodes);
}

void WeekSolver::Exchange(State& state) {
  std::swap(tree_, state);
  Grow();
}

void WeekSolver::Restore(const State& state) {
  tree_ = state;
  Grow();
}

void WeekSolver::Solve(std::span<const int64_t> supply, std::span<const int64_t> demand,
                       std::span<const Gain> guide) {
  Grow();
  Clear(demand);
  for (uint32_t type : network_.by_reach()) {
    if (supply[type] > 0) tree_.active.push_back(type);
  }
  for (uint32_t type : network_.by_choices()) {
    if (supply[type] > 0) UseGreedily(type, supply[type], guide);
  }
  UpdatePrices(root_);
  Optimize();
  Count();
}

void WeekSolver::Resolve() {
  Optimize();
  Count();
}

void WeekSolver::ChangeSupply(uint32_t type, int64_t millidays) {
  if (millidays > 0) Give(type, millidays);
  if (millidays < 0) Take(type, -millidays);
}

void WeekSolver::Activate(uint32_t type) {
  const uint32_t node = NodeOf(type);
  if (tree_.parent[node] != kNobody) return;
  tree_.parent[node] = root_;
  tree_.gain[node] = 0;
  tree_.flow[node] = 0;
  const auto place = std::upper_bound(
      tree_.active.begin(), tree_.active.end(), type, [&](uint32_t a, uint32_t b) {
        return std::pair(network_.reach_of(a), a) < std::pair(network_.reach_of(b), b);
      });
  tree_.active.insert(place, type);
}

// Up the tree as the type's time goes already, if all cells on the way take more; else it
// begins idle.
void WeekSolver::Give(uint32_t type, int64_t millidays) {
  Activate(type);
  const uint32_t node = NodeOf(type);
  if (tree_.parent[node] != root_ && MostUpFrom(tree_.parent[node]) > millidays) {
    improved_worth_ += WorthOf(NodePrice(node)) * millidays;
    for (uint32_t at = node; at != root_; at = tree_.parent[at]) {
      tree_.flow[at] += IsType(at) ? millidays : -millidays;
    }
    return;
  }
  if (tree_.parent[node] != root_) {
    const Gain lost = NodePrice(node);
    improved_worth_ -= WorthOf(lost) * Pivot(node, root_, 0);
  }
  tree_.flow[node] += millidays;
}

// Likewise, if what types on the way send up suffices; else the type becomes idle, for
// the worse, and cells that it filled go without until it is idle for long enough.
void WeekSolver::Take(uint32_t type, int64_t millidays) {
  const uint32_t node = NodeOf(type);
  if (LeastOfTypesUpFrom(node) >= millidays) {
    for (uint32_t at = node; at != root_; at = tree_.parent[at]) {
      tree_.flow[at] += IsType(at) ? -millidays : millidays;
    }
    return;
  }
  if (tree_.parent[node] != root_) Pivot(node, root_, 0);
  while (tree_.flow[node] < millidays) Pivot(root_, tree_.child[node], 0);
  tree_.flow[node] -= millidays;
}

void WeekSolver::PassSupply(uint32_t from, uint32_t to, int64_t millidays) {
  Activate(to);
  const uint32_t source = NodeOf(from), target = NodeOf(to), parent = tree_.parent[source];
  const bool may_move = !tree_.is_inner[target] && tree_.flow[target] == 0;
  const Gain gain = parent == root_ ? 0 : GainAt(to, parent);
  if (tree_.flow[source] < millidays || gain == kClosed ||
      (!may_move && tree_.parent[target] != parent)) {
    ChangeSupply(from, -millidays);
    ChangeSupply(to, millidays);
    return;
  }
  tree_.flow[source] -= millidays;
  tree_.flow[target] += millidays;
  if (tree_.parent[target] == parent) return;
  tree_.parent[target] = parent;
  tree_.gain[target] = gain;
}

Gain WeekSolver::GainAt(uint32_t type, uint32_t cell) const {
  for (const Network::Trade& trade : network_.trades(type)) {
    if (trade.role != cell / network_.cities()) continue;
    for (const Network::Leg& leg : network_.legs(network_.reach_of(type))) {
      if (leg.city == cell % network_.cities()) return trade.gain + leg.gain;
    }
  }
  return kClosed;
}

int64_t WeekSolver::LeastOfTypesUpFrom(uint32_t node) const {
  int64_t least = std::numeric_limits<int64_t>::max();
  for (; node != root_; node = tree_.parent[node]) {
    if (IsType(node)) least = std::min(least, tree_.flow[node]);
  }
  return least;
}

int64_t WeekSolver::WorthOfSupply(uint32_t type, int64_t millidays) {
  const Arc arc = BestArc(type);
  const int64_t most = arc.value <= 0 ? 0 : millidays * WorthOf(arc.value);
  // Prices bound what more supply adds, and as far as the tree lets it through to
  // where it is wanted, they are what it adds.
  if (most == 0 || MostUpFrom(arc.to) >= millidays) return most;
  const State before = tree_;
  const int64_t added = PushForWorth(type, millidays, most);
  tree_ = before;
  return added;
}

// Of improvements only those of worth, and only until no more is possible. Most often
// the type itself gets there, so it is asked before all others are.
int64_t WeekSolver::PushForWorth(uint32_t type, int64_t millidays, int64_t most) {
  const int64_t before = improved_worth_;
  std::fill(looked_at_.begin(), looked_at_.end(), 0);
  Give(type, millidays);
  do {
    while (improved_worth_ - before < most && ImproveReach({&type, 1}, kAllRoles, kLeastWorth)) continue;
  } while (improved_worth_ - before < most && ImproveAll(kLeastWorth));
  return improved_worth_ - before;
}

int64_t WeekSolver::MostUpFrom(uint32_t cell) const {
  int64_t most = std::numeric_limits<int64_t>::max();
  for (uint32_t node = cell; node != root_; node = tree_.parent[node]) {
    if (!IsType(node)) most = std::min(most, tree_.flow[node]);
  }
  return most;
}

Gain WeekSolver::PriceOf(uint32_t type) const {
  return std::max<Gain>(0, BestArc(type).value);
}

void WeekSolver::Clear(std::span<const int64_t> demand) {
  tree_.active.clear();
  std::fill(tree_.parent.begin(), tree_.parent.end(), kNobody);
  std::fill(tree_.is_inner.begin(), tree_.is_inner.end(), false);
  std::fill(tree_.child.begin(), tree_.child.end(), kNobody);
  tree_.is_inner[root_] = true;
  tree_.price[root_] = 0;
  tree_.depth[root_] = 0;
  for (uint32_t cell = 0; cell < root_; ++cell) {
    tree_.price[cell] = demand[cell] > 0 ? 0 : kClosed;
    if (demand[cell] <= 0) continue;
    tree_.flow[cell] = demand[cell];
    tree_.gain[cell] = 0;
    tree_.is_inner[cell] = true;
    Link(cell, root_);
  }
}

// The best cell that still needs somebody; demand that is left hangs from the root.
WeekSolver::Arc WeekSolver::BestOpen(uint32_t type, std::span<const Gain> guide) const {
  Arc best = {.to = kNobody, .value = -1};
  for (const Network::Trade& trade : network_.trades(type)) {
    for (const Network::Leg& leg : network_.legs(network_.reach_of(type))) {
      const uint32_t cell = trade.role * network_.cities() + leg.city;
      const Gain gain = trade.gain + leg.gain;
      const bool is_guided = !guide.empty() && guide[cell] != kClosed;
      const Gain value = is_guided ? gain + guide[cell] : gain;
      if (value > best.value && tree_.parent[cell] == root_) best = {cell, gain, value};
    }
  }
  return best;
}

// A cell that a type fills hangs from the type then; what is left of the type's time
// keeps the type hanging from a cell that is not full, or from the root.
void WeekSolver::UseGreedily(uint32_t type, int64_t supply, std::span<const Gain> guide) {
  const uint32_t node = NodeOf(type);
  while (true) {
    const Arc arc = BestOpen(type, guide);
    if (arc.to == kNobody || supply < tree_.flow[arc.to]) {
      tree_.parent[node] = arc.to == kNobody ? root_ : arc.to;
      tree_.gain[node] = arc.to == kNobody ? 0 : arc.gain;
      tree_.flow[node] = supply;
      if (arc.to != kNobody) tree_.flow[arc.to] -= supply;
      break;
    }
    supply -= tree_.flow[arc.to];  // All that it needs, which is more than none.
    Unlink(arc.to);
    Link(arc.to, node);
    tree_.gain[arc.to] = arc.gain;
    tree_.is_inner[node] = true;
    if (supply > 0) continue;
    tree_.parent[node] = root_;
    tree_.gain[node] = 0;
    tree_.flow[node] = 0;
    break;
  }
  if (tree_.is_inner[node]) Link(node, tree_.parent[node]);
}

// Large improvements come first: what comes later would undo many of the small ones.
void WeekSolver::Optimize() {
  if (!network_.has_costs()) return ImproveUntilBest(kLeastWorth);
  for (Gain least : kLeastImprovements) ImproveUntilBest(least);
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

// Flow goes round from `first` to `second` and back through the tree, as much as the
// arcs that it goes against let. Of those that let no more, the last on the way round,
// seen from where both paths join, leaves the tree: that keeps it strongly feasible.
int64_t WeekSolver::Pivot(uint32_t first, uint32_t second, Gain gain) {
  ++pivots_;
  const bool was_leaf = !tree_.is_inner[first];
  if (was_leaf) tree_.depth[first] = tree_.depth[tree_.parent[first]] + 1;
  int64_t most = std::numeric_limits<int64_t>::max();
  uint32_t out = kNobody;
  bool is_before = true;
  uint32_t up = first, down = second;
  while (up != down) {
    if (tree_.depth[up] > tree_.depth[down]) {
      if (IsType(up) && tree_.flow[up] < most) most = tree_.flow[up], out = up, is_before = true;
      up = tree_.parent[up];
    } else {
      if (!IsType(down) && tree_.flow[down] <= most) {
        most = tree_.flow[down], out = down, is_before = false;
      }
      down = tree_.parent[down];
    }
  }
  const uint32_t join = up;
  if (most > 0) {
    for (uint32_t at = first; at != join; at = tree_.parent[at]) {
      tree_.flow[at] += IsType(at) ? -most : most;
    }
    for (uint32_t at = second; at != join; at = tree_.parent[at]) {
      tree_.flow[at] += IsType(at) ? most : -most;
    }
  }
  if (was_leaf && out == first) {  // It moves as a whole; nothing hangs from it.
    tree_.parent[first] = second;
    tree_.gain[first] = gain;
    tree_.flow[first] = most;
    return most;
  }
  if (was_leaf) Promote(first);
  if (is_before) {
    Rehang(first, out, second, most, gain);
  } else {
    Rehang(second, out, first, most, gain);
  }
  return most;
}

// Turns the arcs from `top` up to `out` around, so that what hung from the arc that
// leaves hangs by the one that enters.
void WeekSolver::Rehang(uint32_t top, uint32_t out, uint32_t onto, int64_t flow, Gain gain) {
  const uint32_t last_parent = tree_.parent[out];
  uint32_t node = top;
  while (true) {
    const uint32_t above = tree_.parent[node];
    Unlink(node);
    Link(node, onto);
    std::swap(tree_.flow[node], flow);
    std::swap(tree_.gain[node], gain);
    if (node == out) break;
    onto = node;
    node = above;
  }
  UpdatePrices(top);
  DemoteIfLeaf(out);
  DemoteIfLeaf(last_parent);
}

void WeekSolver::Promote(uint32_t node) {
  tree_.price[node] = NodePrice(node);
  tree_.is_inner[node] = true;
  Link(node, tree_.parent[node]);
}

void WeekSolver::DemoteIfLeaf(uint32_t node) {
  if (!IsType(node) || tree_.child[node] != kNobody || !tree_.is_inner[node]) return;
  Unlink(node);
  tree_.is_inner[node] = false;
}

void WeekSolver::Link(uint32_t node, uint32_t parent) {
  const uint32_t sibling = tree_.child[parent];
  tree_.parent[node] = parent;
  tree_.next[node] = sibling;
  tree_.previous[node] = kNobody;
  if (sibling != kNobody) tree_.previous[sibling] = node;
  tree_.child[parent] = node;
}

void WeekSolver::Unlink(uint32_t node) {
  const uint32_t before = tree_.previous[node], after = tree_.next[node];
  if (after != kNobody) tree_.previous[after] = before;
  if (before != kNobody) {
    tree_.next[before] = after;
  } else {
    tree_.child[tree_.parent[node]] = after;
  }
}

void WeekSolver::UpdatePrices(uint32_t top) {
  ++moment_;
  stack_.assign(1, top);
  while (!stack_.empty()) {
    const uint32_t node = stack_.back();
    stack_.pop_back();
    if (node != root_) {
      const uint32_t parent = tree_.parent[node];
      tree_.depth[node] = tree_.depth[parent] + 1;
      if (IsType(node)) {
        tree_.price[node] = tree_.price[parent] + tree_.gain[node];
      } else if (const Gain price = tree_.price[parent] - tree_.gain[node];
                 price != tree_.price[node]) {
        tree_.price[node] = price;
        changed_at_[node] = moment_;
      }
    }
    for (uint32_t child = tree_.child[node]; child != kNobody; child = tree_.next[child]) {
      stack_.push_back(child);
    }
  }
}

void WeekSolver::Count() {
  worth_ = cost_ = 0;
  const auto add = [&](int64_t flow, Gain gain) {
    worth_ += flow * WorthOf(gain);
    cost_ += flow * CostOf(gain);
  };
  for (uint32_t type : tree_.active) add(tree_.flow[NodeOf(type)], tree_.gain[NodeOf(type)]);
  for (uint32_t cell = 0; cell < root_; ++cell) {
    if (tree_.parent[cell] != kNobody && tree_.parent[cell] != root_) {
      add(tree_.flow[cell], tree_.gain[cell]);
    }
  }
}

}  // namespace troupe::staffing
