#ifndef TROUPE_SERVICES_LOG_LOG_VERIFICATION_H_
#define TROUPE_SERVICES_LOG_LOG_VERIFICATION_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "rocksdb/env.h"
#include "services/log/group_pos.h"
#include "services/log/rocks_store.h"

namespace troupe {

// What was found in a log that is whole.
struct LogFindings {
  GroupPos pos;          // Where its commits end.
  int64_t records = 0;   // Kept, of all shards.
  int64_t entities = 0;  // As they stand.

  friend bool operator==(const LogFindings&, const LogFindings&) = default;
};

// Reads the log in `directory` from end to end without changing anything: the
// checksum of every block, the anchor, the chain of every shard's records, and
// that every entity parses and is what the last record about it says. Errors as
// OpenRocksLog's, which name the damaged file or record; NOT_FOUND if there is
// no log. About as long as it takes to read the files.
absl::StatusOr<LogFindings> VerifyLog(const std::string& directory, rocksdb::Env* env = nullptr);

// The same of an open database, without the anchor.
absl::StatusOr<LogFindings> VerifyStore(const RocksStore& store);

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_LOG_VERIFICATION_H_
