#ifndef TROUPE_TESTS_LINEARIZABILITY_LADDER_HISTORY_H_
#define TROUPE_TESTS_LINEARIZABILITY_LADDER_HISTORY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "tests/linearizability/ladder_spec.h"

namespace troupe::testing {

// One call and its answer. What ended before another began was before it.
struct LadderOperation {
  int client = 0;
  LadderCall call;
  LadderAnswer answer;
  int64_t began = 0;  // Of one counter for both, never the same twice.
  int64_t ended = 0;
};

// When it was, who asked what, and what was answered, for people.
std::string Describe(const LadderOperation& operation);

// What several clients did to one person's holds.
using LadderHistory = std::vector<LadderOperation>;

// What a search came to.
struct Linearization {
  bool found = false;
  int64_t tried = 0;         // Steps.
  // If none was found: the longest beginning that could be explained, and the
  // call that cannot come next to it, for people.
  std::string stuck;
};

// Whether there is an order of all calls, each at some moment between its
// beginning and its end, in which the specification gives these answers
// (Herlihy and Wing 1990). Searches as Wing and Gong do, and remembers with Lowe
// which states with which calls done lead nowhere. Confirming takes two moments,
// in this order.
Linearization FindLinearization(const LadderHistory& history);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_LINEARIZABILITY_LADDER_HISTORY_H_
