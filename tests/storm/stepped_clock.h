#ifndef TROUPE_TESTS_STORM_STEPPED_CLOCK_H_
#define TROUPE_TESTS_STORM_STEPPED_CLOCK_H_

#include <atomic>
#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "matcher/base/clock.h"

namespace troupe::testing {

// The machine's clock with a lead that is kept in a file of 8 bytes, so that
// all processes that have the file see a step at once, and one that starts
// anew is not behind. Runs backwards never. Thread-safe.
//
//   SteppedClock clock(folder.Join("clock"));
//   clock.StepBy(absl::Hours(24));  // Deadlines of hours pass.
class SteppedClock final : public Clock {
 public:
  // Opens `path`, or creates it with no lead. Ends the program if it cannot.
  explicit SteppedClock(const std::string& path);
  ~SteppedClock() override;
  SteppedClock(const SteppedClock&) = delete;
  SteppedClock& operator=(const SteppedClock&) = delete;

  absl::Time Now() const override;

  // Whoever has the file is `step` later from now on. `step` is not negative.
  void StepBy(absl::Duration step);

 private:
  std::atomic<int64_t>* lead_nanos_ = nullptr;  // Mapped from the file.
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_STORM_STEPPED_CLOCK_H_
