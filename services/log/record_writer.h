#ifndef TROUPE_SERVICES_LOG_RECORD_WRITER_H_
#define TROUPE_SERVICES_LOG_RECORD_WRITER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "matcher/base/executor.h"
#include "services/log/change_log.h"
#include "services/log/view.h"

namespace troupe {

// Writes to the log, and answers once the view shows what was written: whoever
// was answered reads it. No thread waits. Thread-safe; what it is made of and
// it outlive the writes under way. Callbacks run on the executor.
class RecordWriter {
 public:
  // What a request came to in the log.
  struct Written {
    LogPos pos;
    // The request id had been used for it before: nothing was written now. False
    // also for the others of several that are under way at once under one id, of
    // which one is written.
    bool is_repeat = false;
  };

  // What is to be appended, given the newest state.
  struct Planned {
    std::optional<AppendRequest> append;  // None: nothing.
    // If somebody else writes the record in between: plan again, a few times.
    bool replan = false;
  };
  using Plan = std::function<absl::StatusOr<Planned>(const ViewSnapshot&)>;

  RecordWriter(ChangeLog* log, View* view, Executor* executor)
      : log_(log), view_(view), executor_(executor) {}

  // Appends what `plan` makes of the newest state. `done` gets nullopt if there
  // was nothing to append. Errors are those of the plan, of ChangeLog::Append,
  // and UNAVAILABLE if the view has failed: the outcome is then unknown.
  void Change(Plan plan, absl::Time deadline,
              std::function<void(absl::StatusOr<std::optional<Written>>)> done);

  // Appends all `requests` at once, each on its own: an answer for each.
  void Append(std::vector<AppendRequest> requests, absl::Time deadline,
              std::function<void(std::vector<absl::StatusOr<Written>>)> done);

  // Calls `current` once the view shows what the log holds of `shards` now.
  void WhenCurrent(const std::vector<ShardId>& shards,
                   std::function<void(absl::Status)> current);

 private:
  struct ChangeUnderWay;
  struct Place {
    ShardId shard;
    uint64_t seq = 0;
  };

  void Attempt(std::shared_ptr<ChangeUnderWay> change);
  void WhenApplied(const std::vector<Place>& places, std::function<void(absl::Status)> applied);
  absl::StatusOr<std::vector<Place>> Heads(const std::vector<ShardId>& shards);

  ChangeLog* const log_;
  View* const view_;
  Executor* const executor_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_RECORD_WRITER_H_
