#ifndef TROUPE_SERVICES_LOG_READ_THREAD_H_
#define TROUPE_SERVICES_LOG_READ_THREAD_H_

#include <optional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "matcher/base/clock.h"
#include "services/log/change_log.h"
#include "services/log/log_progress.h"
#include "services/log/recent_records.h"
#include "services/log/rocks_store.h"

namespace troupe {

// The one thread that answers the Reads of a log, those that wait included, so
// that a waiting Read costs a list entry and commits never wait for a reader.
// Thread-safe; the arguments outlive it.
class ReadThread {
 public:
  ReadThread(const Clock& clock, const RocksStore& store, const RecentRecords& recent,
             const LogProgress& progress);
  ~ReadThread() { Close(); }

  // See ChangeLog::Read.
  void Read(absl::Span<const Cursor> cursors, Limits limits, absl::Time wait_until,
            ReadDone done);

  // To be called after the heads in `progress` have moved.
  void Wake();

  // Refuses further reads; returns when all others are answered.
  void Close();

 private:
  struct Call {
    std::vector<Cursor> cursors;
    Limits limits;
    absl::Time wait_until;
    ReadDone done;
  };

  void Run();
  // Sleeps until a call came in or one of `waiting` may have an answer; moves
  // new calls to `waiting`. False when closing.
  bool AwaitWork(std::vector<Call>& waiting);
  absl::Duration Patience(const std::vector<Call>& waiting) const;
  // Answers what has an answer and keeps the others.
  void AnswerSome(std::vector<Call>& waiting);
  std::optional<absl::StatusOr<std::vector<ReadRecord>>> TryRead(const Call& call,
                                                                 const ShardPositions& heads);

  const Clock& clock_;
  const RocksStore& store_;
  const RecentRecords& recent_;
  const LogProgress& progress_;
  size_t turn_ = 0;  // Which shard comes first; only the thread uses it.

  absl::Mutex mutex_;
  std::vector<Call> calls_ ABSL_GUARDED_BY(mutex_);
  bool woken_ ABSL_GUARDED_BY(mutex_) = false;
  bool closing_ ABSL_GUARDED_BY(mutex_) = false;

  absl::Mutex join_mutex_;
  std::thread thread_ ABSL_GUARDED_BY(join_mutex_);  // Last: it uses the rest.
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_READ_THREAD_H_
