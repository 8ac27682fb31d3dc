#ifndef TROUPE_TESTS_MODEL_BOUNDS_H_
#define TROUPE_TESTS_MODEL_BOUNDS_H_

#include <cstdint>

namespace troupe::testing {

// How much may happen in one run of the model, whatever the order: what makes
// the number of its states finite. Steps of the protocol, deliveries of
// messages and what timers do are not bounded.
struct Bounds {
  int8_t holds = 4;          // Placed, over all people and projects.
  int8_t answers = 3;        // Accepts, declines, releases.
  int8_t counter_offers = 0;
  int8_t challenges = 1;
  int8_t confirmations = 2;  // Requests, each of a hold or of a crew.
  int8_t retries = 1;        // Of those requests, after the coordinator is gone.
  int8_t cancellations = 1;  // Of bookings.
  int8_t edits = 1;          // A person marks a day busy, or free again.
  int8_t crashes = 1;        // Of the process that keeps profiles; it restarts.
  int8_t delayed = 1;        // Commands that read an agenda and write it later.
  int8_t skews = 1;          // Placements by a server whose clock is an hour behind.
  int8_t jumps = 4;          // Of time, each to the next moment at which anything is due.
};

// Mistakes that the model can be made with, one at a time, to see that it would
// find them.
enum class Mistake : uint8_t {
  kNone,
  kNoFence,            // A write that does not compare versions.
  kPromotionLost,      // Who moves up when a hold expires is not told.
  kExpiredConfirmed,   // A confirmation that does not do first what is due.
  kHalfCrew,           // An intent past its deadline is dropped without a decision.
  kRetryTwice,         // A request id is not remembered.
  kWallClock,          // Positions by the time of placing.
  kWrongDays,          // A booking does not release those who want its last day only.
  kTimerLost,          // Timers are not set again after a restart.
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_MODEL_BOUNDS_H_
