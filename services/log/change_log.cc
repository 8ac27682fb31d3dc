#include "services/log/change_log.h"

#include <utility>

#include "matcher/base/status_macros.h"

namespace troupe {
namespace {

absl::StatusOr<std::vector<Cursor>> AllHeads(ChangeLog& log) {
  std::vector<Cursor> heads;
  heads.reserve(kShardCount);
  for (uint16_t shard = 0; shard < kShardCount; ++shard) {
    TROUPE_ASSIGN_OR_RETURN(const LogPos head, log.Head({shard}));
    heads.push_back({{shard}, head});
  }
  return heads;
}

}  // namespace

void ChangeLog::Heads(HeadsDone done) { done(AllHeads(*this)); }

}  // namespace troupe
