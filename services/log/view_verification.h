#ifndef TROUPE_SERVICES_LOG_VIEW_VERIFICATION_H_
#define TROUPE_SERVICES_LOG_VIEW_VERIFICATION_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "rocksdb/env.h"
#include "services/log/change_log.h"

namespace troupe {

// What was found in a view that is what its log says.
struct ViewFindings {
  bool exists = false;      // If not, it is made at the next start.
  bool is_behind = false;   // Then its content was not compared.
  int64_t records = 0;
  uint64_t digest = 0;      // Of the pool, equal to that of a new one. 0: it has none.
};

// Reads the view in `directory` without changing anything: the checksum of
// every block, and, if it stands where `log` in `log_directory` ends, that its
// records are the log's entities and that its pool has the digest of one that
// is made anew from them. DATA_LOSS VIEW_CORRUPT if not.
absl::StatusOr<ViewFindings> VerifyView(const std::string& directory, LogName log,
                                        const std::string& log_directory,
                                        rocksdb::Env* env = nullptr);

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_VIEW_VERIFICATION_H_
