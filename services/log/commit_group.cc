#include "services/log/commit_group.h"

#include "matcher/base/stable_hash.h"
#include "matcher/base/status_macros.h"
#include "services/log/append_rules.h"
#include "services/log/log_errors.h"
#include "services/log/log_layout.h"
#include "troupe/storage/v1/log.pb.h"

namespace troupe {
namespace {

static_assert(static_cast<int>(EntityKind::kProfile) == storage::v1::ENTITY_KIND_PROFILE);
static_assert(static_cast<int>(EntityKind::kProject) == storage::v1::ENTITY_KIND_PROJECT);
static_assert(static_cast<int>(EntityKind::kDay) == storage::v1::ENTITY_KIND_DAY);

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

}  // namespace

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
  const std::string message = RecordMessage(request, body_hash, now_);
  LogPos& head = heads_[request.shard.value];
  head = {head.seq + 1, NextRecordId(head.id, message)};
  batch_.Put(store_.family(LogFamily::kLog), stored::LogKey(request.shard, head.seq),
             stored::EncodeRecord(head.id, message));
  const stored::UsedRequest used{head, body_hash};
  batch_.Put(store_.family(LogFamily::kRequest), request_key, stored::EncodeRequest(used));
  for (const Mutation& mutation : request.mutations) {
    const std::string key = stored::EntityRowKey(mutation.entity);
    if (mutation.value.has_value()) {
      batch_.Put(store_.family(LogFamily::kEntity), key,
                 stored::EncodeEntity(head.seq, *mutation.value));
    } else {
      batch_.Delete(store_.family(LogFamily::kEntity), key);
    }
    versions_[mutation.entity] = mutation.value.has_value() ? head.seq : kNoVersion;
  }
  requests_[request_key] = used;
  new_heads_[request.shard] = head;
  pos_.chain = StableHash({stored::EncodeGroupPos(pos_), stored::LogKey(request.shard, head.seq),
                           stored::EncodePos(head)});
  ++records_;
  bytes_ += static_cast<int64_t>(message.size());
  return head;
}

absl::Status CommitGroup::Commit() {
  if (records_ == 0) return absl::OkStatus();
  ++pos_.number;
  batch_.Put(store_.family(LogFamily::kMeta), stored::kGroupKey, stored::EncodeGroupPos(pos_));
  for (const auto& [shard, head] : new_heads_) {
    batch_.Put(store_.family(LogFamily::kMeta), stored::HeadKey(shard), stored::EncodePos(head));
  }
  return store_.Write(batch_);
}

}  // namespace troupe
