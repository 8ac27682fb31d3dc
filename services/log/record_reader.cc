#include "services/log/record_reader.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "matcher/base/status_macros.h"
#include "services/log/log_errors.h"
#include "services/log/log_layout.h"
#include "services/log/stored_format.h"
#include "troupe/storage/v1/log.pb.h"

namespace troupe {
namespace {

absl::string_view View(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

// nullopt if `message` is not a LogRecord.
std::optional<ReadRecord> ParseRecord(ShardId shard, LogPos pos, absl::string_view message) {
  storage::v1::LogRecord stored;
  if (!stored.ParseFromArray(message.data(), static_cast<int>(message.size()))) {
    return std::nullopt;
  }
  ReadRecord record{shard, pos, absl::FromUnixMicros(stored.append_time_micros()), {}};
  for (storage::v1::LogChange& change : *stored.mutable_changes()) {
    EntityChange& read = record.changes.emplace_back();
    read.entity = {static_cast<EntityKind>(change.kind()), change.id()};
    if (!change.deleted()) read.value = std::move(*change.mutable_value());
    read.audience_before = std::move(*change.mutable_audience_before());
  }
  return record;
}

}  // namespace

RecordReader::RecordReader(const RocksStore& store, const RecentRecords& recent,
                           const ShardPositions& heads,
                           absl::FunctionRef<LogPos(ShardId)> trimmed)
    : store_(store), recent_(recent), heads_(heads), trimmed_(trimmed) {}

absl::StatusOr<std::vector<ReadRecord>> RecordReader::ReadAfter(absl::Span<const Cursor> cursors,
                                                                const Limits& limits,
                                                                size_t turn) && {
  for (size_t i = 0; i < cursors.size(); ++i) {
    const Cursor& cursor = cursors[(turn + i) % cursors.size()];
    const auto shards_left = static_cast<int64_t>(cursors.size() - i);
    const Limits left{limits.max_records - static_cast<int64_t>(records_.size()),
                      limits.max_bytes - bytes_};
    const Limits share{std::max<int64_t>(left.max_records / shards_left, 1),
                       left.max_bytes / shards_left};
    TROUPE_RETURN_IF_ERROR(ReadShard(cursor, left, share));
  }
  return std::move(records_);
}

bool RecordReader::ReadRecent(const Cursor& cursor, const Limits& left, const Limits& share) {
  if (cursor.after.seq < trimmed_(cursor.shard).seq) return false;
  const auto found = recent_.After(cursor, heads_[cursor.shard.value].seq, share);
  for (const auto& recent : found) {
    // After() gives one record that exceeds the share; it must not exceed the
    // limit, unless it is the first of all.
    const bool full = left.max_records < 1 || recent->bytes > left.max_bytes;
    if (found.size() == 1 && full && !records_.empty()) return true;
    records_.push_back(recent->record);
    bytes_ += recent->bytes;
  }
  return !found.empty();
}

absl::Status RecordReader::ReadShard(const Cursor& cursor, const Limits& left,
                                     const Limits& share) {
  if (ReadRecent(cursor, left, share)) return absl::OkStatus();
  // Made before `trimmed_` is asked: what it lacks, `trimmed_` knows of.
  if (it_ == nullptr) it_ = store_.NewIterator(LogFamily::kLog);
  TROUPE_RETURN_IF_ERROR(SeekAfter(cursor));
  RecordId previous = cursor.after.id;
  Limits used{0, 0};
  for (uint64_t seq = cursor.after.seq + 1; seq <= heads_[cursor.shard.value].seq; ++seq) {
    if (!IsAt(cursor.shard, seq)) return Missing(cursor.shard, seq);
    const auto size = static_cast<int64_t>(it_->value().size());
    // A shard's first record may exceed its share, and the first of all the
    // limit too: otherwise a large record would never be read.
    const Limits& allowed = used.max_records == 0 ? left : share;
    const bool full = used.max_records + 1 > allowed.max_records ||
                      used.max_bytes + size > allowed.max_bytes;
    if (full && !records_.empty()) return absl::OkStatus();
    const auto bytes = stored::DecodeRecord(View(it_->value()));
    if (!bytes.has_value()) return RecordUnreadableError(cursor.shard, seq, "is cut short");
    if (bytes->id != NextRecordId(previous, bytes->message)) {
      return RecordUnreadableError(cursor.shard, seq, "does not follow from the one before it");
    }
    auto record = ParseRecord(cursor.shard, {seq, bytes->id}, bytes->message);
    if (!record.has_value()) return RecordUnreadableError(cursor.shard, seq, "cannot be decoded");
    records_.push_back(*std::move(record));
    previous = bytes->id;
    used = {used.max_records + 1, used.max_bytes + size};
    bytes_ += size;
    it_->Next();
  }
  return absl::OkStatus();
}

absl::Status RecordReader::SeekAfter(const Cursor& cursor) {
  const LogPos trimmed = trimmed_(cursor.shard);
  const LogPos& head = heads_[cursor.shard.value];
  if (cursor.after.seq < trimmed.seq) return TrimmedError(cursor.shard, trimmed.seq);
  RecordId actual = trimmed.id;
  if (cursor.after.seq > head.seq) {
    return HistoryChangedError(cursor.shard, cursor.after.seq);
  } else if (cursor.after.seq == head.seq) {
    actual = head.id;
  } else if (cursor.after.seq == trimmed.seq) {
    it_->Seek(stored::LogKey(cursor.shard, cursor.after.seq + 1));
  } else {
    it_->Seek(stored::LogKey(cursor.shard, cursor.after.seq));
    if (!IsAt(cursor.shard, cursor.after.seq)) return Missing(cursor.shard, cursor.after.seq);
    const auto bytes = stored::DecodeRecord(View(it_->value()));
    if (!bytes.has_value()) {
      return RecordUnreadableError(cursor.shard, cursor.after.seq, "is cut short");
    }
    actual = bytes->id;
    it_->Next();
  }
  if (actual != cursor.after.id) return HistoryChangedError(cursor.shard, cursor.after.seq);
  return absl::OkStatus();
}

bool RecordReader::IsAt(ShardId shard, uint64_t seq) const {
  return it_->Valid() && View(it_->key()) == stored::LogKey(shard, seq);
}

absl::Status RecordReader::Missing(ShardId shard, uint64_t seq) const {
  TROUPE_RETURN_IF_ERROR(store_.ToStatus(it_->status()));
  return RecordUnreadableError(shard, seq, "is missing");
}

}  // namespace troupe
