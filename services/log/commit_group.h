#ifndef TROUPE_SERVICES_LOG_COMMIT_GROUP_H_
#define TROUPE_SERVICES_LOG_COMMIT_GROUP_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "services/log/change_log.h"
#include "services/log/group_pos.h"
#include "services/log/log_positions.h"
#include "services/log/recent_records.h"
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

  // Reads what Add is about to need for `requests`, all at once.
  void Expect(absl::Span<const AppendRequest> requests);

  // The position that `request` gets, or why it gets none: see
  // ChangeLog::Append. `request` outlives Commit. Costs one or two reads, unless
  // it was expected.
  absl::StatusOr<LogPos> Add(const AppendRequest& request);

  // How much there is to write.
  int64_t records() const { return records_; }
  int64_t bytes() const { return bytes_; }

  // Writes what was added, all of it or nothing. After an error it is unknown
  // which, and the store must not be written to any more.
  absl::Status Commit();

  // The heads after Commit.
  const ShardPositions& heads() const { return heads_; }

  // What Commit wrote, in order. Once, after it.
  std::vector<RecentRecord> TakeRecords() { return std::move(written_); }

  // The place of what Commit wrote among all commits.
  const GroupPos& pos() const { return pos_; }

 private:
  // Rows to be written, which refer to the requests.
  struct LogRow {
    std::string key;
    RecordId id;
    std::string message;
  };
  struct EntityRow {
    std::string key;
    uint64_t version = kNoVersion;
    const Mutation* mutation = nullptr;
  };
  struct RequestRow {
    std::string key;
    stored::UsedRequest used;
  };

  absl::StatusOr<std::optional<stored::UsedRequest>> FindRequest(const std::string& key);
  absl::StatusOr<uint64_t> VersionOf(const EntityKey& entity);
  absl::Status CheckVersions(const AppendRequest& request);
  LogPos Write(const AppendRequest& request, const std::string& request_key, uint64_t body_hash);
  void AddRows(rocksdb::WriteBatch& batch);
  size_t BatchBytes() const;

  RocksStore& store_;
  ShardPositions heads_;
  GroupPos pos_;
  const absl::Time now_;
  std::vector<LogRow> log_rows_;
  std::vector<EntityRow> entity_rows_;
  std::vector<RequestRow> request_rows_;
  std::vector<RecentRecord> written_;
  int64_t records_ = 0;
  int64_t bytes_ = 0;
  // What the store holds of what was expected, or will hold after Commit.
  absl::flat_hash_map<EntityKey, uint64_t> versions_;
  absl::flat_hash_map<std::string, std::optional<stored::UsedRequest>> requests_;
  absl::flat_hash_map<ShardId, LogPos> new_heads_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_COMMIT_GROUP_H_
