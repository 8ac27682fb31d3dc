#include "services/rpc/operation_writes.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "matcher/base/status_macros.h"
#include "services/log/log_errors.h"
#include "services/rpc/resource_errors.h"
#include "services/rpc/retry_timer.h"
#include "services/rpc/write_resource.h"
#include "spdlog/spdlog.h"

namespace troupe {
namespace {

constexpr absl::Duration kWriteDeadline = absl::Seconds(30);
constexpr uint64_t kOneBody = 1;

}  // namespace

Operations NextOperations(const std::optional<StoredOperations>& stored, RecordHead head) {
  if (stored.has_value()) return stored->operations;
  head.external_id = {};
  Operations operations;
  operations.head = std::move(head);
  return operations;
}

AppendRequest NewOperationWrite(uint64_t id, std::string log_request_id) {
  return {.shard = ShardOf(id), .request_id = std::move(log_request_id), .body_hash = kOneBody};
}

absl::Status AddEnd(const StoredOperations& stored, uint32_t number, const absl::Status& outcome,
                    absl::Time now, AppendRequest& append) {
  Operations next = stored.operations;
  Operation* operation = next.Find(number);
  if (operation == nullptr || operation->state != Operation::State::kRunning) {
    return absl::AlreadyExistsError("the operation has ended");
  }
  operation->end_time = next.head.update_time = now;
  operation->state = outcome.ok()                  ? Operation::State::kSucceeded
                     : absl::IsCancelled(outcome) ? Operation::State::kCancelled
                                                  : Operation::State::kFailed;
  if (operation->state == Operation::State::kFailed) operation->error = OperationError::Of(outcome);
  append.mutations.push_back(WriteOperations(stored, next));
  return absl::OkStatus();
}

absl::Status ResourceGone(absl::string_view noun) {
  return absl::NotFoundError(absl::StrCat("the ", Spoken(noun), " was deleted"));
}

bool WaitUntilCaughtUp(const std::function<absl::Status()>& caught_up,
                       const absl::Notification& closing) {
  constexpr absl::Duration kPause = absl::Milliseconds(100);
  while (!caught_up().ok()) {
    if (closing.WaitForNotificationWithTimeout(kPause)) return false;
  }
  return true;
}

absl::Status WriteUntilKept(
    const ResourceTools& tools,
    absl::FunctionRef<absl::StatusOr<AppendRequest>(const ViewSnapshot&)> plan,
    const LiveOperation& live) {
  for (int failures = 1;; ++failures) {
    absl::Status status;
    absl::Notification written;
    tools.writer->Change(
        [&](const ViewSnapshot& now) -> absl::StatusOr<RecordWriter::Planned> {
          TROUPE_ASSIGN_OR_RETURN(AppendRequest append, plan(now));
          return RecordWriter::Planned{.append = std::move(append), .replan = true};
        },
        tools.clock->Now() + kWriteDeadline, [&](const auto& result) {
          status = result.status();
          written.Notify();
        });
    written.WaitForNotification();
    const bool may_pass = absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status) ||
                          absl::IsResourceExhausted(status) ||
                          StaleVersionOf(status).has_value();
    if (!may_pass || live.is_closing()) return status;
    absl::SleepFor(PauseAfter(failures));
  }
}

void LogUnlessEnded(const absl::Status& written) {
  if (written.ok() || absl::IsAlreadyExists(written)) return;
  spdlog::warn("the end of an operation could not be written: {}", written.ToString());
}

}  // namespace troupe
