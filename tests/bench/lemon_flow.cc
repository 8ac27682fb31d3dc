// C++17: LEMON's headers are no C++20.
#include "tests/bench/lemon_flow.h"

#include <lemon/cost_scaling.h>
#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>

#include <chrono>
#include <utility>

namespace troupe::testing {
namespace {

using Graph = lemon::StaticDigraph;

long long MostFlow(const FlowProblem& problem) {
  long long sum = 0;
  for (long long supply : problem.supply) sum += supply > 0 ? supply : 0;
  return sum;
}

template <typename Solver>
FlowAnswer Solve(const FlowProblem& problem) {
  std::vector<std::pair<int, int>> ends;
  for (const FlowProblem::Arc& arc : problem.arcs) ends.emplace_back(arc.from, arc.to);
  Graph graph;
  graph.build(problem.nodes, ends.begin(), ends.end());
  Graph::ArcMap<long long> cost(graph);
  Graph::NodeMap<long long> supply(graph);
  for (size_t i = 0; i < problem.arcs.size(); ++i) {
    cost[graph.arc(static_cast<int>(i))] = problem.arcs[i].cost;
  }
  for (int i = 0; i < problem.nodes; ++i) supply[graph.node(i)] = problem.supply[i];
  Solver solver(graph);
  solver.costMap(cost).supplyMap(supply);
  // Cost scaling takes arcs without a bound and with a negative cost for endless gain.
  solver.upperMap(lemon::constMap<Graph::Arc>(MostFlow(problem)));
  const auto start = std::chrono::steady_clock::now();
  solver.run();
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
  return {solver.template totalCost<long long>(), time.count()};
}

}  // namespace

FlowAnswer NetworkSimplexFlow(const FlowProblem& problem) {
  return Solve<lemon::NetworkSimplex<Graph, long long, long long>>(problem);
}

FlowAnswer CostScalingFlow(const FlowProblem& problem) {
  return Solve<lemon::CostScaling<Graph, long long, long long>>(problem);
}

}  // namespace troupe::testing
