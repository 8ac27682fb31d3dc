#ifndef TROUPE_SERVICES_LOG_RECENT_RECORDS_H_
#define TROUPE_SERVICES_LOG_RECENT_RECORDS_H_

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "services/log/change_log.h"

namespace troupe {

// A record as it was committed.
struct RecentRecord {
  ReadRecord record;
  RecordId previous;  // Of the record before it in its shard.
  int64_t bytes = 0;  // As stored.
};

// The records of a log that were committed last, so that who follows the log
// does not read them from disk right after they were written. Holds so many
// bytes, and forgets the oldest first; what it lacks is on disk. Thread-safe.
class RecentRecords {
 public:
  explicit RecentRecords(int64_t most_bytes) : most_bytes_(most_bytes) {}

  // Takes `records` in, those of a shard in order and each right after the one
  // that was taken in before it. They are on disk.
  void Add(std::vector<RecentRecord> records);

  // The records that follow `cursor`, in order, at most `most_records` and so
  // many `most_bytes` (one record may be more), up to `last_seq`; none if the
  // first of them is not held, or does not follow from the cursor.
  std::vector<std::shared_ptr<const RecentRecord>> After(const Cursor& cursor, uint64_t last_seq,
                                                         const Limits& limits) const;

 private:
  using Records = std::deque<std::shared_ptr<const RecentRecord>>;

  const int64_t most_bytes_;
  mutable absl::Mutex mutex_;
  int64_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  std::array<Records, kShardCount> shards_ ABSL_GUARDED_BY(mutex_);  // Each without gaps.
  std::deque<ShardId> order_ ABSL_GUARDED_BY(mutex_);  // Of all of them, oldest first.
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_RECENT_RECORDS_H_
