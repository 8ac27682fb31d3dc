#ifndef TROUPE_MATCHER_HOLD_CHALLENGE_H_
#define TROUPE_MATCHER_HOLD_CHALLENGE_H_

#include <cstdint>
#include <vector>

#include "absl/time/time.h"

namespace troupe {

// A hold's demand that those above it confirm or go. It binds the holds that
// were above when it was made, not those that come back later.
struct Challenge {
  enum class Phase : uint8_t {  // Stored: never renumber.
    kAnswer = 1,   // Those above have until the deadline.
    kConfirm = 2,  // The challenger is first everywhere and has until then.
  };
  Phase phase = Phase::kAnswer;
  std::vector<uint32_t> challenged;  // Holds, ascending; empty in kConfirm.
  absl::Time deadline;

  friend bool operator==(const Challenge&, const Challenge&) = default;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_HOLD_CHALLENGE_H_
