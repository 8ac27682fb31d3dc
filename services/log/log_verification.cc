#include "services/log/log_verification.h"

#include <memory>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/stable_hash.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/log/anchored_store.h"
#include "services/log/log_errors.h"
#include "services/log/log_layout.h"
#include "services/log/log_positions.h"
#include "services/log/record_reader.h"
#include "services/log/stored_format.h"
#include "services/records/agenda_record.h"
#include "services/records/cohort_record.h"
#include "services/records/day_record.h"
#include "services/records/decisions_record.h"
#include "services/records/operation_record.h"
#include "services/records/outcome_record.h"
#include "services/records/placed_round_record.h"
#include "services/records/profile_record.h"
#include "services/records/program_record.h"
#include "services/records/project_record.h"
#include "services/records/round_record.h"
#include "services/records/scoring_model_record.h"
#include "services/records/training_plan_record.h"

namespace troupe {
namespace {

constexpr Limits kStep{.max_records = 4096, .max_bytes = 8 << 20};

absl::string_view View(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

absl::Status CheckParses(const BaseEntity& entity) {
  switch (entity.entity.kind) {
    case EntityKind::kProfile: return ParseProfile(entity.value).status();
    case EntityKind::kProject: return ParseProject(entity.value).status();
    case EntityKind::kDay: return ParseDay(entity.value).status();
    case EntityKind::kAgenda: return ParseAgenda(entity.value).status();
    case EntityKind::kDecisions: return ParseDecisions(entity.value).status();
    case EntityKind::kScoringModel: return ParseModel(entity.value).status();
    case EntityKind::kOutcomes: return ParseOutcomes(entity.value).status();
    case EntityKind::kCohort: return ParseCohort(entity.value).status();
    case EntityKind::kProgram: return ParseProgram(entity.value).status();
    case EntityKind::kRound: return ParseRound(entity.value).status();
    case EntityKind::kRoundPart: return ParseRoundPart(entity.value).status();
    case EntityKind::kOperation: return ParseOperations(entity.value).status();
    case EntityKind::kTrainingPlan: return ParseTrainingPlan(entity.value).status();
  }
  return ErrorWithReason(absl::StatusCode::kDataLoss, "RECORD_UNREADABLE",
                         "an entity is of no known kind");
}

// Goes through the records of all shards and then the entities, which have to
// be what the records left behind.
class LogWalk {
 public:
  LogWalk(const RocksStore& store, const LogPositions& positions)
      : store_(store), positions_(positions) {}

  absl::Status ReadRecords() {
    for (ShardId shard; shard.value < kShardCount; ++shard.value) {
      Cursor cursor{shard, positions_.trimmed[shard.value]};
      while (cursor.after != positions_.heads[shard.value]) {
        TROUPE_ASSIGN_OR_RETURN(const std::vector<ReadRecord> records, Next(cursor));
        for (const ReadRecord& record : records) Note(record);
        cursor.after = records.back().pos;
      }
    }
    return absl::OkStatus();
  }

  absl::Status ReadEntities() {
    rocksdb::ReadOptions options;
    options.fill_cache = false;
    const auto it = store_.NewIterator(LogFamily::kEntity, options);
    for (it->SeekToFirst(); it->Valid(); it->Next()) {
      const auto entity = stored::DecodeEntity(View(it->key()), View(it->value()));
      if (!entity.has_value()) return RowUnreadableError("an entity", store_.directory());
      TROUPE_RETURN_IF_ERROR(Check(*entity));
      ++findings_.entities;
    }
    TROUPE_RETURN_IF_ERROR(store_.ToStatus(it->status()));
    if (last_written_.empty()) return absl::OkStatus();
    return Differs(last_written_.begin()->first, "is missing");
  }

  const LogFindings& findings() const { return findings_; }

 private:
  // The last of what the records say of an entity.
  struct Written {
    uint64_t seq = 0;
    uint64_t value_hash = 0;
  };

  absl::StatusOr<std::vector<ReadRecord>> Next(const Cursor& cursor) const {
    const auto trimmed = [this](ShardId shard) { return positions_.trimmed[shard.value]; };
    const RecentRecords none(0);  // What is verified is the disk.
    return RecordReader(store_, none, positions_.heads, trimmed)
        .ReadAfter({&cursor, 1}, kStep, 0);
  }

  void Note(const ReadRecord& record) {
    ++findings_.records;
    for (const EntityChange& change : record.changes) {
      if (change.value.has_value()) {
        last_written_[change.entity] = {record.pos.seq, StableHash(*change.value)};
      } else {
        last_written_.erase(change.entity);
        deleted_[change.entity] = record.pos.seq;
      }
    }
  }

  absl::Status Check(const BaseEntity& entity) {
    TROUPE_RETURN_IF_ERROR(CheckParses(entity));
    if (const auto last = last_written_.find(entity.entity); last != last_written_.end()) {
      const bool is_it = last->second.seq == entity.version &&
                         last->second.value_hash == StableHash(entity.value);
      last_written_.erase(last);
      return is_it ? absl::OkStatus() : Differs(entity.entity, "is another");
    }
    const auto deleted = deleted_.find(entity.entity);
    const bool is_resurrected = deleted != deleted_.end() && deleted->second > entity.version;
    const ShardId shard = ShardOf(entity.entity.id);
    const bool is_trimmed = entity.version <= positions_.trimmed[shard.value].seq;
    if (is_resurrected || !is_trimmed) return Differs(entity.entity, "is there");
    return absl::OkStatus();
  }

  absl::Status Differs(const EntityKey& entity, absl::string_view how) const {
    return RowUnreadableError(
        absl::StrCat("the entity of kind ", static_cast<int>(entity.kind), " with id ", entity.id,
                     " ", how, " that the records do not say; what"),
        store_.directory());
  }

  const RocksStore& store_;
  const LogPositions& positions_;
  LogFindings findings_;
  absl::flat_hash_map<EntityKey, Written> last_written_;
  absl::flat_hash_map<EntityKey, uint64_t> deleted_;
};

}  // namespace

absl::StatusOr<LogFindings> VerifyStore(const RocksStore& store) {
  TROUPE_RETURN_IF_ERROR(store.ToStatus(store.db().VerifyChecksum()));
  TROUPE_ASSIGN_OR_RETURN(const LogPositions positions, LoadVerifiedPositions(store));
  LogWalk walk(store, positions);
  TROUPE_RETURN_IF_ERROR(walk.ReadRecords());
  TROUPE_RETURN_IF_ERROR(walk.ReadEntities());
  LogFindings findings = walk.findings();
  TROUPE_ASSIGN_OR_RETURN(findings.pos, LoadGroupPos(store));
  return findings;
}

absl::StatusOr<LogFindings> VerifyLog(const std::string& directory, rocksdb::Env* env) {
  if (env == nullptr) env = rocksdb::Env::Default();
  TROUPE_ASSIGN_OR_RETURN(const std::optional<AnchorSlot> anchor,
                          CommitAnchor::Read(CommitAnchor::PathFor(directory), env));
  TROUPE_ASSIGN_OR_RETURN(const auto store, RocksStore::Peek(kLogLayout, directory, env));
  TROUPE_RETURN_IF_ERROR(CheckAnchored(store.get(), anchor, directory, env));
  if (store == nullptr) {
    return ErrorWithReason(absl::StatusCode::kNotFound, "NO_LOG",
                           absl::StrCat("there is no log in ", directory));
  }
  return VerifyStore(*store);
}

}  // namespace troupe
