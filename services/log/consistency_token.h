#ifndef TROUPE_SERVICES_LOG_CONSISTENCY_TOKEN_H_
#define TROUPE_SERVICES_LOG_CONSISTENCY_TOKEN_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/log/log_name.h"
#include "services/log/shard.h"
#include "services/log/view.h"

namespace troupe {

// A record that somebody has seen the effect of.
struct SeenRecord {
  LogName log = LogName::kTroupe;
  ShardId shard;
  uint64_t seq = 0;

  friend constexpr auto operator<=>(const SeenRecord&, const SeenRecord&) = default;
};

// What a client gives back to read at least what `positions` show: printable,
// at most 2.5 KB for each log.
std::string ConsistencyTokenOf(const LogPositionsOf& positions);

// The last record of each shard that the token stands for; nullopt if it is none.
std::optional<std::vector<SeenRecord>> ParseConsistencyToken(absl::string_view token);

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_CONSISTENCY_TOKEN_H_
