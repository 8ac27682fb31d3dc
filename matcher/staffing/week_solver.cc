#include "matcher/staffing/week_solver.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace troupe::staffing {

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
    while (improved_worth_ - before < most && ImproveReach({&type, 1}, kAllRoles, kLeastWorth)) {
      continue;
    }
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
