#ifndef TROUPE_SERVICES_LOG_STORED_FORMAT_H_
#define TROUPE_SERVICES_LOG_STORED_FORMAT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "services/log/base_scan.h"
#include "services/log/entity.h"
#include "services/log/group_pos.h"
#include "services/log/log_pos.h"

// The keys and values of RocksLog's column families. All numbers are
// big-endian, so that keys sort as their numbers do. No key holds personal
// data: RocksDB remembers keys after a delete.
//
//   log      shard u16, seq u64               record id u64, LogRecord
//   entity   shard u16, kind u8, id u64       version u64, value
//   request  shard u16, hash of the id u128   seq u64, record id u64, body hash u64
//   meta     "format"                         u32
//            "head", shard u16                seq u64, record id u64
//            "trim", shard u16                the same, of the last one trimmed
//            "group"                          number u64, chain u64, of the last commit
//            "log"                            LogName u8: whose log it is; logs from before
//                                             it was noted get it when they are opened
namespace troupe::stored {

// 1 had no "group", and no anchor beside the database.
inline constexpr uint32_t kFormatVersion = 2;
inline constexpr uint32_t kOldestFormat = 1;

inline constexpr char kFormatKey[] = "format";
inline constexpr char kGroupKey[] = "group";
inline constexpr char kLogNameKey[] = "log";

// What is known of a request id that was used.
struct UsedRequest {
  LogPos pos;
  uint64_t body_hash = 0;
};

// A record's bytes and its id, as found in a value of `log`.
struct RecordBytes {
  RecordId id;
  absl::string_view message;  // Of the value that was decoded.
};

std::string LogKey(ShardId shard, uint64_t seq);
std::string EntityRowKey(const EntityKey& entity);
std::string RequestKey(ShardId shard, absl::string_view request_id);
std::string HeadKey(ShardId shard);
std::string TrimKey(ShardId shard);

// The first key of `shard` in `entity`; that of the next shard ends it.
std::string EntityPrefix(uint32_t shard);

std::string EncodeFormat(uint32_t version);
std::string EncodePos(const LogPos& pos);
std::string EncodeGroupPos(const GroupPos& pos);
std::string EncodeRequest(const UsedRequest& used);
std::string EncodeEntity(uint64_t version, absl::string_view value);
std::string EncodeRecord(RecordId id, absl::string_view message);

// nullopt if the bytes are not what the matching Encode writes.
std::optional<uint32_t> DecodeFormat(absl::string_view bytes);
std::optional<LogPos> DecodePos(absl::string_view bytes);
std::optional<GroupPos> DecodeGroupPos(absl::string_view bytes);
std::optional<UsedRequest> DecodeRequest(absl::string_view bytes);
std::optional<uint64_t> DecodeEntityVersion(absl::string_view bytes);
std::optional<BaseEntity> DecodeEntity(absl::string_view key, absl::string_view bytes);
std::optional<RecordBytes> DecodeRecord(absl::string_view bytes);

}  // namespace troupe::stored

#endif  // TROUPE_SERVICES_LOG_STORED_FORMAT_H_
