#ifndef TROUPE_SERVICES_LOG_VIEW_H_
#define TROUPE_SERVICES_LOG_VIEW_H_

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/span.h"
#include "matcher/index/pool_writer.h"
#include "services/log/change_log.h"
#include "services/log/list_filter.h"
#include "services/log/rocks_store.h"
#include "services/log/view_layout.h"

namespace troupe {

// A page of a listing, in its order.
struct ListPage {
  std::vector<StoredRecord> records;
  // Where the next page begins; empty after the last.
  std::string next_key;
};

// What a listing asks.
struct ListQuery {
  EntityKind kind{};
  ListFilter filter;
  ListOrder order = ListOrder::kName;
  bool descending = false;
  std::string after_key;  // A page's next_key; empty: from the start.
  int32_t page_size = 100;
};

// The records and the pool as of one moment of the log: they fit each other.
// Immutable; keeps its data alive while newer ones are published. The methods
// that read records block on disk; DATA_LOSS if a record is unreadable.
class ViewSnapshot {
 public:
  ViewSnapshot(std::shared_ptr<const RocksStore> store, std::shared_ptr<const Pool> pool);
  ~ViewSnapshot();
  ViewSnapshot(const ViewSnapshot&) = delete;
  ViewSnapshot& operator=(const ViewSnapshot&) = delete;

  const Pool& pool() const { return *pool_; }

  absl::StatusOr<std::optional<StoredRecord>> Get(const EntityKey& entity) const;

  // One entry for each of `entities`, in order; nullopt where there is none.
  absl::StatusOr<std::vector<std::optional<StoredRecord>>> MultiGet(
      absl::Span<const EntityKey> entities) const;

  absl::StatusOr<ListPage> List(const ListQuery& query) const;

 private:
  const std::shared_ptr<const RocksStore> store_;
  const std::shared_ptr<const Pool> pool_;
  const rocksdb::Snapshot* const snapshot_;
};

// What the log says, made ready to be read: records, listings and the pool,
// each change applied exactly once. It can always be made again from the log.
// Written by one thread, the Applier's; everything else is thread-safe.
class View {
 public:
  // One entity as it stands after some records; nullopt: deleted.
  struct Update {
    EntityKey entity;
    uint64_t version = kNoVersion;
    std::optional<std::string> bytes;
  };

  // Opens `directory`, or creates it in a parent that exists.
  // FAILED_PRECONDITION POOL_OUTDATED: it was made for another gazetteer,
  // taxonomy or format: delete it and make it again. Else errors as
  // RocksStore::Open's, with reason VIEW_CORRUPT.
  static absl::StatusOr<std::unique_ptr<View>> Open(const std::string& directory,
                                                    rocksdb::Env* env = nullptr);

  // The newest state. Never waits for a writer.
  std::shared_ptr<const ViewSnapshot> Now() const;

  // Calls `applied` once the view holds record `seq` of `shard`, at once if it
  // does; with UNAVAILABLE if the view has failed. On the applier's thread, so
  // keep it short.
  void WhenApplied(ShardId shard, uint64_t seq, std::function<void(absl::Status)> applied);

  // A cursor for every shard, after what the view holds. By the writer.
  std::vector<Cursor> Cursors() const;

  // Applies `updates`, each entity at most once, and moves to `positions`, all
  // in one write, and then publishes it. By the writer. After an error the view
  // has failed and takes no more.
  absl::Status Apply(const std::vector<Update>& updates, absl::Span<const Cursor> positions);

  // Notes where each shard stands, if that was not noted before on `day`, and
  // returns where they stood `days_kept` days before, forgetting older notes.
  // By the writer.
  absl::StatusOr<std::vector<Cursor>> MarkDay(Day day, int32_t days_kept);

  // Answers everybody who waits, now and later, with UNAVAILABLE for `cause`.
  void Fail(const absl::Status& cause);

  absl::Status failure() const;

 private:
  struct Waiter {
    ShardId shard;
    uint64_t seq;
    std::function<void(absl::Status)> applied;
  };

  explicit View(std::unique_ptr<RocksStore> store) : store_(std::move(store)) {}
  absl::Status LoadPositions();
  absl::Status LoadPool();
  absl::Status AddToBatch(const Update& update, PoolChange& change, rocksdb::WriteBatch& batch);
  absl::Status RemoveListing(const EntityKey& entity, rocksdb::WriteBatch& batch);
  void Publish(absl::Span<const Cursor> positions);

  const std::shared_ptr<RocksStore> store_;
  PoolWriter pool_writer_;  // The writer's alone.

  mutable absl::Mutex mutex_;
  std::shared_ptr<const ViewSnapshot> now_ ABSL_GUARDED_BY(mutex_);
  std::array<LogPos, kShardCount> positions_ ABSL_GUARDED_BY(mutex_);
  std::vector<Waiter> waiters_ ABSL_GUARDED_BY(mutex_);
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_VIEW_H_
