// How a WeekSolver changes its basis.
#include <limits>
#include <utility>

#include "matcher/staffing/week_solver.h"

namespace troupe::staffing {

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

}  // namespace troupe::staffing
