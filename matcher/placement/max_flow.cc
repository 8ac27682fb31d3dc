#include "matcher/placement/max_flow.h"

namespace troupe {

size_t MaxFlow::AddEdge(uint32_t from, uint32_t to, int64_t capacity) {
  const size_t edge = edges_.size();
  edges_.push_back({to, first_[from], capacity});
  first_[from] = edge;
  edges_.push_back({from, first_[to], 0});
  first_[to] = edge + 1;
  return edge;
}

int64_t MaxFlow::Run(uint32_t source, uint32_t sink) {
  int64_t flow = 0;
  while (FindLevels(source, sink)) {
    at_ = first_;
    while (PushOne(source, sink)) ++flow;
  }
  return flow;
}

bool MaxFlow::FindLevels(uint32_t source, uint32_t sink) {
  level_.assign(first_.size(), -1);
  level_[source] = 0;
  std::vector<uint32_t> queue = {source};
  for (size_t i = 0; i < queue.size(); ++i) {
    for (size_t edge = first_[queue[i]]; edge != kNoEdge; edge = edges_[edge].next) {
      const uint32_t to = edges_[edge].to;
      if (edges_[edge].left == 0 || level_[to] >= 0) continue;
      level_[to] = level_[queue[i]] + 1;
      queue.push_back(to);
    }
  }
  return level_[sink] >= 0;
}

// Down the levels by edges with something left; one that leads nowhere is not tried
// again before the next levels.
bool MaxFlow::PushOne(uint32_t source, uint32_t sink) {
  path_.clear();
  uint32_t node = source;
  while (node != sink) {
    size_t& edge = at_[node];
    while (edge != kNoEdge &&
           (edges_[edge].left == 0 || level_[edges_[edge].to] != level_[node] + 1)) {
      edge = edges_[edge].next;
    }
    if (edge != kNoEdge) {
      path_.push_back(edge);
      node = edges_[edge].to;
    } else if (node == source) {
      return false;
    } else {
      node = edges_[path_.back() ^ 1].to;
      at_[node] = edges_[at_[node]].next;
      path_.pop_back();
    }
  }
  for (size_t edge : path_) {
    --edges_[edge].left;
    ++edges_[edge ^ 1].left;
  }
  return true;
}

}  // namespace troupe
