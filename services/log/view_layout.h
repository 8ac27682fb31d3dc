#ifndef TROUPE_SERVICES_LOG_VIEW_LAYOUT_H_
#define TROUPE_SERVICES_LOG_VIEW_LAYOUT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "matcher/base/day.h"
#include "services/log/entity.h"
#include "services/log/log_name.h"
#include "services/log/log_pos.h"
#include "services/log/rocks_store.h"

// The keys and values of the view's column families. Numbers in keys are
// big-endian, so that keys sort as their numbers do. No key holds personal
// data: RocksDB remembers keys after a delete.
//
//   record    kind u8, id u64                        version u64, record
//   list      kind u8, 'n', id u64                   ListEntry
//             kind u8, 't', micros u64, id u64       ListEntry
//   pool      as PoolWriter says                     as PoolWriter says
//   engagement  project id u64, profile id u64       last day of it i32, biased
//   hold      project id u64, profile id u64         empty
//   position  log u8, shard u16                      seq u64, record id u64
//   retention day i32, shard u16                     seq u64, record id u64, early on the day
//   meta      "format"                               u32
//             "contents"                             ViewContents: profiles u8, pool u8,
//                                                    agendas u8, decisions u8
namespace troupe {

enum class ViewFamily : size_t { kRecord, kList, kPool, kPosition, kRetention, kMeta, kEngagement,
                               kHold };

inline constexpr const char* kViewFamilies[] = {"record",   "list",      "pool",
                                                "position", "retention", "meta",
                                                "engagement", "hold"};
inline constexpr RocksLayout kViewLayout = {
    .noun = "view",
    .mend = "delete that folder, it is made again from the log at the next start",
    .migrate = "delete that folder, it is made again from the log at the next start",
    .corrupt_reason = "VIEW_CORRUPT",
    .format = 4,
    .oldest_format = 4,
    .families = kViewFamilies,
    .meta_family = static_cast<size_t>(ViewFamily::kMeta),
    .main_family = static_cast<size_t>(ViewFamily::kPosition),
};

// What a view keeps of the logs that it follows: as much as its process needs.
struct ViewContents {
  enum class Profiles : uint8_t {
    kWhole = 0,
    kListed = 1,  // Only who they are and who may see them.
  };
  Profiles profiles = Profiles::kWhole;
  bool pool = true;       // Else nothing can be matched.
  bool agendas = true;    // The holds of profiles, and for which projects they are.
  bool decisions = true;  // About the seats of projects.
};
inline constexpr absl::string_view kContentsKey = "contents";
std::string EncodeContents(const ViewContents& contents);

// A record as the view keeps it.
struct StoredRecord {
  EntityKey entity;
  uint64_t version = kNoVersion;
  std::string bytes;  // As services/records writes them.
};

// How a listing is ordered.
enum class ListOrder : char { kName = 'n', kUpdateTime = 't' };

std::string RecordKey(const EntityKey& entity);
std::string EncodeRecordValue(uint64_t version, absl::string_view bytes);
std::optional<StoredRecord> DecodeRecordValue(const EntityKey& entity, absl::string_view value);

// The first bytes of every key of a listing.
std::string ListPrefix(EntityKind kind, ListOrder order);
std::string ListKey(const EntityKey& entity, ListOrder order, int64_t update_micros);
std::optional<EntityKey> DecodeListKey(absl::string_view key);

// That a project holds or books days of a profile; see Engagement.
std::string EngagementPrefix(uint64_t project);
std::string EngagementKey(uint64_t project, uint64_t profile);
std::string EncodeEngagement(Day last);

struct StoredEngagement {
  uint64_t profile = 0;
  Day last;
};
std::optional<StoredEngagement> DecodeEngagement(absl::string_view key, absl::string_view value);

// That a hold on a profile's days is or was for a project: what finds the holds
// of a project.
std::string HoldIndexKey(uint64_t project, uint64_t profile);
std::optional<uint64_t> DecodeHoldIndexKey(absl::string_view key);  // The profile.

// The first bytes of the keys of all records of a kind, and the id in such a key.
std::string RecordPrefix(EntityKind kind);
std::optional<EntityKey> DecodeRecordKey(absl::string_view key);

// The shards of the log come in order, no other log's between them.
std::string PositionKey(LogName log, ShardId shard);
std::string RetentionKey(int32_t day, ShardId shard);

// What RetentionKey wrote.
struct RetentionMark {
  int32_t day = 0;
  ShardId shard;
};
std::optional<RetentionMark> DecodeRetentionKey(absl::string_view key);

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_VIEW_LAYOUT_H_
