#include "services/log/view.h"

#include <algorithm>
#include <array>
#include <utility>

#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/index/profile_row.h"
#include "services/log/engagement.h"
#include "services/log/stored_format.h"
#include "services/records/agenda_record.h"
#include "services/records/day_record.h"
#include "services/records/outcome_record.h"
#include "services/records/profile_record.h"
#include "services/records/project_record.h"
#include "services/records/scoring_model_record.h"
#include "spdlog/spdlog.h"

namespace troupe {
namespace {

// So long after the last write, segments are merged that may stay as they are
// while there is other work.
constexpr absl::Duration kIdleAfter = absl::Seconds(1);

absl::string_view ToView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

absl::Status Unreadable(absl::string_view what) {
  return ErrorWithReason(absl::StatusCode::kDataLoss, kViewLayout.corrupt_reason,
                         absl::StrCat("the view cannot be read: ", kViewLayout.mend, " (", what, ")"));
}

void AddTo(rocksdb::WriteBatch& batch, const RocksStore& store,
           absl::Span<const PoolWrite> writes) {
  for (const PoolWrite& write : writes) {
    if (write.value.has_value()) {
      batch.Put(store.family(ViewFamily::kPool), write.key, *write.value);
    } else {
      batch.Delete(store.family(ViewFamily::kPool), write.key);
    }
  }
}

void PutListing(const RocksStore& store, const EntityKey& entity,
                const storage::v1::ListEntry& entry, rocksdb::WriteBatch& batch) {
  const std::string value = entry.SerializeAsString();
  for (ListOrder order : {ListOrder::kName, ListOrder::kUpdateTime}) {
    batch.Put(store.family(ViewFamily::kList), ListKey(entity, order, entry.update_micros()),
              value);
  }
}

// The record as it is now, or that it is gone.
void PutRecord(const RocksStore& store, const View::Update& update, rocksdb::WriteBatch& batch) {
  const std::string key = RecordKey(update.entity);
  if (!update.bytes.has_value()) {
    batch.Delete(store.family(ViewFamily::kRecord), key);
    return;
  }
  const std::string head = EncodeRecordValue(update.version, "");
  const rocksdb::Slice key_part(key);
  const std::array<rocksdb::Slice, 2> parts = {rocksdb::Slice(head),
                                               rocksdb::Slice(*update.bytes)};
  batch.Put(store.family(ViewFamily::kRecord), rocksdb::SliceParts(&key_part, 1),
            rocksdb::SliceParts(parts.data(), static_cast<int>(parts.size())));
}

// About how large a batch of `updates` gets: growing it would copy it.
size_t BatchBytes(const std::vector<View::Update>& updates) {
  constexpr size_t kListingsAndPool = 1'000;
  size_t bytes = 0;
  for (const View::Update& update : updates) {
    bytes += kListingsAndPool + (update.bytes.has_value() ? update.bytes->size() : 0);
  }
  return bytes;
}

}  // namespace

absl::StatusOr<std::unique_ptr<View>> View::Open(const std::string& directory,
                                                 const ViewContents& contents,
                                                 rocksdb::Env* env) {
  // Not synced: what a power cut takes is made again from the log.
  TROUPE_ASSIGN_OR_RETURN(auto store, RocksStore::Open(kViewLayout, directory, env, false));
  std::unique_ptr<View> view(new View(std::move(store), contents));
  TROUPE_RETURN_IF_ERROR(view->CheckContents());
  TROUPE_RETURN_IF_ERROR(view->LoadPositions());
  TROUPE_RETURN_IF_ERROR(view->LoadPool());
  TROUPE_RETURN_IF_ERROR(view->LoadOutcomes());
  absl::MutexLock lock(&view->apply_mutex_);
  view->Publish(LogName::kTroupe, {});
  view->merge_thread_ = std::thread([view = view.get()] { view->MergeWhenDue(); });
  return view;
}

View::~View() {
  if (!merge_thread_.joinable()) return;
  {
    absl::MutexLock lock(&mutex_);
    closing_ = true;
  }
  merge_thread_.join();
}

void View::MergeWhenDue() {
  const auto due = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return merge_is_due_ || closing_;
  };
  bool is_settled = false;
  while (true) {
    bool is_idle = false;
    {
      absl::MutexLock lock(&mutex_);
      const absl::Duration patience = is_settled ? absl::InfiniteDuration() : kIdleAfter;
      is_idle = !mutex_.AwaitWithTimeout(absl::Condition(&due), patience);
      if (closing_) return;
      merge_is_due_ = false;
    }
    const absl::StatusOr<bool> merged = MergeOnce(is_idle);
    if (!merged.ok()) {
      spdlog::error("segments of the pool can no longer be merged: {}",
                    std::string(merged.status().message()));
      return Fail(merged.status());
    }
    is_settled = is_idle && !*merged;
  }
}

// The new segment is written in small batches before anything refers to it, and
// takes its place in one that is as small: no batch of the log waits long.
absl::StatusOr<bool> View::MergeOnce(bool is_idle) {
  std::optional<PoolMerge> merge;
  {
    absl::MutexLock lock(&apply_mutex_);
    merge = pool_writer_.PlanMerge(is_idle);
  }
  if (!merge.has_value()) return false;
  merge->Run();
  for (size_t at = 0; at < merge->writes(); ++at) {
    {
      absl::MutexLock lock(&mutex_);
      if (closing_) return false;
    }
    const PoolWrite write = merge->WriteAt(at);
    TROUPE_RETURN_IF_ERROR(WritePool({&write, 1}));
  }
  absl::MutexLock lock(&apply_mutex_);
  TROUPE_RETURN_IF_ERROR(WritePool(pool_writer_.Adopt(*std::move(merge)).writes));
  Publish(LogName::kTroupe, {});
  return true;
}

absl::Status View::WritePool(absl::Span<const PoolWrite> writes) {
  if (writes.empty()) return absl::OkStatus();
  rocksdb::WriteBatch batch;
  AddTo(batch, *store_, writes);
  return store_->Write(batch);
}

absl::Status View::CheckContents() {
  const std::string expected = EncodeContents(contents_);
  TROUPE_ASSIGN_OR_RETURN(const auto found, store_->Get(ViewFamily::kMeta, kContentsKey));
  if (found.has_value() && ToView(*found) == expected) return absl::OkStatus();
  const auto records = store_->NewIterator(ViewFamily::kList);
  records->SeekToFirst();
  TROUPE_RETURN_IF_ERROR(store_->ToStatus(records->status()));
  if (found.has_value() || records->Valid()) {
    return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "VIEW_OUTDATED",
                           "the view was made by another release or for another process");
  }
  rocksdb::WriteBatch batch;
  batch.Put(store_->family(ViewFamily::kMeta), {kContentsKey.data(), kContentsKey.size()},
            expected);
  return store_->Write(batch);
}

absl::Status View::LoadPositions() {
  absl::MutexLock lock(&mutex_);
  for (size_t log = 0; log < kLogNames; ++log) {
    for (uint16_t shard = 0; shard < kShardCount; ++shard) {
      TROUPE_ASSIGN_OR_RETURN(
          const auto value,
          store_->Get(ViewFamily::kPosition, PositionKey(static_cast<LogName>(log), {shard})));
      if (!value.has_value()) continue;
      const std::optional<LogPos> pos = stored::DecodePos(ToView(*value));
      if (!pos.has_value()) return Unreadable("position");
      positions_[log][shard] = *pos;
    }
  }
  return absl::OkStatus();
}

absl::Status View::LoadPool() {
  absl::MutexLock lock(&apply_mutex_);
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

absl::Status View::LoadOutcomes() {
  absl::MutexLock lock(&apply_mutex_);
  PoolChange change;
  const std::string prefix = RecordPrefix(EntityKind::kOutcomes);
  const auto records = store_->NewIterator(ViewFamily::kRecord);
  for (records->Seek(prefix); records->Valid() && records->key().starts_with(prefix);
       records->Next()) {
    const std::optional<StoredRecord> stored = DecodeRecordValue({}, ToView(records->value()));
    if (!stored.has_value()) return Unreadable("outcomes");
    TROUPE_ASSIGN_OR_RETURN(const OutcomeHistory history, ParseOutcomes(stored->bytes));
    change.outcomes.emplace_back(OrganizationTerm(history.owner), TalliesOf(history));
  }
  TROUPE_RETURN_IF_ERROR(store_->ToStatus(records->status()));
  return change.outcomes.empty() ? absl::OkStatus() : WritePool(pool_writer_.Apply(change).writes);
}

std::shared_ptr<const ViewSnapshot> View::Now() const {
  absl::MutexLock lock(&mutex_);
  return now_;
}

void View::WhenApplied(LogName log, ShardId shard, uint64_t seq,
                       std::function<void(absl::Status)> applied, absl::Time deadline) {
  absl::Status status;
  {
    absl::MutexLock lock(&mutex_);
    status = failure_;
    if (status.ok() && positions_[static_cast<size_t>(log)][shard.value].seq < seq) {
      waiters_.push_back({log, shard, seq, std::move(applied), deadline});
      return;
    }
  }
  applied(status);
}

void View::AnswerLate(absl::Time now) {
  Answer([now](const Waiter& waiter) { return waiter.deadline <= now; },
         ErrorWithReason(absl::StatusCode::kDeadlineExceeded, "NOT_YET_APPLIED",
                         "what the call waits for is not shown yet: ask again with a later "
                         "deadline"));
}

void View::AnswerInVain(LogName log, const absl::Status& why) {
  Answer([log](const Waiter& waiter) { return waiter.log == log; }, why);
}

// Calls out, so it holds no lock then.
void View::Answer(absl::FunctionRef<bool(const Waiter&)> is_due, const absl::Status& answer) {
  std::vector<Waiter> due;
  {
    absl::MutexLock lock(&mutex_);
    const auto first_due =
        std::stable_partition(waiters_.begin(), waiters_.end(),
                              [&](const Waiter& waiter) { return !is_due(waiter); });
    std::move(first_due, waiters_.end(), std::back_inserter(due));
    waiters_.erase(first_due, waiters_.end());
  }
  for (const Waiter& waiter : due) waiter.applied(answer);
}

std::vector<Cursor> View::Cursors(LogName log) const {
  absl::MutexLock lock(&mutex_);
  std::vector<Cursor> cursors;
  cursors.reserve(kShardCount);
  for (uint16_t shard = 0; shard < kShardCount; ++shard) {
    cursors.push_back({{shard}, positions_[static_cast<size_t>(log)][shard]});
  }
  return cursors;
}

absl::StatusOr<std::vector<EntityKey>> View::EntitiesOf(EntityKind kind) const {
  if (kind == EntityKind::kAgenda || kind == EntityKind::kDecisions ||
      kind == EntityKind::kOutcomes) {
    std::vector<EntityKey> entities;
    TROUPE_RETURN_IF_ERROR(Now()->ForEachRecord(kind, [&](const StoredRecord& record) {
      entities.push_back(record.entity);
      return absl::OkStatus();
    }));
    return entities;
  }
  const std::string prefix = ListPrefix(kind, ListOrder::kName);
  std::vector<EntityKey> entities;
  const auto entries = store_->NewIterator(ViewFamily::kList);
  for (entries->Seek(prefix); entries->Valid() && entries->key().starts_with(prefix);
       entries->Next()) {
    const std::optional<EntityKey> entity = DecodeListKey(ToView(entries->key()));
    if (!entity.has_value()) return Unreadable("listing");
    entities.push_back(*entity);
  }
  TROUPE_RETURN_IF_ERROR(store_->ToStatus(entries->status()));
  return entities;
}

absl::Status View::RemoveListings(const std::vector<Update>& updates,
                                  rocksdb::WriteBatch& batch) {
  std::vector<std::string> name_keys;
  for (const Update& update : updates) {
    name_keys.push_back(ListKey(update.entity, ListOrder::kName, 0));
  }
  const auto values = store_->MultiGet(ViewFamily::kList, name_keys);
  for (size_t i = 0; i < updates.size(); ++i) {
    TROUPE_RETURN_IF_ERROR(values[i].status());
    const auto& value = *values[i];
    if (!value.has_value()) continue;
    storage::v1::ListEntry entry;
    if (!entry.ParseFromArray(value->data(), static_cast<int>(value->size()))) {
      return Unreadable("listing");
    }
    const uint64_t id = updates[i].entity.id;
    batch.Delete(store_->family(ViewFamily::kList), name_keys[i]);
    batch.Delete(store_->family(ViewFamily::kList),
                 ListKey(updates[i].entity, ListOrder::kUpdateTime, entry.update_micros()));
    for (const uint64_t project : entry.engaged_projects()) {
      batch.Delete(store_->family(ViewFamily::kEngagement), EngagementKey(project, id));
    }
  }
  return absl::OkStatus();
}

absl::Status View::AddToBatch(const Update& update, PoolChange& change,
                              rocksdb::WriteBatch& batch) {
  switch (update.entity.kind) {
    case EntityKind::kProfile:
      return AddProfile(update, change, batch);
    case EntityKind::kProject:
      return AddProject(update, change, batch);
    case EntityKind::kAgenda:
      return contents_.agendas ? AddAgenda(update, batch) : absl::OkStatus();
    case EntityKind::kDecisions:
      if (contents_.decisions) PutRecord(*store_, update, batch);
      return absl::OkStatus();
    case EntityKind::kScoringModel:
      return AddModel(update, batch);
    case EntityKind::kOutcomes:
      return AddOutcomes(update, change, batch);
    case EntityKind::kCohort:
    case EntityKind::kProgram:
    case EntityKind::kRound:
    case EntityKind::kRoundPart:
    case EntityKind::kOperation:
    case EntityKind::kTrainingPlan:
      return AddHeaded(update, batch);
    case EntityKind::kDay:
      break;
  }
  if (!update.bytes.has_value()) return absl::OkStatus();
  TROUPE_ASSIGN_OR_RETURN(const Day today, ParseDay(*update.bytes));
  // Each log says which day it is, and their midnights reach a view in any order.
  if (today > pool_writer_.pool()->today()) change.today = today;
  return absl::OkStatus();
}

absl::Status View::AddProfile(const Update& update, PoolChange& change,
                              rocksdb::WriteBatch& batch) {
  const EntityKey& entity = update.entity;
  const bool keeps_record = contents_.profiles == ViewContents::Profiles::kWhole;
  if (!update.bytes.has_value()) {
    if (keeps_record) PutRecord(*store_, update, batch);
    if (contents_.pool) change.removed_profiles.push_back(ProfileId(entity.id));
    return absl::OkStatus();
  }
  TROUPE_ASSIGN_OR_RETURN(Profile profile, ParseProfile(*update.bytes));
  PutListing(*store_, entity, MakeListEntry(profile), batch);
  for (const auto& [project, last] : EngagementsOf(profile)) {
    batch.Put(store_->family(ViewFamily::kEngagement), EngagementKey(project.value(), entity.id),
              EncodeEngagement(last));
  }
  if (keeps_record) PutRecord(*store_, update, batch);
  if (contents_.pool) change.profiles.push_back(std::move(profile));
  return absl::OkStatus();
}

// Holds stay in their agenda when they end, so that its part of the index only
// grows, until the agenda is deleted, or only what it leaves to be done stays; or replaced by an older one, from the base
// of a log that was restored, and then the index names it in vain.
absl::Status View::AddAgenda(const Update& update, rocksdb::WriteBatch& batch) {
  const EntityKey& entity = update.entity;
  PutRecord(*store_, update, batch);
  if (update.bytes.has_value()) {
    TROUPE_ASSIGN_OR_RETURN(const Agenda agenda, ParseAgenda(*update.bytes));
    for (const Hold& hold : agenda.holds) {
      batch.Put(store_->family(ViewFamily::kHold),
                HoldIndexKey(hold.opening.project.value(), entity.id), {});
    }
    if (!agenda.holds.empty()) return absl::OkStatus();
  }
  TROUPE_ASSIGN_OR_RETURN(const auto value, store_->Get(ViewFamily::kRecord, RecordKey(entity)));
  if (!value.has_value()) return absl::OkStatus();
  const std::optional<StoredRecord> stored = DecodeRecordValue(entity, ToView(*value));
  if (!stored.has_value()) return Unreadable("agenda");
  TROUPE_ASSIGN_OR_RETURN(const Agenda agenda, ParseAgenda(stored->bytes));
  for (const Hold& hold : agenda.holds) {
    batch.Delete(store_->family(ViewFamily::kHold),
                 HoldIndexKey(hold.opening.project.value(), entity.id));
  }
  return absl::OkStatus();
}

absl::Status View::AddProject(const Update& update, PoolChange& change,
                              rocksdb::WriteBatch& batch) {
  const EntityKey& entity = update.entity;
  if (!update.bytes.has_value()) {
    PutRecord(*store_, update, batch);
    if (contents_.pool) change.removed_projects.push_back(ProjectId(entity.id));
    return absl::OkStatus();
  }
  TROUPE_ASSIGN_OR_RETURN(Project project, ParseProject(*update.bytes));
  PutListing(*store_, entity, MakeListEntry(project), batch);
  PutRecord(*store_, update, batch);
  if (contents_.pool) change.projects.push_back(std::move(project));
  return absl::OkStatus();
}

absl::Status View::AddModel(const Update& update, rocksdb::WriteBatch& batch) {
  PutRecord(*store_, update, batch);
  if (!update.bytes.has_value()) return absl::OkStatus();
  TROUPE_ASSIGN_OR_RETURN(const ModelHistory model, ParseModel(*update.bytes));
  PutListing(*store_, update.entity, MakeListEntry(model), batch);
  return absl::OkStatus();
}

absl::Status View::AddHeaded(const Update& update, rocksdb::WriteBatch& batch) {
  PutRecord(*store_, update, batch);
  if (!update.bytes.has_value()) return absl::OkStatus();
  TROUPE_ASSIGN_OR_RETURN(const RecordHead head, ParseHead(*update.bytes));
  PutListing(*store_, update.entity, MakeListEntry(head), batch);
  return absl::OkStatus();
}

// Takes back what it counted for before.
absl::Status View::AddOutcomes(const Update& update, PoolChange& change,
                               rocksdb::WriteBatch& batch) {
  const EntityKey& entity = update.entity;
  TROUPE_ASSIGN_OR_RETURN(const auto value, store_->Get(ViewFamily::kRecord, RecordKey(entity)));
  if (value.has_value()) {
    const std::optional<StoredRecord> stored = DecodeRecordValue(entity, ToView(*value));
    if (!stored.has_value()) return Unreadable("outcomes");
    TROUPE_ASSIGN_OR_RETURN(const OutcomeHistory before, ParseOutcomes(stored->bytes));
    OutcomeTallies::Changes tallies = TalliesOf(before);
    for (auto& [profile, tally] : tallies) tally = -tally;
    change.outcomes.emplace_back(OrganizationTerm(before.owner), std::move(tallies));
  }
  PutRecord(*store_, update, batch);
  if (!update.bytes.has_value()) return absl::OkStatus();
  TROUPE_ASSIGN_OR_RETURN(const OutcomeHistory now, ParseOutcomes(*update.bytes));
  change.outcomes.emplace_back(OrganizationTerm(now.owner), TalliesOf(now));
  return absl::OkStatus();
}

absl::Status View::Apply(LogName log, const std::vector<Update>& updates,
                         absl::Span<const Cursor> positions) {
  TROUPE_RETURN_IF_ERROR(failure());
  {
    absl::MutexLock lock(&apply_mutex_);
    rocksdb::WriteBatch batch(BatchBytes(updates));
    PoolChange change;
    change.profiles.reserve(updates.size());
    TROUPE_RETURN_IF_ERROR(RemoveListings(updates, batch));
    for (const Update& update : updates) {
      TROUPE_RETURN_IF_ERROR(AddToBatch(update, change, batch));
    }
    AddPoolTo(batch, change);
    for (const Cursor& position : positions) {
      batch.Put(store_->family(ViewFamily::kPosition), PositionKey(log, position.shard),
                stored::EncodePos(position.after));
    }
    TROUPE_RETURN_IF_ERROR(store_->Write(batch));
    Publish(log, positions);
  }
  AnswerApplied();
  return absl::OkStatus();
}

void View::AddPoolTo(rocksdb::WriteBatch& batch, const PoolChange& change) {
  AddTo(batch, *store_, pool_writer_.Apply(change).writes);
}

void View::Publish(LogName log, absl::Span<const Cursor> positions) {
  LogPositionsOf next_positions;
  {
    absl::MutexLock lock(&mutex_);
    next_positions = positions_;
  }
  for (const Cursor& position : positions) {
    next_positions[static_cast<size_t>(log)][position.shard.value] = position.after;
  }
  auto next = std::make_shared<const ViewSnapshot>(store_, pool_writer_.pool(), next_positions);
  absl::MutexLock lock(&mutex_);
  now_.swap(next);
  positions_ = next_positions;
  merge_is_due_ = true;
}

void View::AnswerApplied() {
  const std::shared_ptr<const ViewSnapshot> now = Now();
  Answer(
      [&](const Waiter& waiter) {
        return now->positions()[static_cast<size_t>(waiter.log)][waiter.shard.value].seq >=
               waiter.seq;
      },
      absl::OkStatus());
}

absl::StatusOr<std::vector<Cursor>> View::MarkDay(LogName log, Day day, int32_t days_kept) {
  rocksdb::WriteBatch batch;
  TROUPE_ASSIGN_OR_RETURN(
      const auto marked, store_->Get(ViewFamily::kRetention, RetentionKey(day.since_epoch(), {})));
  if (!marked.has_value()) {
    for (const Cursor& cursor : Cursors(log)) {
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
  const absl::Status status = ErrorWithReason(
      absl::StatusCode::kUnavailable, "VIEW_FAILED",
      absl::StrCat("the server cannot show what is written: ", cause.message()));
  {
    absl::MutexLock lock(&mutex_);
    if (failure_.ok()) failure_ = status;
  }
  Answer([](const Waiter&) { return true; }, status);
}

absl::Status View::failure() const {
  absl::MutexLock lock(&mutex_);
  return failure_;
}

}  // namespace troupe
