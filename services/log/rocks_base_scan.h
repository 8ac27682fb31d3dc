#ifndef TROUPE_SERVICES_LOG_ROCKS_BASE_SCAN_H_
#define TROUPE_SERVICES_LOG_ROCKS_BASE_SCAN_H_

#include <memory>

#include "absl/status/statusor.h"
#include "services/log/base_scan.h"
#include "services/log/rocks_store.h"

namespace troupe {

// The BaseScan of `shard` over a snapshot of `store`, which it must not
// outlive.
absl::StatusOr<std::unique_ptr<BaseScan>> OpenRocksBaseScan(const RocksStore& store,
                                                            ShardId shard);

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_ROCKS_BASE_SCAN_H_
