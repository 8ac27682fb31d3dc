#ifndef TROUPE_TESTS_STORM_PATIENCE_H_
#define TROUPE_TESTS_STORM_PATIENCE_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/cli/connection.h"

namespace troupe::testing {
namespace patience_internal {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& answer) {
  return answer.status();
}

}  // namespace patience_internal

// What `ask` comes to: while the server is not reached, or says that it cannot
// answer yet, it is asked again, for a minute.
template <typename Ask>
auto Patiently(Ask ask) {
  const absl::Time end = absl::Now() + absl::Seconds(60);
  while (true) {
    auto answer = ask();
    const absl::Status& status = patience_internal::StatusOf(answer);
    // A deadline passes also when a storm steps the server's clock.
    const bool is_in_doubt = IsTransportError(status) || absl::IsDeadlineExceeded(status);
    if (!is_in_doubt || absl::Now() > end) return answer;
    absl::SleepFor(absl::Milliseconds(2));
  }
}

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_STORM_PATIENCE_H_
