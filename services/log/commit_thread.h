#ifndef TROUPE_SERVICES_LOG_COMMIT_THREAD_H_
#define TROUPE_SERVICES_LOG_COMMIT_THREAD_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "matcher/base/clock.h"
#include "services/log/change_log.h"
#include "services/log/commit_anchor.h"
#include "services/log/commit_group.h"
#include "services/log/log_progress.h"
#include "services/log/recent_records.h"
#include "services/log/rocks_log.h"
#include "services/log/rocks_store.h"

namespace troupe {

// The one thread that appends to a store: it takes all that waits, writes it
// in as few groups as the options allow, lets the anchor say so, moves the
// heads and then answers.
// Thread-safe; the arguments outlive it.
class CommitThread {
 public:
  // Calls `on_commit` when the heads have moved and before any answer.
  CommitThread(const Clock& clock, const RocksLogOptions& options, RocksStore& store,
               CommitAnchor& anchor, RecentRecords& recent, LogProgress& progress,
               std::function<void()> on_commit);
  ~CommitThread() { Close(); }

  // See ChangeLog::Append.
  void Append(std::vector<AppendRequest> requests, absl::Time deadline, AppendDone done);

  // Refuses further appends; returns when all others are answered.
  void Close();

 private:
  struct Call {
    std::vector<AppendRequest> requests;
    absl::Time deadline;
    AppendDone done;
    int64_t bytes = 0;
    std::vector<absl::StatusOr<LogPos>> results;
  };
  // A group in the making. A call may span several groups.
  struct OpenGroup {
    std::optional<CommitGroup> group;                // Once there is a request for it.
    size_t expected = 0;  // So many of the requests that come next were told to it.
    std::vector<absl::StatusOr<LogPos>*> weighed;    // The results that await its commit.
    std::vector<Call> decided;                       // Calls to answer after it.
  };

  void Run();
  std::deque<Call> TakeCalls();
  void Commit(std::deque<Call> calls);
  // Weighs the first of `requests`, what is left of a call.
  absl::StatusOr<LogPos> Weigh(absl::Span<const AppendRequest> requests, absl::Time deadline,
                               OpenGroup& open);
  bool IsFull(const CommitGroup& group) const;
  void Finish(OpenGroup& open);
  // Makes the group durable, the anchor last.
  absl::Status Write(CommitGroup& group);

  const Clock& clock_;
  const RocksLogOptions& options_;
  RocksStore& store_;
  CommitAnchor& anchor_;
  RecentRecords& recent_;
  LogProgress& progress_;
  const std::function<void()> on_commit_;

  absl::Mutex mutex_;
  std::deque<Call> calls_ ABSL_GUARDED_BY(mutex_);
  int64_t waiting_bytes_ ABSL_GUARDED_BY(mutex_) = 0;  // Of the unanswered calls.
  bool closing_ ABSL_GUARDED_BY(mutex_) = false;

  absl::Mutex join_mutex_;
  std::thread thread_ ABSL_GUARDED_BY(join_mutex_);  // Last: it uses the rest.
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_COMMIT_THREAD_H_
