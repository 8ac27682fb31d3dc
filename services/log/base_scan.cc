#include "services/log/base_scan.h"

#include <memory>
#include <utility>

#include "matcher/base/status_macros.h"
#include "services/log/change_log.h"

namespace troupe {

absl::StatusOr<std::vector<Cursor>> ScanBase(
    LogReader& log, absl::FunctionRef<absl::Status(BaseEntity)> visit) {
  std::vector<Cursor> cursors;
  for (ShardId shard; shard.value < kShardCount; ++shard.value) {
    TROUPE_ASSIGN_OR_RETURN(std::unique_ptr<BaseScan> scan, log.OpenBase(shard));
    while (true) {
      TROUPE_ASSIGN_OR_RETURN(std::optional<BaseEntity> entity, scan->Next());
      if (!entity.has_value()) break;
      TROUPE_RETURN_IF_ERROR(visit(*std::move(entity)));
    }
    cursors.push_back({shard, scan->position()});
  }
  return cursors;
}

}  // namespace troupe
