#ifndef TROUPE_MATCHER_HOLD_DECISION_H_
#define TROUPE_MATCHER_HOLD_DECISION_H_

#include <cstdint>

#include "matcher/base/ids.h"

namespace troupe {

// One confirmation, of a hold or of a whole crew: a stable hash of the
// organization and its request id, so that a retry reaches the same.
using DecisionId = Id<struct DecisionKind>;

// What the project's shard says of it. Written once; a confirmation that has
// none is undecided.
enum class Decision : uint8_t {  // Stored: never renumber.
  kCommit = 1,
  kAbort = 2,
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_HOLD_DECISION_H_
