#ifndef TROUPE_SERVICES_CONVERT_RESUME_TOKEN_H_
#define TROUPE_SERVICES_CONVERT_RESUME_TOKEN_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/log/log_pos.h"

namespace troupe {

// Where a watch goes on, as the wire carries it: opaque text with a place in
// each shard of the log. It holds nothing of who asked, so it is good for any
// caller, but for one kind of resource ("profile") only. At most
// kMaxResumeTokenBytes.
std::string FormatResumeToken(absl::string_view kind, absl::Span<const Cursor> cursors);

inline constexpr size_t kMaxResumeTokenBytes = 8000;

// A cursor for every shard, in their order. Returns INVALID_ARGUMENT about
// resume_token if we made no such token for `kind`.
absl::StatusOr<std::vector<Cursor>> ParseResumeToken(absl::string_view kind,
                                                     absl::string_view token);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_RESUME_TOKEN_H_
