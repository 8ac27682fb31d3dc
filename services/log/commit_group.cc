#include "services/log/commit_group.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>
#include <utility>

#include "matcher/base/stable_hash.h"
#include "matcher/base/status_macros.h"
#include "rocksdb/write_batch.h"
#include "services/log/append_rules.h"
#include "services/log/log_errors.h"
#include "services/log/log_layout.h"
#include "troupe/storage/v1/log.pb.h"

namespace troupe {
namespace {

static_assert(static_cast<int>(EntityKind::kProfile) == storage::v1::ENTITY_KIND_PROFILE);
static_assert(static_cast<int>(EntityKind::kProject) == storage::v1::ENTITY_KIND_PROJECT);
static_assert(static_cast<int>(EntityKind::kDay) == storage::v1::ENTITY_KIND_DAY);
static_assert(static_cast<int>(EntityKind::kAgenda) == storage::v1::ENTITY_KIND_AGENDA);
static_assert(static_cast<int>(EntityKind::kDecisions) == storage::v1::ENTITY_KIND_DECISIONS);
static_assert(static_cast<int>(EntityKind::kScoringModel) ==
              storage::v1::ENTITY_KIND_SCORING_MODEL);
static_assert(static_cast<int>(EntityKind::kOutcomes) == storage::v1::ENTITY_KIND_OUTCOMES);
static_assert(static_cast<int>(EntityKind::kCohort) == storage::v1::ENTITY_KIND_COHORT);
static_assert(static_cast<int>(EntityKind::kTrainingPlan) ==
              storage::v1::ENTITY_KIND_TRAINING_PLAN);

std::string RecordMessage(const AppendRequest& request, uint64_t body_hash, absl::Time now) {
  storage::v1::LogRecord record;
  record.set_request_id(request.request_id);
  record.set_body_hash(body_hash);
  record.set_append_time_micros(absl::ToUnixMicros(now));
  for (const Mutation& mutation : request.mutations) {
    storage::v1::LogChange& change = *record.add_changes();
    change.set_kind(static_cast<storage::v1::EntityKind>(mutation.entity.kind));
    change.set_id(mutation.entity.id);
    if (mutation.value.has_value()) {
      change.set_value(*mutation.value);
    } else {
      change.set_deleted(true);
    }
    change.set_audience_before(mutation.audience_before);
  }
  return record.SerializeAsString();
}

// What a reader of the log gets of `request`.
ReadRecord RecordOf(const AppendRequest& request, const LogPos& pos, absl::Time now) {
  ReadRecord record{request.shard, pos, absl::FromUnixMicros(absl::ToUnixMicros(now)), {}};
  for (const Mutation& mutation : request.mutations) {
    record.changes.push_back({mutation.entity, mutation.value, mutation.audience_before});
  }
  return record;
}

// Of each row in a write batch, besides its key and value: a generous guess.
constexpr size_t kRowOverhead = 16;

rocksdb::Slice ToSlice(absl::string_view bytes) { return {bytes.data(), bytes.size()}; }

// Puts `head` and `tail` as one value without joining them first.
void PutParts(rocksdb::ColumnFamilyHandle* family, absl::string_view key, absl::string_view head,
              absl::string_view tail, rocksdb::WriteBatch& batch) {
  const rocksdb::Slice key_part = ToSlice(key);
  const std::array<rocksdb::Slice, 2> parts = {ToSlice(head), ToSlice(tail)};
  batch.Put(family, rocksdb::SliceParts(&key_part, 1),
            rocksdb::SliceParts(parts.data(), static_cast<int>(parts.size())));
}

}  // namespace

// What cannot be read is left to Add, which says of which request it is.
void CommitGroup::Expect(absl::Span<const AppendRequest> requests) {
  std::vector<std::string> request_keys;
  std::vector<EntityKey> entities;
  for (const AppendRequest& request : requests) {
    request_keys.push_back(stored::RequestKey(request.shard, request.request_id));
    for (const Mutation& mutation : request.mutations) {
      if (mutation.expected_version != kAnyVersion) entities.push_back(mutation.entity);
    }
  }
  const auto used = store_.MultiGet(LogFamily::kRequest, request_keys);
  for (size_t i = 0; i < used.size(); ++i) {
    if (!used[i].ok()) continue;
    std::optional<stored::UsedRequest> known;
    if (const auto& row = *used[i]; row.has_value()) {
      known = stored::DecodeRequest({row->data(), row->size()});
      if (!known.has_value()) continue;
    }
    requests_.try_emplace(std::move(request_keys[i]), known);
  }
  std::vector<std::string> entity_keys;
  for (const EntityKey& entity : entities) entity_keys.push_back(stored::EntityRowKey(entity));
  const auto rows = store_.MultiGet(LogFamily::kEntity, entity_keys);
  for (size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].ok()) continue;
    std::optional<uint64_t> version = kNoVersion;
    if (const auto& row = *rows[i]; row.has_value()) {
      version = stored::DecodeEntityVersion({row->data(), row->size()});
    }
    if (version.has_value()) versions_.try_emplace(entities[i], *version);
  }
}

absl::StatusOr<LogPos> CommitGroup::Add(const AppendRequest& request) {
  TROUPE_RETURN_IF_ERROR(CheckAppend(request));
  const std::string request_key = stored::RequestKey(request.shard, request.request_id);
  const uint64_t body_hash = BodyHash(request);
  TROUPE_ASSIGN_OR_RETURN(const std::optional<stored::UsedRequest> used, FindRequest(request_key));
  if (used.has_value()) {
    if (used->body_hash != body_hash) return RequestIdReusedError();
    return used->pos;
  }
  TROUPE_RETURN_IF_ERROR(CheckVersions(request));
  return Write(request, request_key, body_hash);
}

absl::StatusOr<std::optional<stored::UsedRequest>> CommitGroup::FindRequest(
    const std::string& key) {
  if (const auto it = requests_.find(key); it != requests_.end()) return it->second;
  TROUPE_ASSIGN_OR_RETURN(const auto found, store_.Get(LogFamily::kRequest, key));
  if (!found.has_value()) return std::nullopt;
  const auto used = stored::DecodeRequest({found->data(), found->size()});
  if (!used.has_value()) return RowUnreadableError("a request id", store_.directory());
  return used;
}

absl::StatusOr<uint64_t> CommitGroup::VersionOf(const EntityKey& entity) {
  if (const auto it = versions_.find(entity); it != versions_.end()) return it->second;
  TROUPE_ASSIGN_OR_RETURN(const auto found,
                          store_.Get(LogFamily::kEntity, stored::EntityRowKey(entity)));
  if (!found.has_value()) return kNoVersion;
  const auto version = stored::DecodeEntityVersion({found->data(), found->size()});
  if (!version.has_value()) return RowUnreadableError("an entity", store_.directory());
  return *version;
}

absl::Status CommitGroup::CheckVersions(const AppendRequest& request) {
  for (size_t i = 0; i < request.mutations.size(); ++i) {
    const Mutation& mutation = request.mutations[i];
    if (mutation.expected_version == kAnyVersion) continue;
    TROUPE_ASSIGN_OR_RETURN(const uint64_t actual, VersionOf(mutation.entity));
    if (mutation.expected_version != actual) return StaleVersionError({i, actual});
  }
  return absl::OkStatus();
}

LogPos CommitGroup::Write(const AppendRequest& request, const std::string& request_key,
                          uint64_t body_hash) {
  std::string message = RecordMessage(request, body_hash, now_);
  LogPos& head = heads_[request.shard.value];
  const RecordId previous = head.id;
  head = {head.seq + 1, NextRecordId(head.id, message)};
  const std::string key = stored::LogKey(request.shard, head.seq);
  const stored::UsedRequest used{head, body_hash};
  for (const Mutation& mutation : request.mutations) {
    entity_rows_.push_back({stored::EntityRowKey(mutation.entity), head.seq, &mutation});
    versions_[mutation.entity] = mutation.value.has_value() ? head.seq : kNoVersion;
  }
  request_rows_.push_back({request_key, used});
  requests_[request_key] = used;
  new_heads_[request.shard] = head;
  pos_.chain = StableHash({stored::EncodeGroupPos(pos_), key, stored::EncodePos(head)});
  ++records_;
  bytes_ += static_cast<int64_t>(message.size());
  written_.push_back({RecordOf(request, head, now_), previous,
                      static_cast<int64_t>(message.size() + sizeof(uint64_t))});
  log_rows_.push_back({key, head.id, std::move(message)});
  return head;
}

absl::Status CommitGroup::Commit() {
  if (records_ == 0) return absl::OkStatus();
  ++pos_.number;
  rocksdb::WriteBatch batch(BatchBytes());
  AddRows(batch);
  batch.Put(store_.family(LogFamily::kMeta), stored::kGroupKey, stored::EncodeGroupPos(pos_));
  for (const auto& [shard, head] : new_heads_) {
    batch.Put(store_.family(LogFamily::kMeta), stored::HeadKey(shard), stored::EncodePos(head));
  }
  return store_.Write(batch);
}

// Sorted, since each row goes into the memtable from where the one before it
// went. The rows of a log are so by shard.
void CommitGroup::AddRows(rocksdb::WriteBatch& batch) {
  for (const LogRow& row : log_rows_) {
    PutParts(store_.family(LogFamily::kLog), row.key, stored::EncodeRecord(row.id, ""),
             row.message, batch);
  }
  // Stable: an entity may be written twice.
  std::stable_sort(entity_rows_.begin(), entity_rows_.end(),
                   [](const EntityRow& a, const EntityRow& b) { return a.key < b.key; });
  for (const EntityRow& row : entity_rows_) {
    const std::optional<std::string>& value = row.mutation->value;
    if (value.has_value()) {
      PutParts(store_.family(LogFamily::kEntity), row.key, stored::EncodeEntity(row.version, ""),
               *value, batch);
    } else {
      batch.Delete(store_.family(LogFamily::kEntity), row.key);
    }
  }
  std::sort(request_rows_.begin(), request_rows_.end(),
            [](const RequestRow& a, const RequestRow& b) { return a.key < b.key; });
  for (const RequestRow& row : request_rows_) {
    batch.Put(store_.family(LogFamily::kRequest), row.key, stored::EncodeRequest(row.used));
  }
}

// About how large the batch gets: growing it would copy it.
size_t CommitGroup::BatchBytes() const {
  size_t bytes = new_heads_.size() * 4 * kRowOverhead;
  for (const LogRow& row : log_rows_) bytes += row.message.size() + 3 * kRowOverhead;
  for (const EntityRow& row : entity_rows_) {
    const std::optional<std::string>& value = row.mutation->value;
    bytes += (value.has_value() ? value->size() : 0) + 3 * kRowOverhead;
  }
  return bytes + request_rows_.size() * 5 * kRowOverhead;
}

}  // namespace troupe
