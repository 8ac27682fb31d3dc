#ifndef TROUPE_SERVICES_LOG_COMMIT_GROUP_H_
#define TROUPE_SERVICES_LOG_COMMIT_GROUP_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "rocksdb/write_batch.h"
#include "services/log/change_log.h"
#include "services/log/group_pos.h"
#include "services/log/log_positions.h"
#include "services/log/rocks_store.h"
#include "services/log/stored_format.h"

namespace troupe {

// Requests that go to disk in one write, each weighed against the store and
// the requests before it. Their results hold once Commit has returned OK.
// Thread-compatible; while one is open nobody else may append to the store.
class CommitGroup {
 public:
  // `heads` are those of the store, which `last` was committed to last; `now`
  // is when the records are appended.
  CommitGroup(RocksStore& store, const ShardPositions& heads, const GroupPos& last,
              absl::Time now)
      : store_(store), heads_(heads), pos_(last), now_(now) {}

  // The position that `request` gets, or why it gets none: see
  // ChangeLog::Append. Costs one or two reads.
  absl::StatusOr<LogPos> Add(const AppendRequest& request);

  // How much there is to write.
  int64_t records() const { return records_; }
  int64_t bytes() const { return bytes_; }

  // Writes what was added, all of it or nothing. After an error it is unknown
  // which, and the store must not be written to any more.
  absl::Status Commit();

  // The heads after Commit.
  const ShardPositions& heads() const { return heads_; }

  // The place of what Commit wrote among all commits.
  const GroupPos& pos() const { return pos_; }

 private:
  absl::StatusOr<std::optional<stored::UsedRequest>> FindRequest(const std::string& key);
  absl::StatusOr<uint64_t> VersionOf(const EntityKey& entity);
  absl::Status CheckVersions(const AppendRequest& request);
  LogPos Write(const AppendRequest& request, const std::string& request_key, uint64_t body_hash);

  RocksStore& store_;
  ShardPositions heads_;
  GroupPos pos_;
  const absl::Time now_;
  rocksdb::WriteBatch batch_;
  int64_t records_ = 0;
  int64_t bytes_ = 0;
  // What this group has written and the store does not show yet.
  absl::flat_hash_map<EntityKey, uint64_t> versions_;
  absl::flat_hash_map<std::string, stored::UsedRequest> requests_;
  absl::flat_hash_map<ShardId, LogPos> new_heads_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_COMMIT_GROUP_H_
