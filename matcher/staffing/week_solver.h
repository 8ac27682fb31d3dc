#ifndef TROUPE_MATCHER_STAFFING_WEEK_SOLVER_H_
#define TROUPE_MATCHER_STAFFING_WEEK_SOLVER_H_

#include <cstdint>
#include <span>
#include <vector>

#include "matcher/staffing/network.h"

namespace troupe::staffing {

// The best use of people's time in one week: what of each type's millidays goes to
// which cell, or to none, so that the worth of what is filled is greatest, and of
// such the cost of travel least. Each milliday goes to one cell only.
//
// A primal network simplex for many types and few cells. A basis is a spanning tree
// in which all but at most `cells` types are leaves, whose whole time goes to one
// cell; only the rest and the cells are walked, and a type's price follows from its
// cell's. Trees are kept strongly feasible (W. H. Cunningham 1976), so it ends, always
// at the same optimum for the same input. It starts from a greedy use of time, by
// prices that some other week ended with if those are given. Thread-compatible.
//
//   WeekSolver solver(network);
//   solver.Solve(supply, demand, {});
//   solver.ForEachUse([](uint32_t type, uint32_t cell, int64_t millidays) {...});
class WeekSolver {
 public:
  explicit WeekSolver(const Network& network);

  // `supply` in millidays by type, `demand` by cell. `guide` is prices() of a similar
  // week, or empty.
  void Solve(std::span<const int64_t> supply, std::span<const int64_t> demand,
             std::span<const Gain> guide);

  // Of the week that was solved: gives a type `millidays` more, or as many less, but not
  // more than it has. The optimum is that of a Solve() again after Resolve(), which takes
  // the less work the fewer types were changed.
  void ChangeSupply(uint32_t type, int64_t millidays);
  // Both at once for people who go from one type to another: where they can go on with
  // what they do, they do, until Resolve().
  void PassSupply(uint32_t from, uint32_t to, int64_t millidays);
  void Resolve();

  // What that much more of a type would add to worth(), without doing it. Most often a
  // walk up the tree.
  int64_t WorthOfSupply(uint32_t type, int64_t millidays);

  // In worth of millidays (market.h), and in thousandths of a yuan.
  int64_t worth() const { return worth_; }
  int64_t cost() const { return cost_; }
  int64_t Unmet(uint32_t cell) const {
    return tree_.parent[cell] == root_ ? tree_.flow[cell] : 0;
  }

  // What one more milliday that could go to the cell alone, counted as 0 there, would
  // add: 0 or below; kClosed for a cell without demand. Of several possible prices one.
  std::span<const Gain> prices() const { return {tree_.price.data(), root_}; }
  static constexpr Gain kClosed = -(int64_t{1} << 61);
  // What one more milliday of a type would add at most, prices as above.
  Gain PriceOf(uint32_t type) const;

  template <typename Visit>
  void ForEachUse(Visit visit) const {
    for (uint32_t type : tree_.active) {
      const uint32_t node = NodeOf(type);
      if (tree_.parent[node] != root_ && tree_.flow[node] > 0) {
        visit(type, tree_.parent[node], tree_.flow[node]);
      }
    }
    for (uint32_t cell = 0; cell < root_; ++cell) {
      if (tree_.parent[cell] != kNobody && tree_.parent[cell] > root_ && tree_.flow[cell] > 0) {
        visit(tree_.parent[cell] - root_ - 1, cell, tree_.flow[cell]);
      }
    }
  }

  // What a week was solved to. It can be put aside and taken up again by a solver on the
  // same network, also after that has got more types.
  class State {
    friend class WeekSolver;

    // Nodes are cells, the root and types. Every arc but those of the root leads from a
    // type to a cell; a type's time that is idle leads to the root, unmet demand from it.
    // So whether the arc to a node's parent leads up follows from what the node is.
    std::vector<uint32_t> parent;
    std::vector<int64_t> flow;  // On the arc to the parent.
    std::vector<Gain> gain;     // Of that arc; 0 with the root.
    // Of inner nodes alone; types that are leaves are in no list.
    std::vector<Gain> price;
    std::vector<uint32_t> depth;
    std::vector<uint32_t> child, next, previous;
    std::vector<uint8_t> is_inner;
    std::vector<uint32_t> active;  // Types that have or had supply, by reach.
  };
  void Exchange(State& state);
  const State& state() const { return tree_; }
  void Restore(const State& state);

  // Changes of the basis so far.
  int64_t pivots() const { return pivots_; }

 private:
  static constexpr uint32_t kNobody = ~uint32_t{0};

  struct Arc {
    uint32_t to = kNobody;
    Gain gain = 0;
    Gain value = 0;  // With the price at its end.
  };

  uint32_t NodeOf(uint32_t type) const { return root_ + 1 + type; }
  bool IsType(uint32_t node) const { return node > root_; }
  Gain NodePrice(uint32_t node) const {
    return tree_.is_inner[node] ? tree_.price[node]
                                : tree_.gain[node] + tree_.price[tree_.parent[node]];
  }

  void Clear(std::span<const int64_t> demand);
  void UseGreedily(uint32_t type, int64_t supply, std::span<const Gain> guide);
  Arc BestOpen(uint32_t type, std::span<const Gain> guide) const;
  void Optimize();
  void ImproveUntilBest(Gain least);
  bool ImproveAll(Gain least);
  uint64_t RolesChangedSince(uint64_t moment, uint32_t reach) const;
  bool ImproveReach(std::span<const uint32_t> types, uint64_t roles, Gain least);
  bool ImproveType(uint32_t type, Gain least);
  bool ImproveUnmet(Gain least);
  Arc BestArc(uint32_t type) const;
  int64_t Pivot(uint32_t first, uint32_t second, Gain gain);  // What goes round.
  void Rehang(uint32_t top, uint32_t out, uint32_t onto, int64_t flow, Gain gain);
  void Promote(uint32_t node);
  void DemoteIfLeaf(uint32_t node);
  void Link(uint32_t node, uint32_t parent);
  void Unlink(uint32_t node);
  void UpdatePrices(uint32_t top);
  void Grow();
  void Activate(uint32_t type);
  void Give(uint32_t type, int64_t millidays);
  void Take(uint32_t type, int64_t millidays);
  int64_t LeastOfTypesUpFrom(uint32_t node) const;
  // kClosed where people of the type cannot work.
  Gain GainAt(uint32_t type, uint32_t cell) const;
  int64_t PushForWorth(uint32_t type, int64_t millidays, int64_t most);
  int64_t MostUpFrom(uint32_t cell) const;
  void Count();

  const Network& network_;
  const uint32_t root_;
  State tree_;
  // Of the reach that is looked at, by role: what a milliday is worth where it is
  // worth most, and where that is.
  std::vector<Gain> most_;
  std::vector<Arc> best_;
  std::vector<uint32_t> stack_;
  // Moments count changes of prices. Of each cell the last; of each reach when its
  // people were last looked at, 0 if not yet.
  uint64_t moment_ = 0;
  std::vector<uint64_t> changed_at_;
  std::vector<uint64_t> looked_at_;
  int64_t worth_ = 0;
  int64_t cost_ = 0;
  int64_t pivots_ = 0;
  int64_t improved_worth_ = 0;  // By all pivots so far.
};

}  // namespace troupe::staffing

#endif  // TROUPE_MATCHER_STAFFING_WEEK_SOLVER_H_
