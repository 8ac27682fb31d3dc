#ifndef TROUPE_SERVICES_LOG_VIEW_H_
#define TROUPE_SERVICES_LOG_VIEW_H_

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/span.h"
#include "matcher/index/pool_writer.h"
#include "services/log/change_log.h"
#include "services/log/list_filter.h"
#include "services/log/log_name.h"
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

// Where a view stands in each shard of each log; {0, RecordId()} before the first.
using LogPositionsOf = std::array<std::array<LogPos, kShardCount>, kLogNames>;

// The records and the pool as of one moment of each log: they fit each other.
// Immutable; keeps its data alive while newer ones are published. The methods
// that read records block on disk; DATA_LOSS if a record is unreadable.
class ViewSnapshot {
 public:
  ViewSnapshot(std::shared_ptr<const RocksStore> store, std::shared_ptr<const Pool> pool,
               const LogPositionsOf& positions);
  ~ViewSnapshot();
  ViewSnapshot(const ViewSnapshot&) = delete;
  ViewSnapshot& operator=(const ViewSnapshot&) = delete;

  const Pool& pool() const { return *pool_; }

  // The last record of each log and shard that it contains.
  const LogPositionsOf& positions() const { return positions_; }

  // True for each of `entities`, in order, that exists for `reader`.
  absl::StatusOr<std::vector<bool>> AreVisibleTo(const OrganizationId& reader,
                                                 absl::Span<const EntityKey> entities) const;

  // Those profiles, by id, of which `project` holds or books `today` or a later
  // day and which exist for `reader`; at most `most`.
  absl::StatusOr<std::vector<ProfileId>> EngagedBy(ProjectId project, Day today,
                                                   const OrganizationId& reader,
                                                   size_t most) const;

  absl::StatusOr<std::optional<StoredRecord>> Get(const EntityKey& entity) const;

  // One entry for each of `entities`, in order; nullopt where there is none.
  absl::StatusOr<std::vector<std::optional<StoredRecord>>> MultiGet(
      absl::Span<const EntityKey> entities) const;

  absl::StatusOr<ListPage> List(const ListQuery& query) const;

  // The profiles with holds for `project`, ended ones included, by id: those
  // after `after` (zero: from the first), at most `most`.
  absl::StatusOr<std::vector<ProfileId>> HeldFor(ProjectId project, ProfileId after,
                                                 size_t most) const;

  // Visits all agendas, decisions or outcomes, by id, until `visit` fails.
  absl::Status ForEachRecord(EntityKind kind,
                             absl::FunctionRef<absl::Status(StoredRecord)> visit) const;

 private:
  absl::StatusOr<std::vector<std::optional<rocksdb::PinnableSlice>>> MultiGetFrom(
      ViewFamily family, const std::vector<std::string>& keys) const;

  const std::shared_ptr<const RocksStore> store_;
  const std::shared_ptr<const Pool> pool_;
  const LogPositionsOf positions_;
  const rocksdb::Snapshot* const snapshot_;
};

// What one or several logs say, made ready to be read: records, listings and
// the pool, each change applied exactly once. It can always be made again from
// the logs. Each log is applied by one thread, its Applier's; else thread-safe.
class View {
 public:
  // One entity as it stands after some records; nullopt: deleted.
  struct Update {
    EntityKey entity;
    uint64_t version = kNoVersion;
    std::optional<std::string> bytes;
  };

  // Opens `directory`, or creates it in a parent that exists.
  // FAILED_PRECONDITION POOL_OUTDATED or VIEW_OUTDATED: it was made for another
  // gazetteer, taxonomy, format or contents: delete it and make it again. Else
  // errors as RocksStore::Open's, with reason VIEW_CORRUPT.
  static absl::StatusOr<std::unique_ptr<View>> Open(const std::string& directory,
                                                    const ViewContents& contents = {},
                                                    rocksdb::Env* env = nullptr);

  ~View();  // Ends the merge thread; what it had begun it begins anew another time.

  // The newest state. Never waits for a writer.
  std::shared_ptr<const ViewSnapshot> Now() const;

  // Calls `applied` once the view holds record `seq` of `shard` of `log`, at
  // once if it does; with UNAVAILABLE if the view has failed, and with
  // DEADLINE_EXCEEDED, reason NOT_YET_APPLIED, some time after `deadline`. On
  // an applier's thread, so keep it short.
  void WhenApplied(LogName log, ShardId shard, uint64_t seq,
                   std::function<void(absl::Status)> applied,
                   absl::Time deadline = absl::InfiniteFuture());

  // Answers who has waited for longer than until `now`.
  void AnswerLate(absl::Time now);

  // Answers all that wait for records of `log` that they will not be shown soon.
  void AnswerInVain(LogName log, const absl::Status& why);

  // A cursor for every shard of `log`, after what the view holds.
  std::vector<Cursor> Cursors(LogName log) const;

  // Applies `updates`, what became of entities of `log`, each at most once, and
  // moves to `positions` in it, all in one write, and then publishes it. By the
  // log's applier. After an error the view has failed and takes no more.
  absl::Status Apply(LogName log, const std::vector<Update>& updates,
                     absl::Span<const Cursor> positions);

  // Every entity of `kind`, by id. Blocks on disk.
  absl::StatusOr<std::vector<EntityKey>> EntitiesOf(EntityKind kind) const;

  // Notes where each shard of `log` stands, if that was not noted before on
  // `day`, and returns where they stood `days_kept` days before, forgetting
  // older notes. For one log only, the process's own; by its applier.
  absl::StatusOr<std::vector<Cursor>> MarkDay(LogName log, Day day, int32_t days_kept);

  // Answers everybody who waits, now and later, with UNAVAILABLE for `cause`.
  void Fail(const absl::Status& cause);

  absl::Status failure() const;

 private:
  struct Waiter {
    LogName log;
    ShardId shard;
    uint64_t seq;
    std::function<void(absl::Status)> applied;
    absl::Time deadline;
  };

  View(std::unique_ptr<RocksStore> store, const ViewContents& contents)
      : store_(std::move(store)), contents_(contents) {}
  absl::Status CheckContents();
  // What the merge thread does: merges whenever something is to be merged, and
  // more once nothing was written for a while.
  void MergeWhenDue();
  // Merges what is to be merged now, PlanMerge says what; false if nothing was.
  absl::StatusOr<bool> MergeOnce(bool is_idle);
  absl::Status WritePool(absl::Span<const PoolWrite> writes);
  absl::Status LoadPositions();
  absl::Status LoadPool();
  // Outcomes are not stored with the pool.
  absl::Status LoadOutcomes();
  absl::Status AddToBatch(const Update& update, PoolChange& change, rocksdb::WriteBatch& batch)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(apply_mutex_);
  absl::Status AddProfile(const Update& update, PoolChange& change, rocksdb::WriteBatch& batch);
  absl::Status AddProject(const Update& update, PoolChange& change, rocksdb::WriteBatch& batch);
  absl::Status AddAgenda(const Update& update, rocksdb::WriteBatch& batch);
  // Cohorts, programs, rounds and what goes with them.
  absl::Status AddHeaded(const Update& update, rocksdb::WriteBatch& batch);
  absl::Status AddOutcomes(const Update& update, PoolChange& change,
                           rocksdb::WriteBatch& batch);
  absl::Status AddModel(const Update& update, rocksdb::WriteBatch& batch);
  // Removes the listings that `updates` replace.
  absl::Status RemoveListings(const std::vector<Update>& updates, rocksdb::WriteBatch& batch);
  void AddPoolTo(rocksdb::WriteBatch& batch, const PoolChange& change)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(apply_mutex_);
  void Publish(LogName log, absl::Span<const Cursor> positions)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(apply_mutex_);
  void AnswerApplied();
  void Answer(absl::FunctionRef<bool(const Waiter&)> is_due, const absl::Status& answer);

  const std::shared_ptr<RocksStore> store_;
  const ViewContents contents_;
  absl::Mutex apply_mutex_;  // One write at a time. Before `mutex_`.
  PoolWriter pool_writer_ ABSL_GUARDED_BY(apply_mutex_);

  mutable absl::Mutex mutex_;
  std::shared_ptr<const ViewSnapshot> now_ ABSL_GUARDED_BY(mutex_);
  LogPositionsOf positions_ ABSL_GUARDED_BY(mutex_) = {};
  std::vector<Waiter> waiters_ ABSL_GUARDED_BY(mutex_);
  bool merge_is_due_ ABSL_GUARDED_BY(mutex_) = false;
  bool closing_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);
  std::thread merge_thread_;  // Started last, by Open.
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_VIEW_H_
