#include "services/log/append_rules.h"

#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/stable_hash.h"
#include "matcher/base/violation.h"
#include "services/log/log_errors.h"

namespace troupe {
namespace {

constexpr int64_t kMutationOverhead = 32;

void CheckMutation(const Mutation& mutation, ShardId shard, Violations& found) {
  if (mutation.entity.kind == EntityKind{}) {
    found.Add("entity.kind", "is unset", "give one of EntityKind");
  }
  if (ShardOf(mutation.entity.id) != shard) {
    found.Add("entity.id", absl::StrCat("does not live on shard ", shard.value),
              "append to ShardOf(id)");
  }
}

}  // namespace

int64_t RecordBytes(const AppendRequest& request) {
  size_t bytes = request.request_id.size();
  for (const Mutation& m : request.mutations) {
    bytes += kMutationOverhead + m.audience_before.size();
    if (m.value.has_value()) bytes += m.value->size();
  }
  return static_cast<int64_t>(bytes);
}

absl::Status CheckAppend(const AppendRequest& request) {
  Violations found;
  if (request.request_id.empty()) found.Add("request_id", "is empty", "give a unique one");
  if (request.mutations.empty()) found.Add("mutations", "is empty", "give at least one");
  absl::flat_hash_set<EntityKey> seen;
  for (size_t i = 0; i < request.mutations.size(); ++i) {
    Violations inner;
    CheckMutation(request.mutations[i], request.shard, inner);
    if (!seen.insert(request.mutations[i].entity).second) {
      inner.Add("entity", "occurs twice in the request", "write each entity once");
    }
    found.AddAll(absl::StrCat("mutations[", i, "]"), inner);
  }
  if (const int64_t bytes = RecordBytes(request); bytes > kMaxRecordBytes) {
    found.Add("mutations", absl::StrCat("take ", bytes, " bytes"),
              absl::StrCat("give at most ", kMaxRecordBytes));
  }
  return found.ToStatus();
}

absl::Status CheckRead(absl::Span<const Cursor> cursors, const Limits& limits) {
  Violations found;
  if (cursors.empty()) found.Add("cursors", "is empty", "give at least one");
  if (limits.max_records < 1) found.Add("limits.max_records", "is below 1", "give at least 1");
  if (limits.max_bytes < 1) found.Add("limits.max_bytes", "is below 1", "give at least 1");
  absl::flat_hash_set<ShardId> seen;
  for (const Cursor& cursor : cursors) {
    if (cursor.shard.value >= kShardCount) return NoSuchShardError(cursor.shard);
    if (!seen.insert(cursor.shard).second) {
      found.Add("cursors", absl::StrCat("name shard ", cursor.shard.value, " twice"),
                "name each shard once");
    }
  }
  return found.ToStatus();
}

uint64_t BodyHash(const AppendRequest& request) {
  if (request.body_hash != 0) return request.body_hash;
  // Not the audience: it is what a retry finds anew.
  std::string body;
  for (const Mutation& m : request.mutations) {
    absl::StrAppend(&body, static_cast<int>(m.entity.kind), ":", m.entity.id, ":",
                    m.expected_version, ":");
    if (m.value.has_value()) {
      absl::StrAppend(&body, m.value->size(), ":", *m.value);
    } else {
      absl::StrAppend(&body, "-");
    }
  }
  return StableHash(body);
}

}  // namespace troupe
