#include "tests/testing/log_calls.h"

#include <memory>
#include <optional>
#include <utility>

#include "absl/synchronization/notification.h"
#include "matcher/base/status_macros.h"

namespace troupe {

void PrintTo(const LogPos& pos, std::ostream* out) {
  *out << "record " << pos.seq << " (id " << pos.id.value() << ")";
}

void PrintTo(const EntityKey& key, std::ostream* out) {
  *out << "kind " << static_cast<int>(key.kind) << " id " << key.id;
}

void PrintTo(const ReadRecord& record, std::ostream* out) {
  *out << "shard " << record.shard.value << " ";
  PrintTo(record.pos, out);
  *out << " at " << absl::FormatTime(record.appended, absl::UTCTimeZone()) << ":";
  for (const EntityChange& change : record.changes) {
    *out << " [";
    PrintTo(change.entity, out);
    *out << " = " << change.value.value_or("(deleted)") << "]";
  }
}

void PrintTo(const BaseEntity& entity, std::ostream* out) {
  PrintTo(entity.entity, out);
  *out << " version " << entity.version << " = " << entity.value;
}

}  // namespace troupe

namespace troupe::testing {

EntityKey ProfileOn(ShardId shard, int n) {
  for (uint64_t id = 1;; ++id) {
    if (ShardOf(id) == shard && n-- == 0) return {EntityKind::kProfile, id};
  }
}

Mutation Put(EntityKey entity, uint64_t expected_version, std::string value) {
  return {entity, expected_version, std::move(value)};
}

Mutation Delete(EntityKey entity, uint64_t expected_version) {
  return {entity, expected_version, std::nullopt};
}

AppendRequest Request(std::string request_id, std::vector<Mutation> mutations) {
  const ShardId shard = mutations.empty() ? ShardId{} : ShardOf(mutations.front().entity.id);
  return {shard, std::move(request_id), std::move(mutations)};
}

std::vector<absl::StatusOr<LogPos>> AppendAll(ChangeLog& log, std::vector<AppendRequest> requests,
                                              absl::Time deadline) {
  std::vector<absl::StatusOr<LogPos>> answers;
  absl::Notification answered;
  log.Append(std::move(requests), deadline, [&](std::vector<absl::StatusOr<LogPos>> results) {
    answers = std::move(results);
    answered.Notify();
  });
  answered.WaitForNotification();
  return answers;
}

absl::StatusOr<LogPos> AppendOne(ChangeLog& log, AppendRequest request) {
  return AppendAll(log, {std::move(request)}).front();
}

absl::StatusOr<std::vector<ReadRecord>> ReadNow(ChangeLog& log, std::vector<Cursor> cursors,
                                                Limits limits) {
  absl::StatusOr<std::vector<ReadRecord>> answer;
  absl::Notification answered;
  log.Read(cursors, limits, absl::InfinitePast(),
           [&](absl::StatusOr<std::vector<ReadRecord>> records) {
             answer = std::move(records);
             answered.Notify();
           });
  answered.WaitForNotification();
  return answer;
}

absl::StatusOr<std::vector<BaseEntity>> BaseOf(ChangeLog& log, ShardId shard) {
  TROUPE_ASSIGN_OR_RETURN(const std::unique_ptr<BaseScan> scan, log.OpenBase(shard));
  std::vector<BaseEntity> entities;
  while (true) {
    TROUPE_ASSIGN_OR_RETURN(std::optional<BaseEntity> entity, scan->Next());
    if (!entity.has_value()) return entities;
    entities.push_back(*std::move(entity));
  }
}

}  // namespace troupe::testing
