#ifndef TROUPE_TESTS_STORM_FINDINGS_H_
#define TROUPE_TESTS_STORM_FINDINGS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"

namespace troupe::testing {

// What a server must never do.
enum class Wrong : size_t {
  kLost,          // Something acknowledged is gone, or is as it was before.
  kHalfApplied,   // Something is neither as it was nor as it was asked to be.
  kResurrected,   // Something deleted is there again.
  kAppliedTwice,  // A retry was taken for another request.
  kDisagreed,     // Two answers about the same moment do not fit each other.
  kStale,         // An answer does not show what was acknowledged long before.
  kRefused,       // A request failed that should not, or a server did not start.
  // Of holds:
  kDoubleBooked,    // One person and day, two bookings.
  kSeatTwice,       // A seat and a booking do not name each other.
  kLostPromotion,   // Somebody waits behind nobody.
  kSkippedQueue,    // Something was booked past a hold that stood above.
};
inline constexpr size_t kWrongs = 11;

absl::string_view NameOf(Wrong wrong);

// What went wrong, and how often. Thread-safe.
class Findings {
 public:
  void Add(Wrong wrong, absl::string_view text);

  int64_t Count(Wrong wrong) const;
  bool IsEmpty() const;
  // The first few, for people.
  std::vector<std::string> Texts() const;

 private:
  mutable absl::Mutex mutex_;
  std::array<int64_t, kWrongs> counts_ ABSL_GUARDED_BY(mutex_) = {};
  std::vector<std::string> texts_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_STORM_FINDINGS_H_
