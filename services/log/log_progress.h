#ifndef TROUPE_SERVICES_LOG_LOG_PROGRESS_H_
#define TROUPE_SERVICES_LOG_LOG_PROGRESS_H_

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "services/log/log_positions.h"

namespace troupe {

// The positions of an open log, as its threads tell each other. Heads are set
// after their records are on disk, trims before their records are deleted, so
// every record in between can be read. Thread-safe.
class LogProgress {
 public:
  explicit LogProgress(const LogPositions& positions) : positions_(positions) {}

  ShardPositions Heads() const {
    absl::MutexLock lock(&mutex_);
    return positions_.heads;
  }
  LogPos Head(ShardId shard) const {
    absl::MutexLock lock(&mutex_);
    return positions_.heads[shard.value];
  }
  LogPos Trimmed(ShardId shard) const {
    absl::MutexLock lock(&mutex_);
    return positions_.trimmed[shard.value];
  }
  void SetHeads(const ShardPositions& heads) {
    absl::MutexLock lock(&mutex_);
    positions_.heads = heads;
  }
  void SetTrimmed(ShardId shard, const LogPos& trimmed) {
    absl::MutexLock lock(&mutex_);
    positions_.trimmed[shard.value] = trimmed;
  }

 private:
  mutable absl::Mutex mutex_;
  LogPositions positions_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_LOG_PROGRESS_H_
