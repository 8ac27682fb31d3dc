#include "tests/model/explore.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "tests/model/properties.h"
#include "tests/model/step.h"

namespace troupe::testing {
namespace {

// A state on the way that is searched, and which of its steps were taken.
struct Frame {
  World world;
  std::vector<Action> actions;
  size_t next = 0;
};

std::string BrokenIn(const World& world) {
  std::string broken = Broken(world);
  return broken.empty() ? BrokenAtRest(world) : broken;
}

}  // namespace

Exploration Explore(const Bounds& bounds, int64_t most_states) {
  Exploration found;
  absl::flat_hash_set<uint64_t> seen;
  std::vector<Frame> path;
  const auto visit = [&](World world) {
    if (!seen.insert(KeyOf(world)).second) return;
    ++found.states;
    found.broken = BrokenIn(world);
    std::vector<Action> actions = ActionsOf(world, Mistake::kNone);
    path.push_back({.world = std::move(world), .actions = std::move(actions)});
    found.deepest = std::max(found.deepest, static_cast<int64_t>(path.size()) - 1);
  };
  visit(FirstWorld(bounds));
  while (!path.empty() && found.broken.empty() && found.states < most_states) {
    Frame& frame = path.back();
    if (frame.next == frame.actions.size()) {
      path.pop_back();
      continue;
    }
    World world = frame.world;
    found.broken = Step(world, frame.actions[frame.next++], Mistake::kNone);
    ++found.transitions;
    if (found.broken.empty()) visit(std::move(world));
  }
  found.complete = path.empty();
  if (!found.broken.empty()) {
    for (const Frame& frame : path) {
      if (frame.next > 0) found.trace.push_back(frame.actions[frame.next - 1]);
    }
  }
  return found;
}

Exploration ShortestTrace(const Bounds& bounds, Mistake mistake, int64_t most_states) {
  struct Origin {
    int64_t from = -1;
    Action action;
  };
  Exploration found;
  absl::flat_hash_set<uint64_t> seen;
  std::vector<Origin> origins;  // Of each state, in the order in which they were found.
  std::deque<World> waiting;    // The last of them.
  const World first = FirstWorld(bounds);
  seen.insert(KeyOf(first));
  origins.push_back({});
  waiting.push_back(first);
  for (int64_t state = 0; !waiting.empty(); ++state) {
    const World world = std::move(waiting.front());
    waiting.pop_front();
    for (const Action& action : ActionsOf(world, mistake)) {
      World next = world;
      found.broken = Step(next, action, mistake);
      ++found.transitions;
      const bool is_new = seen.insert(KeyOf(next)).second;
      if (found.broken.empty() && !is_new) continue;
      if (found.broken.empty()) found.broken = BrokenIn(next);
      origins.push_back({.from = state, .action = action});
      found.states = static_cast<int64_t>(origins.size());
      if (!found.broken.empty()) {
        for (int64_t at = found.states - 1; at > 0; at = origins[static_cast<size_t>(at)].from) {
          found.trace.push_back(origins[static_cast<size_t>(at)].action);
        }
        std::reverse(found.trace.begin(), found.trace.end());
        found.deepest = static_cast<int64_t>(found.trace.size());
        return found;
      }
      if (found.states >= most_states) return found;
      waiting.push_back(std::move(next));
    }
  }
  found.complete = true;
  return found;
}

}  // namespace troupe::testing
