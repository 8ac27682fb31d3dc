#ifndef TROUPE_SERVICES_LOG_LOG_TRIM_H_
#define TROUPE_SERVICES_LOG_LOG_TRIM_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "rocksdb/write_batch.h"
#include "services/log/log_pos.h"
#include "services/log/rocks_store.h"

namespace troupe {

// A part of a trim that goes to disk in one write.
struct TrimStep {
  LogPos trimmed;  // The last record that `batch` deletes.
  rocksdb::WriteBatch batch;
};

// The next step of forgetting the records of `shard` after `trimmed` up to
// `last_seq`, included, which is beyond `trimmed` and not beyond the head.
// Deletes each record and its request id: a range tombstone would cost readers.
absl::StatusOr<TrimStep> NextTrimStep(const RocksStore& store, ShardId shard,
                                      const LogPos& trimmed, uint64_t last_seq);

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_LOG_TRIM_H_
