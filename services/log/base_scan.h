#ifndef TROUPE_SERVICES_LOG_BASE_SCAN_H_
#define TROUPE_SERVICES_LOG_BASE_SCAN_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/log/entity.h"
#include "services/log/log_pos.h"

namespace troupe {

class LogReader;

// An entity as it stands.
struct BaseEntity {
  EntityKey entity;
  uint64_t version = kNoVersion;
  std::string value;

  friend bool operator==(const BaseEntity&, const BaseEntity&) = default;
};

// All entities of one shard as of one position, by kind and id. For a reader
// whose position was trimmed away or that starts anew: scan, then read the log
// from position(). Blocks on disk. Thread-compatible; must not outlive its log.
class BaseScan {
 public:
  virtual ~BaseScan() = default;

  // The last record that the entities contain.
  virtual LogPos position() const = 0;

  // The next entity, nullopt after the last. DATA_LOSS if one is unreadable.
  virtual absl::StatusOr<std::optional<BaseEntity>> Next() = 0;
};

// Visits every entity of every shard of `log`, shard by shard, and returns a
// cursor for each shard from which to read on. Stops at the first error, of
// the log or of `visit`.
absl::StatusOr<std::vector<Cursor>> ScanBase(
    LogReader& log, absl::FunctionRef<absl::Status(BaseEntity)> visit);

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_BASE_SCAN_H_
