#include "services/log/stored_format.h"

#include <concepts>

#include "matcher/base/stable_hash.h"

namespace troupe::stored {
namespace {

template <std::unsigned_integral T>
void Put(std::string& out, T number) {
  for (size_t i = sizeof(T); i-- > 0;) out.push_back(static_cast<char>(number >> (8 * i)));
}

// The number at `offset`, which must be inside `bytes` whole.
template <std::unsigned_integral T>
T NumberAt(absl::string_view bytes, size_t offset) {
  uint64_t number = 0;
  for (size_t i = 0; i < sizeof(T); ++i) {
    number = number << 8 | static_cast<uint8_t>(bytes[offset + i]);
  }
  return static_cast<T>(number);
}

std::string MetaKey(absl::string_view name, ShardId shard) {
  std::string key(name);
  Put(key, shard.value);
  return key;
}

constexpr size_t kPosBytes = 16;
constexpr size_t kRequestBytes = 24;
constexpr size_t kEntityKeyBytes = 11;

}  // namespace

std::string LogKey(ShardId shard, uint64_t seq) {
  std::string key;
  Put(key, shard.value);
  Put(key, seq);
  return key;
}

std::string EntityRowKey(const EntityKey& entity) {
  std::string key;
  Put(key, ShardOf(entity.id).value);
  Put(key, static_cast<uint8_t>(entity.kind));
  Put(key, entity.id);
  return key;
}

std::string RequestKey(ShardId shard, absl::string_view request_id) {
  std::string key;
  Put(key, shard.value);
  // Two hashes: with one of 64 bits a billion ids would probably collide.
  Put(key, StableHash(request_id));
  Put(key, StableHash({"request", request_id}));
  return key;
}

std::string HeadKey(ShardId shard) { return MetaKey("head", shard); }
std::string TrimKey(ShardId shard) { return MetaKey("trim", shard); }

std::string EntityPrefix(uint32_t shard) {
  std::string key;
  Put(key, static_cast<uint16_t>(shard));
  return key;
}

std::string EncodeFormat(uint32_t version) {
  std::string bytes;
  Put(bytes, version);
  return bytes;
}

std::string EncodePos(const LogPos& pos) {
  std::string bytes;
  Put(bytes, pos.seq);
  Put(bytes, pos.id.value());
  return bytes;
}

std::string EncodeGroupPos(const GroupPos& pos) {
  std::string bytes;
  Put(bytes, pos.number);
  Put(bytes, pos.chain);
  return bytes;
}

std::string EncodeRequest(const UsedRequest& used) {
  std::string bytes = EncodePos(used.pos);
  Put(bytes, used.body_hash);
  return bytes;
}

std::string EncodeEntity(uint64_t version, absl::string_view value) {
  std::string bytes;
  bytes.reserve(sizeof(version) + value.size());
  Put(bytes, version);
  bytes.append(value.data(), value.size());
  return bytes;
}

std::string EncodeRecord(RecordId id, absl::string_view message) {
  return EncodeEntity(id.value(), message);
}

std::optional<uint32_t> DecodeFormat(absl::string_view bytes) {
  if (bytes.size() != sizeof(uint32_t)) return std::nullopt;
  return NumberAt<uint32_t>(bytes, 0);
}

std::optional<LogPos> DecodePos(absl::string_view bytes) {
  if (bytes.size() != kPosBytes) return std::nullopt;
  return LogPos{NumberAt<uint64_t>(bytes, 0), RecordId(NumberAt<uint64_t>(bytes, 8))};
}

std::optional<GroupPos> DecodeGroupPos(absl::string_view bytes) {
  if (bytes.size() != kPosBytes) return std::nullopt;
  return GroupPos{NumberAt<uint64_t>(bytes, 0), NumberAt<uint64_t>(bytes, 8)};
}

std::optional<UsedRequest> DecodeRequest(absl::string_view bytes) {
  if (bytes.size() != kRequestBytes) return std::nullopt;
  return UsedRequest{*DecodePos(bytes.substr(0, kPosBytes)),
                     NumberAt<uint64_t>(bytes, kPosBytes)};
}

std::optional<uint64_t> DecodeEntityVersion(absl::string_view bytes) {
  if (bytes.size() < sizeof(uint64_t)) return std::nullopt;
  return NumberAt<uint64_t>(bytes, 0);
}

std::optional<BaseEntity> DecodeEntity(absl::string_view key, absl::string_view bytes) {
  if (key.size() != kEntityKeyBytes || bytes.size() < sizeof(uint64_t)) return std::nullopt;
  return BaseEntity{{static_cast<EntityKind>(NumberAt<uint8_t>(key, 2)), NumberAt<uint64_t>(key, 3)},
                    NumberAt<uint64_t>(bytes, 0),
                    std::string(bytes.substr(sizeof(uint64_t)))};
}

std::optional<RecordBytes> DecodeRecord(absl::string_view bytes) {
  if (bytes.size() < sizeof(uint64_t)) return std::nullopt;
  return RecordBytes{RecordId(NumberAt<uint64_t>(bytes, 0)), bytes.substr(sizeof(uint64_t))};
}

}  // namespace troupe::stored
