#ifndef TROUPE_TESTS_MODEL_EXPLORE_H_
#define TROUPE_TESTS_MODEL_EXPLORE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "tests/model/bounds.h"
#include "tests/model/world.h"

namespace troupe::testing {

// What a search through the states came to.
struct Exploration {
  int64_t states = 0;       // Distinct, but for those that are others with the people swapped.
  int64_t transitions = 0;
  int64_t deepest = 0;      // Steps from the first state.
  bool complete = false;    // Every reachable state was seen.
  std::string broken;       // What is wrong with the last state of `trace`; empty if nothing is.
  std::vector<Action> trace;
};

// Goes through every state that can be reached, depth first, and stops at the
// first that breaks a property, or after `most_states`.
Exploration Explore(const Bounds& bounds, int64_t most_states);

// The shortest way to a state that breaks a property, breadth first; complete,
// and not broken, if there is none.
Exploration ShortestTrace(const Bounds& bounds, Mistake mistake, int64_t most_states);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_MODEL_EXPLORE_H_
