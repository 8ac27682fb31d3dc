#include "services/log/rocks_log.h"

#include <algorithm>
#include <utility>

#include "absl/synchronization/mutex.h"
#include "matcher/base/status_macros.h"
#include "services/log/anchored_store.h"
#include "services/log/commit_thread.h"
#include "services/log/log_errors.h"
#include "services/log/log_layout.h"
#include "services/log/log_progress.h"
#include "services/log/log_trim.h"
#include "services/log/read_thread.h"
#include "services/log/recent_records.h"
#include "services/log/rocks_base_scan.h"
#include "services/log/stored_format.h"

namespace troupe {
namespace {

class RocksLog final : public StoredLog {
 public:
  RocksLog(const Clock& clock, const RocksLogOptions& options, AnchoredStore opened,
           const LogPositions& positions)
      : StoredLog(options.name),
        options_(options),
        store_(std::move(opened.store)),
        anchor_(std::move(opened.anchor)),
        progress_(positions),
        recent_(options.max_recent_bytes),
        read_thread_(clock, *store_, recent_, progress_),
        commit_thread_(clock, options_, *store_, *anchor_, recent_, progress_,
                       [this] { read_thread_.Wake(); }) {}
  // Before any member goes: a last callback may still call this log.
  ~RocksLog() override {
    Close();
    const bool is_whole = store_->WriteFailure().ok();
    store_.reset();
    // If that fails, only a copy of the files will not be taken for the log.
    if (is_whole) anchor_->MarkClean().IgnoreError();
  }

  void Append(std::vector<AppendRequest> requests, absl::Time deadline,
              AppendDone done) override {
    commit_thread_.Append(std::move(requests), deadline, std::move(done));
  }

  void Read(absl::Span<const Cursor> cursors, Limits limits, absl::Time wait_until,
            ReadDone done) override {
    read_thread_.Read(cursors, limits, wait_until, std::move(done));
  }

  absl::StatusOr<LogPos> Head(ShardId shard) override {
    if (shard.value >= kShardCount) return NoSuchShardError(shard);
    return progress_.Head(shard);
  }

  absl::StatusOr<std::unique_ptr<BaseScan>> OpenBase(ShardId shard) override {
    if (shard.value >= kShardCount) return NoSuchShardError(shard);
    return OpenRocksBaseScan(*store_, shard);
  }

  absl::Status Trim(ShardId shard, uint64_t before_seq) override {
    if (shard.value >= kShardCount) return NoSuchShardError(shard);
    absl::MutexLock one_at_a_time(&trim_mutex_);
    const uint64_t end = std::min(before_seq, progress_.Head(shard).seq + 1);  // Not included.
    while (progress_.Trimmed(shard).seq + 1 < end) {
      TROUPE_RETURN_IF_ERROR(store_->WriteFailure());
      TROUPE_ASSIGN_OR_RETURN(
          TrimStep step, NextTrimStep(*store_, shard, progress_.Trimmed(shard), end - 1));
      progress_.SetTrimmed(shard, step.trimmed);
      TROUPE_RETURN_IF_ERROR(store_->Write(step.batch));
    }
    return absl::OkStatus();
  }

  const RocksStore& store() const override { return *store_; }

  void Close() override {
    commit_thread_.Close();
    read_thread_.Close();
  }

 private:
  const RocksLogOptions options_;
  std::unique_ptr<RocksStore> store_;
  const std::unique_ptr<CommitAnchor> anchor_;
  LogProgress progress_;
  RecentRecords recent_;
  absl::Mutex trim_mutex_;
  ReadThread read_thread_;
  CommitThread commit_thread_;  // After what it wakes.
};

}  // namespace

namespace {

// Whose log a folder holds is noted when it is first opened, so that no other
// process takes it for its own.
absl::Status ClaimLog(RocksStore& store, LogName name) {
  TROUPE_ASSIGN_OR_RETURN(const auto found, store.Get(LogFamily::kMeta, stored::kLogNameKey));
  if (!found.has_value()) {
    const char noted = static_cast<char>(name);
    rocksdb::WriteBatch batch;
    batch.Put(store.family(LogFamily::kMeta), stored::kLogNameKey, rocksdb::Slice(&noted, 1));
    return store.Write(batch);
  }
  const size_t noted = found->size() == 1 ? static_cast<uint8_t>((*found)[0]) : kLogNames;
  if (noted >= kLogNames) return RowUnreadableError("the log's name", store.directory());
  if (static_cast<LogName>(noted) == name) return absl::OkStatus();
  return OtherLogError(store.directory(), static_cast<LogName>(noted), name);
}

}  // namespace

absl::StatusOr<std::unique_ptr<StoredLog>> OpenRocksLog(const Clock& clock,
                                                        const RocksLogOptions& options) {
  rocksdb::Env* const env = options.env == nullptr ? rocksdb::Env::Default() : options.env;
  TROUPE_ASSIGN_OR_RETURN(AnchoredStore opened,
                          OpenAnchored(options.directory, env, options.sync));
  TROUPE_RETURN_IF_ERROR(ClaimLog(*opened.store, options.name));
  TROUPE_ASSIGN_OR_RETURN(const LogPositions positions, LoadVerifiedPositions(*opened.store));
  return std::make_unique<RocksLog>(clock, options, std::move(opened), positions);
}

}  // namespace troupe
