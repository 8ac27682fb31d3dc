#ifndef TROUPE_SERVICES_LOG_SHARD_H_
#define TROUPE_SERVICES_LOG_SHARD_H_

#include <compare>
#include <cstdint>
#include <utility>

#include "absl/strings/string_view.h"
#include "matcher/base/stable_hash.h"

namespace troupe {

// The log is split into this many shards for ever: they are key prefixes, not
// machines, so there is never a reason to split one. Stored: never change it.
inline constexpr uint16_t kShardCount = 256;

// One of the kShardCount histories of a log, from 0. Order is promised within
// a shard and nowhere else.
struct ShardId {
  uint16_t value = 0;

  friend constexpr auto operator<=>(const ShardId&, const ShardId&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const ShardId& shard) {
    return H::combine(std::move(h), shard.value);
  }
};

// Where an aggregate lives: a profile, a project with its openings, a day
// record. Everything that must change together shares the aggregate's id.
inline ShardId ShardOf(uint64_t aggregate_id) {
  char bytes[8];
  for (int i = 0; i < 8; ++i) bytes[i] = static_cast<char>(aggregate_id >> (56 - 8 * i));
  return {static_cast<uint16_t>(StableHash(absl::string_view(bytes, 8)) % kShardCount)};
}

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_SHARD_H_
