#ifndef TROUPE_TESTS_BENCH_LEMON_FLOW_H_
#define TROUPE_TESTS_BENCH_LEMON_FLOW_H_

#include <cstdint>
#include <vector>

namespace troupe::testing {

// A network as LEMON sees it; plain, for LEMON's headers are not of our C++.
struct FlowProblem {
  struct Arc {
    int from;
    int to;
    long long cost;
  };
  int nodes = 0;
  std::vector<Arc> arcs;
  std::vector<long long> supply;  // By node; sums up to 0.
};

struct FlowAnswer {
  long long cost = 0;
  double seconds = 0;  // Of the solver alone: no graph is built in it.
};

// By LEMON's network simplex and its cost scaling.
FlowAnswer NetworkSimplexFlow(const FlowProblem& problem);
FlowAnswer CostScalingFlow(const FlowProblem& problem);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_BENCH_LEMON_FLOW_H_
