#ifndef TROUPE_TESTS_TESTING_MEMORY_LOG_H_
#define TROUPE_TESTS_TESTING_MEMORY_LOG_H_

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "matcher/base/clock.h"
#include "services/log/change_log.h"

namespace troupe::testing {

// A ChangeLog in memory that keeps the whole contract but durability, for tests
// of its users. It has no thread: callbacks run, one at a time, on a thread
// that calls it, usually before that call returns. Thread-safe.
class MemoryLog final : public ChangeLog {
 public:
  explicit MemoryLog(const Clock& clock, LogName name = LogName::kTroupe)
      : ChangeLog(name), clock_(clock) {}
  ~MemoryLog() override { Close(); }

  void Append(std::vector<AppendRequest> requests, absl::Time deadline,
              AppendDone done) override;
  void Read(absl::Span<const Cursor> cursors, Limits limits, absl::Time wait_until,
            ReadDone done) override;
  absl::StatusOr<LogPos> Head(ShardId shard) override;
  absl::StatusOr<std::unique_ptr<BaseScan>> OpenBase(ShardId shard) override;
  absl::Status Trim(ShardId shard, uint64_t before_seq) override;
  void Close() override;

  // The requests of the next Append, or the next `times`, all get `status` and write
  // nothing; nullopt: not any more.
  void FailNextAppend(std::optional<absl::Status> status, int times = 1);

  // From now on appends take place, and readers see them, but are not answered
  // until ReleaseAcks, Close or destruction.
  void HoldAcks();
  void ReleaseAcks();
  size_t HeldAcks() const;

  // Answers the waiting reads whose time is up. The fake cannot see its clock
  // move, so a test that advances the clock calls this.
  void ExpireReads();
  size_t WaitingReads() const;

 private:
  struct StoredRecord {
    ReadRecord record;
    std::string request_id;
    int64_t bytes = 0;
  };
  struct UsedId {
    uint64_t body_hash = 0;
    LogPos pos;
  };
  struct Shard {
    std::deque<StoredRecord> records;
    LogPos trimmed;
    LogPos head;
    std::map<EntityKey, BaseEntity> entities;
    absl::flat_hash_map<std::string, UsedId> requests;
  };
  struct WaitingRead {
    std::vector<Cursor> cursors;
    Limits limits;
    absl::Time wait_until;
    ReadDone done;
  };

  absl::StatusOr<LogPos> AppendOne(const AppendRequest& request, absl::Time deadline)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::StatusOr<LogPos> Write(const AppendRequest& request, Shard& shard)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // nullopt while there is nothing to answer.
  std::optional<absl::StatusOr<std::vector<ReadRecord>>> TryRead(const WaitingRead& read)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void AnswerReads() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Runs what is due, unless another call is at it and so will run it.
  void RunDue() ABSL_LOCKS_EXCLUDED(mutex_);

  const Clock& clock_;
  mutable absl::Mutex mutex_;
  std::array<Shard, kShardCount> shards_ ABSL_GUARDED_BY(mutex_);
  std::vector<WaitingRead> reads_ ABSL_GUARDED_BY(mutex_);
  std::deque<std::function<void()>> due_ ABSL_GUARDED_BY(mutex_);
  std::deque<std::function<void()>> held_ ABSL_GUARDED_BY(mutex_);
  std::optional<absl::Status> fail_next_ ABSL_GUARDED_BY(mutex_);
  int failures_left_ ABSL_GUARDED_BY(mutex_) = 0;
  bool holding_ ABSL_GUARDED_BY(mutex_) = false;
  bool running_ ABSL_GUARDED_BY(mutex_) = false;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_MEMORY_LOG_H_
