#include "services/log/log_errors.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/cord.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "matcher/base/violation.h"

namespace troupe {
namespace {

constexpr absl::string_view kStaleVersionUrl = "troupe/stale_version";

}  // namespace

absl::Status StaleVersionError(const StaleVersion& stale) {
  absl::Status status = ErrorWithReason(
      absl::StatusCode::kAborted, "STALE_VERSION",
      absl::StrCat("mutations[", stale.mutation, "] expects another version than the entity's, ",
                   "which is ", stale.actual_version, ": read it again and retry"));
  status.SetPayload(kStaleVersionUrl,
                    absl::Cord(absl::StrCat(stale.mutation, ":", stale.actual_version)));
  return status;
}

std::optional<StaleVersion> StaleVersionOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kStaleVersionUrl);
  if (!payload.has_value()) return std::nullopt;
  const std::string text(*payload);
  const std::pair<std::string, std::string> parts = absl::StrSplit(text, ':');
  uint64_t mutation = 0;
  uint64_t version = 0;
  if (!absl::SimpleAtoi(parts.first, &mutation) || !absl::SimpleAtoi(parts.second, &version)) {
    return std::nullopt;
  }
  return StaleVersion{mutation, version};
}

absl::Status RequestIdReusedError() {
  return ErrorWithReason(
      absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED",
      "the request id was used for a different request: give each request its own");
}

absl::Status AppendDeadlineError() {
  return ErrorWithReason(
      absl::StatusCode::kDeadlineExceeded, "APPEND_DEADLINE",
      "the deadline passed before the log could take the request up: retry with the same request id");
}

absl::Status LogOverloadedError() {
  return ErrorWithReason(absl::StatusCode::kResourceExhausted, "LOG_OVERLOADED",
                         "too many writes wait for the disk: retry after a pause");
}

absl::Status LogClosedError() {
  return ErrorWithReason(
      absl::StatusCode::kUnavailable, "LOG_CLOSED",
      "the log is closed: retry with the same request id once the server is back");
}

absl::Status WriteFailedError(absl::string_view cause) {
  return ErrorWithReason(
      absl::StatusCode::kUnavailable, "LOG_WRITE_FAILED",
      absl::StrCat("a write to the log failed and it is read-only until the server restarts, "
                   "the outcome is unknown: retry with the same request id (", cause, ")"));
}

absl::Status NoSuchShardError(ShardId shard) {
  return InvalidField("shard", absl::StrCat("is ", shard.value),
                      absl::StrCat("give one below ", kShardCount));
}

absl::Status TrimmedError(ShardId shard, uint64_t trimmed_seq) {
  return ErrorWithReason(absl::StatusCode::kOutOfRange, "TRIMMED",
                         absl::StrCat("shard ", shard.value, " is trimmed up to ", trimmed_seq,
                                      ": start again from its base"));
}

absl::Status HistoryChangedError(ShardId shard, uint64_t seq) {
  return ErrorWithReason(absl::StatusCode::kDataLoss, "HISTORY_CHANGED",
                         absl::StrCat("record ", seq, " of shard ", shard.value,
                                      " is not the one read before: rebuild the shard's view"));
}

absl::Status RecordUnreadableError(ShardId shard, uint64_t seq, absl::string_view problem) {
  return ErrorWithReason(absl::StatusCode::kDataLoss, "RECORD_UNREADABLE",
                         absl::StrCat("record ", seq, " of shard ", shard.value, " ", problem,
                                      ": restore the log from a backup"));
}

absl::Status NewerFormatError(absl::string_view path) {
  return ErrorWithReason(
      absl::StatusCode::kFailedPrecondition, "NEWER_FORMAT",
      absl::StrCat(path, " was written by a later release: start that release"));
}

absl::Status OtherLogError(absl::string_view path, LogName found, LogName wanted) {
  return ErrorWithReason(
      absl::StatusCode::kFailedPrecondition, "OTHER_LOG",
      absl::StrCat(path, " is of the log of ", NameOf(found), ", not of that of ", NameOf(wanted),
                   ": name this process's own folder"));
}

absl::Status CopiedLiveError(absl::string_view anchor) {
  return ErrorWithReason(
      absl::StatusCode::kFailedPrecondition, "COPIED_LIVE",
      absl::StrCat(anchor, " is a copy that was made while a server used the folder, so files of "
                   "different moments lie beside each other: copy it with \"troupe backup\", or "
                   "after the server was stopped; to take it as it is, run the server once with "
                   "--reanchor"));
}

absl::Status AnchorLostError(absl::string_view anchor, absl::string_view problem) {
  return ErrorWithReason(
      absl::StatusCode::kDataLoss, "ANCHOR_LOST",
      absl::StrCat("the commit anchor ", anchor, " ", problem, ", so nothing tells whether the "
                   "log beside it is whole: put the file back, or restore a backup; to take the "
                   "log as it is, run the server once with --reanchor"));
}

absl::Status LogBehindError(absl::string_view directory, absl::string_view anchor,
                            absl::string_view problem) {
  return ErrorWithReason(
      absl::StatusCode::kDataLoss, "LOG_LOST_RECORDS",
      absl::StrCat("the log in ", directory, " lacks records that were acknowledged: ", problem,
                   " by ", anchor, ". Put back what was cut or deleted, or restore a backup; to "
                   "go on without them, run the server once with --reanchor"));
}

absl::Status RowUnreadableError(absl::string_view what, absl::string_view directory) {
  return ErrorWithReason(absl::StatusCode::kDataLoss, "RECORD_UNREADABLE",
                         absl::StrCat(what, " in ", directory,
                                      " is unreadable: restore the log from a backup"));
}

}  // namespace troupe
