#include "tests/storm/stepped_clock.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "absl/time/clock.h"

namespace troupe::testing {

static_assert(std::atomic<int64_t>::is_always_lock_free, "it is shared by processes");

SteppedClock::SteppedClock(const std::string& path) {
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  void* mapped = MAP_FAILED;
  if (file >= 0 && ftruncate(file, sizeof(*lead_nanos_)) == 0) {
    mapped = mmap(nullptr, sizeof(*lead_nanos_), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  }
  if (file >= 0) close(file);
  if (mapped == MAP_FAILED) {
    std::perror("the file of a stepped clock");
    std::abort();
  }
  lead_nanos_ = static_cast<std::atomic<int64_t>*>(mapped);
}

SteppedClock::~SteppedClock() { munmap(lead_nanos_, sizeof(*lead_nanos_)); }

absl::Time SteppedClock::Now() const {
  return absl::Now() + absl::Nanoseconds(lead_nanos_->load());
}

void SteppedClock::StepBy(absl::Duration step) {
  lead_nanos_->fetch_add(absl::ToInt64Nanoseconds(step));
}

}  // namespace troupe::testing
