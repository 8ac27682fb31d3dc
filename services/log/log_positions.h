#ifndef TROUPE_SERVICES_LOG_LOG_POSITIONS_H_
#define TROUPE_SERVICES_LOG_LOG_POSITIONS_H_

#include <array>

#include "absl/status/statusor.h"
#include "services/log/log_pos.h"
#include "services/log/rocks_store.h"

namespace troupe {

using ShardPositions = std::array<LogPos, kShardCount>;

// Where the records of each shard begin and end.
struct LogPositions {
  ShardPositions heads;    // The last record.
  ShardPositions trimmed;  // The last record forgotten; {} if none.
};

// Reads the positions of `store` and checks that the last record of each shard
// is where its head says and follows from the one before. DATA_LOSS if not.
absl::StatusOr<LogPositions> LoadVerifiedPositions(const RocksStore& store);

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_LOG_POSITIONS_H_
