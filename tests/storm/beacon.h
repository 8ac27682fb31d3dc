#ifndef TROUPE_TESTS_STORM_BEACON_H_
#define TROUPE_TESTS_STORM_BEACON_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tests/storm/deployment.h"
#include "troupe/v1/profile.pb.h"

namespace troupe::testing {

// One profile whose role is switched between two that nobody else holds, to see
// when matching shows what was written. Thread-compatible.
class Beacon {
 public:
  explicit Beacon(Services services) : services_(std::move(services)) {}

  // Creates the profile, or switches its role. Returns when that is
  // acknowledged.
  absl::Status Switch();

  // Whether matching answers with the last Switch.
  absl::StatusOr<bool> IsShown() const;

 private:
  const Services services_;
  v1::Profile profile_;
  int switches_ = 0;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_STORM_BEACON_H_
