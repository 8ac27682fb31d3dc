#ifndef TROUPE_SERVICES_LOG_APPEND_RULES_H_
#define TROUPE_SERVICES_LOG_APPEND_RULES_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "services/log/change_log.h"

// What every ChangeLog asks of its callers, whatever it is stored in.
namespace troupe {

// About how many bytes the record of `request` takes, never less than its
// values and its request id.
int64_t RecordBytes(const AppendRequest& request);

// INVALID_ARGUMENT, naming the field, if `request` can never be appended.
absl::Status CheckAppend(const AppendRequest& request);

// INVALID_ARGUMENT, naming the field, if these can never be read.
absl::Status CheckRead(absl::Span<const Cursor> cursors, const Limits& limits);

// What two uses of one request id must have in common to be one request:
// its body_hash, or the hash of its mutations. Stored: never change it.
uint64_t BodyHash(const AppendRequest& request);

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_APPEND_RULES_H_
