#ifndef TROUPE_SERVICES_LOG_LOG_POS_H_
#define TROUPE_SERVICES_LOG_LOG_POS_H_

#include <compare>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "matcher/base/ids.h"
#include "services/log/shard.h"

namespace troupe {

// A fence against rewritten history: a hash of a record and of all records
// before it in its shard.
using RecordId = Id<struct RecordKind>;

// The id of the record with these bytes that follows the one with `previous`,
// which is RecordId() for the first of a shard. Stored: never change it.
RecordId NextRecordId(RecordId previous, absl::string_view bytes);

// A place in the history of one shard: the record with sequence number `seq`,
// counted from 1 without gaps. {0, RecordId()} is the place before the first.
struct LogPos {
  uint64_t seq = 0;
  RecordId id;

  friend constexpr auto operator<=>(const LogPos&, const LogPos&) = default;
};

// A reader's place in one shard: the last record it has.
struct Cursor {
  ShardId shard;
  LogPos after;

  friend constexpr auto operator<=>(const Cursor&, const Cursor&) = default;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_LOG_POS_H_
