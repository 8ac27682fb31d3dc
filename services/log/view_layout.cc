#include "services/log/view_layout.h"

namespace troupe {
namespace {

void AppendBigEndian(uint64_t value, int bytes, std::string& out) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>(value >> shift & 0xff));
  }
}

uint64_t ReadBigEndian(absl::string_view bytes) {
  uint64_t value = 0;
  for (char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

// Keeps the order of signed numbers in unsigned keys.
uint64_t Biased(int64_t value) { return static_cast<uint64_t>(value) ^ (uint64_t{1} << 63); }
uint64_t Biased32(int32_t value) { return static_cast<uint32_t>(value) ^ (uint32_t{1} << 31); }

}  // namespace

std::string RecordKey(const EntityKey& entity) {
  std::string key;
  AppendBigEndian(static_cast<uint64_t>(entity.kind), 1, key);
  AppendBigEndian(entity.id, 8, key);
  return key;
}

std::string EncodeRecordValue(uint64_t version, absl::string_view bytes) {
  std::string value;
  value.reserve(8 + bytes.size());
  AppendBigEndian(version, 8, value);
  value.append(bytes.data(), bytes.size());
  return value;
}

std::optional<StoredRecord> DecodeRecordValue(const EntityKey& entity, absl::string_view value) {
  if (value.size() < 8) return std::nullopt;
  return StoredRecord{.entity = entity,
                      .version = ReadBigEndian(value.substr(0, 8)),
                      .bytes = std::string(value.substr(8))};
}

std::string ListPrefix(EntityKind kind, ListOrder order) {
  return {static_cast<char>(kind), static_cast<char>(order)};
}

std::string ListKey(const EntityKey& entity, ListOrder order, int64_t update_micros) {
  std::string key = ListPrefix(entity.kind, order);
  if (order == ListOrder::kUpdateTime) AppendBigEndian(Biased(update_micros), 8, key);
  AppendBigEndian(entity.id, 8, key);
  return key;
}

std::optional<EntityKey> DecodeListKey(absl::string_view key) {
  if (key.size() < 10) return std::nullopt;
  return EntityKey{.kind = static_cast<EntityKind>(key[0]),
                   .id = ReadBigEndian(key.substr(key.size() - 8))};
}

std::string EncodeContents(const ViewContents& contents) {
  return {static_cast<char>(contents.profiles), static_cast<char>(contents.pool),
          static_cast<char>(contents.agendas), static_cast<char>(contents.decisions)};
}

std::string EngagementPrefix(uint64_t project) {
  std::string prefix;
  AppendBigEndian(project, 8, prefix);
  return prefix;
}

std::string EngagementKey(uint64_t project, uint64_t profile) {
  std::string key = EngagementPrefix(project);
  AppendBigEndian(profile, 8, key);
  return key;
}

std::string EncodeEngagement(Day last) {
  std::string value;
  AppendBigEndian(Biased32(last.since_epoch()), 4, value);
  return value;
}

std::optional<StoredEngagement> DecodeEngagement(absl::string_view key, absl::string_view value) {
  if (key.size() != 16 || value.size() != 4) return std::nullopt;
  const auto last = static_cast<uint32_t>(ReadBigEndian(value));
  return StoredEngagement{.profile = ReadBigEndian(key.substr(8)),
                          .last = Day(static_cast<int32_t>(last ^ (uint32_t{1} << 31)))};
}

std::string HoldIndexKey(uint64_t project, uint64_t profile) {
  return EngagementKey(project, profile);
}

std::optional<uint64_t> DecodeHoldIndexKey(absl::string_view key) {
  if (key.size() != 16) return std::nullopt;
  return ReadBigEndian(key.substr(8));
}

std::string RecordPrefix(EntityKind kind) { return {static_cast<char>(kind)}; }

std::optional<EntityKey> DecodeRecordKey(absl::string_view key) {
  if (key.size() != 9) return std::nullopt;
  return EntityKey{.kind = static_cast<EntityKind>(key[0]), .id = ReadBigEndian(key.substr(1))};
}

std::string PositionKey(LogName log, ShardId shard) {
  std::string key;
  AppendBigEndian(static_cast<uint64_t>(log), 1, key);
  AppendBigEndian(shard.value, 2, key);
  return key;
}

std::string RetentionKey(int32_t day, ShardId shard) {
  std::string key;
  AppendBigEndian(Biased32(day), 4, key);
  AppendBigEndian(shard.value, 2, key);
  return key;
}

std::optional<RetentionMark> DecodeRetentionKey(absl::string_view key) {
  if (key.size() != 6) return std::nullopt;
  const uint32_t day = static_cast<uint32_t>(ReadBigEndian(key.substr(0, 4)));
  return RetentionMark{
      .day = static_cast<int32_t>(day ^ (uint32_t{1} << 31)),
      .shard = {static_cast<uint16_t>(ReadBigEndian(key.substr(4)))}};
}

}  // namespace troupe
