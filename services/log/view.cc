#include "services/log/view.h"

#include <algorithm>
#include <utility>

#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/log/stored_format.h"
#include "services/records/day_record.h"
#include "services/records/profile_record.h"
#include "services/records/project_record.h"

namespace troupe {
namespace {

absl::string_view ToView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

absl::Status Unreadable(absl::string_view what) {
  return ErrorWithReason(absl::StatusCode::kDataLoss, kViewLayout.corrupt_reason,
                         absl::StrCat("the view cannot be read: ", kViewLayout.mend, " (", what, ")"));
}

void PutListing(const RocksStore& store, const EntityKey& entity,
                const storage::v1::ListEntry& entry, rocksdb::WriteBatch& batch) {
  const std::string value = entry.SerializeAsString();
  for (ListOrder order : {ListOrder::kName, ListOrder::kUpdateTime}) {
    batch.Put(store.family(ViewFamily::kList), ListKey(entity, order, entry.update_micros()),
              value);
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<View>> View::Open(const std::string& directory,
                                                 rocksdb::Env* env) {
  // Not synced: what a power cut takes is made again from the log.
  TROUPE_ASSIGN_OR_RETURN(auto store, RocksStore::Open(kViewLayout, directory, env, false));
  std::unique_ptr<View> view(new View(std::move(store)));
  TROUPE_RETURN_IF_ERROR(view->LoadPositions());
  TROUPE_RETURN_IF_ERROR(view->LoadPool());
  view->Publish({});
  return view;
}

absl::Status View::LoadPositions() {
  absl::MutexLock lock(&mutex_);
  for (uint16_t shard = 0; shard < kShardCount; ++shard) {
    TROUPE_ASSIGN_OR_RETURN(const auto value,
                            store_->Get(ViewFamily::kPosition, PositionKey({shard})));
    if (!value.has_value()) continue;
    const std::optional<LogPos> pos = stored::DecodePos(ToView(*value));
    if (!pos.has_value()) return Unreadable("position");
    positions_[shard] = *pos;
  }
  return absl::OkStatus();
}

absl::Status View::LoadPool() {
  std::map<std::string, std::string> stored;
  const auto entries = store_->NewIterator(ViewFamily::kPool);
  for (entries->SeekToFirst(); entries->Valid(); entries->Next()) {
    stored.emplace(entries->key().ToString(), entries->value().ToString());
  }
  TROUPE_RETURN_IF_ERROR(store_->ToStatus(entries->status()));
  absl::StatusOr<PoolWriter> writer = PoolWriter::FromStored(stored);
  if (absl::IsDataLoss(writer.status())) return Unreadable(writer.status().message());
  TROUPE_ASSIGN_OR_RETURN(pool_writer_, std::move(writer));
  return absl::OkStatus();
}

std::shared_ptr<const ViewSnapshot> View::Now() const {
  absl::MutexLock lock(&mutex_);
  return now_;
}

void View::WhenApplied(ShardId shard, uint64_t seq, std::function<void(absl::Status)> applied) {
  absl::Status status;
  {
    absl::MutexLock lock(&mutex_);
    status = failure_;
    if (status.ok() && positions_[shard.value].seq < seq) {
      waiters_.push_back({shard, seq, std::move(applied)});
      return;
    }
  }
  applied(status);
}

std::vector<Cursor> View::Cursors() const {
  absl::MutexLock lock(&mutex_);
  std::vector<Cursor> cursors;
  for (uint16_t shard = 0; shard < kShardCount; ++shard) {
    cursors.push_back({{shard}, positions_[shard]});
  }
  return cursors;
}

absl::Status View::RemoveListing(const EntityKey& entity, rocksdb::WriteBatch& batch) {
  const std::string name_key = ListKey(entity, ListOrder::kName, 0);
  TROUPE_ASSIGN_OR_RETURN(const auto value, store_->Get(ViewFamily::kList, name_key));
  if (!value.has_value()) return absl::OkStatus();
  storage::v1::ListEntry entry;
  if (!entry.ParseFromArray(value->data(), static_cast<int>(value->size()))) {
    return Unreadable("listing");
  }
  batch.Delete(store_->family(ViewFamily::kList), name_key);
  batch.Delete(store_->family(ViewFamily::kList),
               ListKey(entity, ListOrder::kUpdateTime, entry.update_micros()));
  return absl::OkStatus();
}

absl::Status View::AddToBatch(const Update& update, PoolChange& change,
                              rocksdb::WriteBatch& batch) {
  const EntityKey& entity = update.entity;
  if (entity.kind == EntityKind::kDay) {
    if (!update.bytes.has_value()) return absl::OkStatus();
    TROUPE_ASSIGN_OR_RETURN(change.today, ParseDay(*update.bytes));
    return absl::OkStatus();
  }
  TROUPE_RETURN_IF_ERROR(RemoveListing(entity, batch));
  const bool is_profile = entity.kind == EntityKind::kProfile;
  if (!update.bytes.has_value()) {
    batch.Delete(store_->family(ViewFamily::kRecord), RecordKey(entity));
    if (is_profile) {
      change.removed_profiles.push_back(ProfileId(entity.id));
    } else {
      change.removed_projects.push_back(ProjectId(entity.id));
    }
    return absl::OkStatus();
  }
  batch.Put(store_->family(ViewFamily::kRecord), RecordKey(entity),
            EncodeRecordValue(update.version, *update.bytes));
  if (is_profile) {
    TROUPE_ASSIGN_OR_RETURN(Profile profile, ParseProfile(*update.bytes));
    PutListing(*store_, entity, MakeListEntry(profile), batch);
    change.profiles.push_back(std::move(profile));
  } else {
    TROUPE_ASSIGN_OR_RETURN(Project project, ParseProject(*update.bytes));
    PutListing(*store_, entity, MakeListEntry(project), batch);
    change.projects.push_back(std::move(project));
  }
  return absl::OkStatus();
}

absl::Status View::Apply(const std::vector<Update>& updates, absl::Span<const Cursor> positions) {
  TROUPE_RETURN_IF_ERROR(failure());
  rocksdb::WriteBatch batch;
  PoolChange change;
  for (const Update& update : updates) {
    TROUPE_RETURN_IF_ERROR(AddToBatch(update, change, batch));
  }
  for (const PoolWrite& write : pool_writer_.Apply(change).writes) {
    if (write.value.has_value()) {
      batch.Put(store_->family(ViewFamily::kPool), write.key, *write.value);
    } else {
      batch.Delete(store_->family(ViewFamily::kPool), write.key);
    }
  }
  for (const Cursor& position : positions) {
    batch.Put(store_->family(ViewFamily::kPosition), PositionKey(position.shard),
              stored::EncodePos(position.after));
  }
  TROUPE_RETURN_IF_ERROR(store_->Write(batch));
  Publish(positions);
  return absl::OkStatus();
}

void View::Publish(absl::Span<const Cursor> positions) {
  auto next = std::make_shared<const ViewSnapshot>(store_, pool_writer_.pool());
  std::vector<Waiter> served;
  {
    absl::MutexLock lock(&mutex_);
    now_.swap(next);
    for (const Cursor& position : positions) positions_[position.shard.value] = position.after;
    const auto still_waits = [&](const Waiter& waiter) {
      mutex_.AssertHeld();
      return positions_[waiter.shard.value].seq < waiter.seq;
    };
    const auto first_served =
        std::stable_partition(waiters_.begin(), waiters_.end(), still_waits);
    std::move(first_served, waiters_.end(), std::back_inserter(served));
    waiters_.erase(first_served, waiters_.end());
  }
  for (const Waiter& waiter : served) waiter.applied(absl::OkStatus());
}

absl::StatusOr<std::vector<Cursor>> View::MarkDay(Day day, int32_t days_kept) {
  rocksdb::WriteBatch batch;
  TROUPE_ASSIGN_OR_RETURN(
      const auto marked, store_->Get(ViewFamily::kRetention, RetentionKey(day.since_epoch(), {})));
  if (!marked.has_value()) {
    for (const Cursor& cursor : Cursors()) {
      batch.Put(store_->family(ViewFamily::kRetention),
                RetentionKey(day.since_epoch(), cursor.shard), stored::EncodePos(cursor.after));
    }
  }
  std::map<ShardId, LogPos> old;
  const auto marks = store_->NewIterator(ViewFamily::kRetention);
  for (marks->SeekToFirst(); marks->Valid(); marks->Next()) {
    const std::optional<RetentionMark> mark = DecodeRetentionKey(ToView(marks->key()));
    const std::optional<LogPos> pos = stored::DecodePos(ToView(marks->value()));
    if (!mark.has_value() || !pos.has_value()) return Unreadable("retention mark");
    if (mark->day > day.since_epoch() - days_kept) break;
    old[mark->shard] = *pos;
    batch.Delete(store_->family(ViewFamily::kRetention), marks->key());
  }
  TROUPE_RETURN_IF_ERROR(store_->ToStatus(marks->status()));
  TROUPE_RETURN_IF_ERROR(store_->Write(batch));
  std::vector<Cursor> kept_from;
  for (const auto& [shard, pos] : old) kept_from.push_back({shard, pos});
  return kept_from;
}

void View::Fail(const absl::Status& cause) {
  std::vector<Waiter> served;
  absl::Status status = ErrorWithReason(
      absl::StatusCode::kUnavailable, "VIEW_FAILED",
      absl::StrCat("the server cannot show what is written: ", cause.message()));
  {
    absl::MutexLock lock(&mutex_);
    if (failure_.ok()) failure_ = status;
    served.swap(waiters_);
  }
  for (const Waiter& waiter : served) waiter.applied(status);
}

absl::Status View::failure() const {
  absl::MutexLock lock(&mutex_);
  return failure_;
}

}  // namespace troupe
