#ifndef TROUPE_MATCHER_PLACEMENT_MAX_FLOW_H_
#define TROUPE_MATCHER_PLACEMENT_MAX_FLOW_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace troupe {

// The most that flows through a network, by blocking flows of shortest paths (E. A.
// Dinic 1970). O(edges x sqrt(nodes)) where every node but the ends passes one unit.
// Thread-compatible.
class MaxFlow {
 public:
  explicit MaxFlow(size_t nodes) : first_(nodes, kNoEdge) {}

  // Returns the edge's number.
  size_t AddEdge(uint32_t from, uint32_t to, int64_t capacity);

  // What flows from one to the other. To be asked once.
  int64_t Run(uint32_t source, uint32_t sink);

  int64_t FlowOf(size_t edge) const { return edges_[edge ^ 1].left; }

 private:
  static constexpr size_t kNoEdge = ~size_t{0};
  // Each edge is followed by its reverse, whose number differs in the last bit.
  struct Edge {
    uint32_t to;
    size_t next;  // Of the same node.
    int64_t left;
  };

  bool FindLevels(uint32_t source, uint32_t sink);
  bool PushOne(uint32_t source, uint32_t sink);

  std::vector<size_t> first_;  // Edge, by node.
  std::vector<Edge> edges_;
  std::vector<int32_t> level_;
  std::vector<size_t> at_;      // The edge to try next, by node.
  std::vector<size_t> path_;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_MAX_FLOW_H_
