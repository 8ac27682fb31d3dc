#include "services/feed/feed_records.h"

#include <utility>

namespace troupe {
namespace {

std::optional<EntityKey> KeyFrom(uint32_t kind, uint64_t id) {
  if (kind < static_cast<uint32_t>(EntityKind::kProfile) ||
      kind > static_cast<uint32_t>(EntityKind::kTrainingPlan)) {
    return std::nullopt;
  }
  return EntityKey{static_cast<EntityKind>(kind), id};
}

}  // namespace

feed::v1::Position ToFeed(const Cursor& cursor) {
  feed::v1::Position position;
  position.set_shard(cursor.shard.value);
  position.set_seq(cursor.after.seq);
  position.set_record_id(cursor.after.id.value());
  return position;
}

feed::v1::Record ToFeed(const ReadRecord& record) {
  feed::v1::Record sent;
  *sent.mutable_position() = ToFeed(Cursor{record.shard, record.pos});
  sent.set_append_micros(absl::ToUnixMicros(record.appended));
  for (const EntityChange& change : record.changes) {
    feed::v1::Change& to = *sent.add_changes();
    to.set_kind(static_cast<uint32_t>(change.entity.kind));
    to.set_id(change.entity.id);
    if (change.value.has_value()) to.set_value(*change.value);
    to.set_audience_before(change.audience_before);
  }
  return sent;
}

feed::v1::Entity ToFeed(BaseEntity entity) {
  feed::v1::Entity sent;
  sent.set_kind(static_cast<uint32_t>(entity.entity.kind));
  sent.set_id(entity.entity.id);
  sent.set_version(entity.version);
  sent.set_value(std::move(entity.value));
  return sent;
}

std::optional<Cursor> FromFeed(const feed::v1::Position& position) {
  if (position.shard() >= kShardCount) return std::nullopt;
  return Cursor{{static_cast<uint16_t>(position.shard())},
                {position.seq(), RecordId(position.record_id())}};
}

std::optional<ReadRecord> FromFeed(feed::v1::Record record) {
  const std::optional<Cursor> place = FromFeed(record.position());
  if (!place.has_value()) return std::nullopt;
  ReadRecord read{.shard = place->shard,
                  .pos = place->after,
                  .appended = absl::FromUnixMicros(record.append_micros()),
                  .changes = {}};
  read.changes.reserve(static_cast<size_t>(record.changes_size()));
  for (feed::v1::Change& change : *record.mutable_changes()) {
    const std::optional<EntityKey> key = KeyFrom(change.kind(), change.id());
    if (!key.has_value()) return std::nullopt;
    EntityChange& to = read.changes.emplace_back();
    to.entity = *key;
    if (change.has_value()) to.value = std::move(*change.mutable_value());
    to.audience_before = std::move(*change.mutable_audience_before());
  }
  return read;
}

std::optional<BaseEntity> FromFeed(feed::v1::Entity entity) {
  const std::optional<EntityKey> key = KeyFrom(entity.kind(), entity.id());
  if (!key.has_value()) return std::nullopt;
  return BaseEntity{*key, entity.version(), std::move(*entity.mutable_value())};
}

}  // namespace troupe
