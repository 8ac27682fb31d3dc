#ifndef TROUPE_MATCHER_DOMAIN_HOLD_COUNTS_H_
#define TROUPE_MATCHER_DOMAIN_HOLD_COUNTS_H_

#include <cstdint>

namespace troupe {

// How holds of a person's days came out: what the chance that the person comes
// free is counted from. A hold that is re-opened is taken back.
struct HoldCounts {
  int64_t placed = 0;  // Those that have not ended included.
  int64_t booked = 0;  // Also those cancelled since.
  int64_t declined = 0;
  int64_t released = 0;
  int64_t expired = 0;

  int64_t Ended() const { return booked + declined + released + expired; }
  friend bool operator==(const HoldCounts&, const HoldCounts&) = default;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_HOLD_COUNTS_H_
