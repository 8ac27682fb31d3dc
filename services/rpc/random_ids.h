#ifndef TROUPE_SERVICES_RPC_RANDOM_IDS_H_
#define TROUPE_SERVICES_RPC_RANDOM_IDS_H_

#include <cstdint>
#include <random>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"

namespace troupe {

// Request ids for those who gave none: 128 random bits, no two alike. Not a
// secret. Thread-safe.
class RandomIds {
 public:
  // Seeded by the system.
  RandomIds() {
    std::random_device entropy;
    std::seed_seq seed{entropy(), entropy(), entropy(), entropy(),
                       entropy(), entropy(), entropy(), entropy()};
    engine_.seed(seed);
  }
  // The same ids for the same seed: for tests.
  explicit RandomIds(uint64_t seed) : engine_(seed) {}

  std::string Next() {
    absl::MutexLock lock(&mutex_);
    const uint64_t high = engine_();
    return absl::StrCat(absl::Hex(high, absl::kZeroPad16), absl::Hex(engine_(), absl::kZeroPad16));
  }

 private:
  absl::Mutex mutex_;
  std::mt19937_64 engine_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_RANDOM_IDS_H_
