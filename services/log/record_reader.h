#ifndef TROUPE_SERVICES_LOG_RECORD_READER_H_
#define TROUPE_SERVICES_LOG_RECORD_READER_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "services/log/change_log.h"
#include "services/log/log_positions.h"
#include "services/log/recent_records.h"
#include "services/log/rocks_store.h"

namespace troupe {

// One Read of a RocksLog: what follows some cursors up to known heads.
// Checks every record against the one before it, whether it comes from memory
// or from disk. Thread-compatible.
class RecordReader {
 public:
  // `heads` are on disk already; `trimmed` tells how far a shard is trimmed and
  // is never behind the disk. All outlive the reader.
  RecordReader(const RocksStore& store, const RecentRecords& recent, const ShardPositions& heads,
               absl::FunctionRef<LogPos(ShardId)> trimmed);

  // The records after `cursors`, within `limits`; none if there are none. The
  // shard at `turn` (modulo the number of cursors) is read first. Errors: see
  // ChangeLog::Read.
  absl::StatusOr<std::vector<ReadRecord>> ReadAfter(absl::Span<const Cursor> cursors,
                                                    const Limits& limits, size_t turn) &&;

 private:
  // Reads shard `cursor.shard` within a share of what is left.
  absl::Status ReadShard(const Cursor& cursor, const Limits& left, const Limits& share);
  // The same from memory; false if what comes next is not there.
  bool ReadRecent(const Cursor& cursor, const Limits& left, const Limits& share);
  // Moves to the record after `cursor`, which has to be a record or where the
  // shard is trimmed.
  absl::Status SeekAfter(const Cursor& cursor);
  // The error for a record that is not where the iterator stands.
  absl::Status Missing(ShardId shard, uint64_t seq) const;
  bool IsAt(ShardId shard, uint64_t seq) const;

  const RocksStore& store_;
  const RecentRecords& recent_;
  const ShardPositions& heads_;
  absl::FunctionRef<LogPos(ShardId)> trimmed_;
  std::unique_ptr<rocksdb::Iterator> it_;  // Once the disk is needed.
  std::vector<ReadRecord> records_;
  int64_t bytes_ = 0;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_RECORD_READER_H_
