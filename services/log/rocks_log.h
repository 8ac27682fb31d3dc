#ifndef TROUPE_SERVICES_LOG_ROCKS_LOG_H_
#define TROUPE_SERVICES_LOG_ROCKS_LOG_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "matcher/base/clock.h"
#include "services/log/change_log.h"

namespace rocksdb {
class Env;
}  // namespace rocksdb

namespace troupe {

class RocksStore;

// A ChangeLog in a database that can be backed up while it is in use.
class StoredLog : public ChangeLog {
 public:
  using ChangeLog::ChangeLog;
  virtual const RocksStore& store() const = 0;  // As long as the log lives.
};

// Where a RocksLog lives and how much it takes on at once.
struct RocksLogOptions {
  // Created if absent; its parent exists. The commit anchor lies beside it.
  std::string directory;
  LogName name = LogName::kTroupe;

  // One fsynced write holds at most so many records and bytes of them, but at
  // least one record. Larger groups write faster and answer later.
  int64_t max_group_records = 4096;
  int64_t max_group_bytes = 8 << 20;
  // More bytes than this waiting for the disk, and Append refuses.
  int64_t max_waiting_bytes = 256 << 20;
  // So much of what was committed last is read from memory instead of from disk.
  int64_t max_recent_bytes = 8 << 20;

  // For tests: the disk (null: the real one; outlives the log), and whether
  // OK waits for it.
  rocksdb::Env* env = nullptr;
  bool sync = true;
};

// The embedded ChangeLog, in a RocksDB database of its own. One thread commits
// what waits, of any shard, in one fsynced write, notes that in the commit
// anchor, which is synced too, and then answers it; another
// one reads for the waiting Reads, so that no Read holds a thread. Once a write
// has failed the log is read-only: memory and disk may differ until it is
// opened again. `clock` outlives the log; a Read's wait_until may be seen up to
// 100 ms late.
//
// Returns once what is on disk is verified.
//   FAILED_PRECONDITION DIRECTORY_IN_USE: another log has it open.
//   FAILED_PRECONDITION NEWER_FORMAT: a later release wrote it.
//   FAILED_PRECONDITION OTHER_LOG: it is another process's log, by its name.
//   FAILED_PRECONDITION COPIED_LIVE: a raw copy of a log in use.
//   DATA_LOSS LOG_LOST_RECORDS: it lacks what was acknowledged.
//   DATA_LOSS ANCHOR_LOST: its commit anchor is missing or unreadable.
//   DATA_LOSS LOG_CORRUPT, RECORD_UNREADABLE: it is damaged.
//   UNAVAILABLE LOG_IO: the disk failed.
absl::StatusOr<std::unique_ptr<StoredLog>> OpenRocksLog(const Clock& clock,
                                                        const RocksLogOptions& options);

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_ROCKS_LOG_H_
