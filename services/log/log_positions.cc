#include "services/log/log_positions.h"

#include <memory>
#include <string>

#include "matcher/base/status_macros.h"
#include "services/log/log_errors.h"
#include "services/log/log_layout.h"
#include "services/log/stored_format.h"

namespace troupe {
namespace {

absl::string_view View(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

absl::StatusOr<LogPos> LoadPos(const RocksStore& store, ShardId shard, const std::string& key) {
  TROUPE_ASSIGN_OR_RETURN(const auto found, store.Get(LogFamily::kMeta, key));
  if (!found.has_value()) return LogPos{};
  const std::optional<LogPos> pos = stored::DecodePos(View(*found));
  if (!pos.has_value()) return RecordUnreadableError(shard, 0, "has an unreadable position");
  return *pos;
}

// The id of the record before `head`, on which the iterator stands.
absl::StatusOr<RecordId> PreviousId(const RocksStore& store, rocksdb::Iterator& at_head,
                                    ShardId shard, const LogPos& head, const LogPos& trimmed) {
  if (head.seq == trimmed.seq + 1) return trimmed.id;
  at_head.Prev();
  TROUPE_RETURN_IF_ERROR(store.ToStatus(at_head.status()));
  if (!at_head.Valid() || View(at_head.key()) != stored::LogKey(shard, head.seq - 1)) {
    return RecordUnreadableError(shard, head.seq - 1, "is missing");
  }
  const auto previous = stored::DecodeRecord(View(at_head.value()));
  if (!previous.has_value()) return RecordUnreadableError(shard, head.seq - 1, "is cut short");
  return previous->id;
}

absl::Status VerifyShard(const RocksStore& store, rocksdb::Iterator& it, ShardId shard,
                         const LogPos& head, const LogPos& trimmed) {
  it.SeekForPrev(stored::LogKey(shard, UINT64_MAX));
  TROUPE_RETURN_IF_ERROR(store.ToStatus(it.status()));
  const bool has_records =
      it.Valid() && View(it.key()).substr(0, 2) == stored::EntityPrefix(shard.value);
  if (!has_records && head == trimmed) return absl::OkStatus();
  if (!has_records || View(it.key()) != stored::LogKey(shard, head.seq)) {
    return RecordUnreadableError(shard, head.seq, "is not the last one of its shard");
  }
  const auto last = stored::DecodeRecord(View(it.value()));
  if (!last.has_value()) return RecordUnreadableError(shard, head.seq, "is cut short");
  const std::string message(last->message);  // Outlives the step back.
  const RecordId id = last->id;
  TROUPE_ASSIGN_OR_RETURN(const RecordId previous, PreviousId(store, it, shard, head, trimmed));
  if (id != head.id || NextRecordId(previous, message) != id) {
    return RecordUnreadableError(shard, head.seq, "does not follow from the one before it");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<LogPositions> LoadVerifiedPositions(const RocksStore& store) {
  LogPositions positions;
  const std::unique_ptr<rocksdb::Iterator> it = store.NewIterator(LogFamily::kLog);
  for (ShardId shard; shard.value < kShardCount; ++shard.value) {
    LogPos& head = positions.heads[shard.value];
    LogPos& trimmed = positions.trimmed[shard.value];
    TROUPE_ASSIGN_OR_RETURN(head, LoadPos(store, shard, stored::HeadKey(shard)));
    TROUPE_ASSIGN_OR_RETURN(trimmed, LoadPos(store, shard, stored::TrimKey(shard)));
    TROUPE_RETURN_IF_ERROR(VerifyShard(store, *it, shard, head, trimmed));
  }
  return positions;
}

}  // namespace troupe
