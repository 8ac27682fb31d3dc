#ifndef TROUPE_SERVICES_LOG_LOG_ERRORS_H_
#define TROUPE_SERVICES_LOG_LOG_ERRORS_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/log/log_name.h"
#include "services/log/shard.h"

// Every error that a ChangeLog answers with, so that code, reason and wording
// live once; and what callers read out of them.
namespace troupe {

// Which mutation of a request failed its compare-and-set.
struct StaleVersion {
  size_t mutation = 0;          // Index in AppendRequest::mutations.
  uint64_t actual_version = 0;  // kNoVersion: the entity does not exist.

  friend bool operator==(const StaleVersion&, const StaleVersion&) = default;
};

absl::Status StaleVersionError(const StaleVersion& stale);       // ABORTED
std::optional<StaleVersion> StaleVersionOf(const absl::Status& status);

absl::Status RequestIdReusedError();                             // ALREADY_EXISTS
absl::Status AppendDeadlineError();                              // DEADLINE_EXCEEDED
absl::Status LogOverloadedError();                               // RESOURCE_EXHAUSTED
absl::Status LogClosedError();                                   // UNAVAILABLE
absl::Status WriteFailedError(absl::string_view cause);          // UNAVAILABLE

absl::Status NoSuchShardError(ShardId shard);                    // INVALID_ARGUMENT
absl::Status TrimmedError(ShardId shard, uint64_t trimmed_seq);  // OUT_OF_RANGE
absl::Status HistoryChangedError(ShardId shard, uint64_t seq);   // DATA_LOSS
absl::Status RecordUnreadableError(ShardId shard, uint64_t seq,  // DATA_LOSS
                                   absl::string_view problem);

// About files. `directory` is the log's, `anchor` its commit anchor.
absl::Status NewerFormatError(absl::string_view path);           // FAILED_PRECONDITION
absl::Status OtherLogError(absl::string_view path,               // FAILED_PRECONDITION
                           LogName found, LogName wanted);
absl::Status CopiedLiveError(absl::string_view anchor);          // FAILED_PRECONDITION
absl::Status AnchorLostError(absl::string_view anchor,           // DATA_LOSS
                             absl::string_view problem);
absl::Status LogBehindError(absl::string_view directory,         // DATA_LOSS
                            absl::string_view anchor, absl::string_view problem);
absl::Status RowUnreadableError(absl::string_view what,          // DATA_LOSS
                                absl::string_view directory);

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_LOG_ERRORS_H_
