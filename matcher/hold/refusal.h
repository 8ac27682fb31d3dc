#ifndef TROUPE_MATCHER_HOLD_REFUSAL_H_
#define TROUPE_MATCHER_HOLD_REFUSAL_H_

#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "matcher/base/violation.h"

namespace troupe {

// FAILED_PRECONDITION with a reason, and, if there are any, what is in the way
// (ViolationsOf).
absl::Status Refused(absl::string_view reason, absl::string_view message,
                     const Violations& in_the_way = {});

// INVALID_ARGUMENT if `text` has over `most_bytes`.
absl::Status CheckLength(absl::string_view field, absl::string_view text, size_t most_bytes);

}  // namespace troupe

#endif  // TROUPE_MATCHER_HOLD_REFUSAL_H_
