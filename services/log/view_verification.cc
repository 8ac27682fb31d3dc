#include "services/log/view_verification.h"

#include <map>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/index/pool_writer.h"
#include "services/log/log_errors.h"
#include "services/log/log_layout.h"
#include "services/log/log_positions.h"
#include "services/log/stored_format.h"
#include "services/log/view_layout.h"
#include "services/records/day_record.h"
#include "services/records/profile_record.h"
#include "services/records/project_record.h"

namespace troupe {
namespace {

constexpr size_t kPoolBatch = 65'536;

absl::string_view Bytes(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

absl::Status ViewDiffers(const RocksStore& view, absl::string_view how) {
  return ErrorWithReason(absl::StatusCode::kDataLoss, kViewLayout.corrupt_reason,
                         absl::StrCat("the view in ", view.directory(), " ", how, ": ",
                                      kViewLayout.mend));
}

absl::StatusOr<bool> IsBehind(const RocksStore& view, LogName log, const RocksStore& log_store) {
  TROUPE_ASSIGN_OR_RETURN(const LogPositions positions, LoadVerifiedPositions(log_store));
  for (ShardId shard; shard.value < kShardCount; ++shard.value) {
    TROUPE_ASSIGN_OR_RETURN(const auto found,
                            view.Get(ViewFamily::kPosition, PositionKey(log, shard)));
    const auto pos = found.has_value() ? stored::DecodePos(Bytes(*found)) : LogPos{};
    if (!pos.has_value()) return ViewDiffers(view, "has an unreadable position");
    const LogPos& head = positions.heads[shard.value];
    if (pos->seq > head.seq) {
      return ErrorWithReason(absl::StatusCode::kDataLoss, "LOG_LOST_RECORDS",
                             absl::StrCat("the view in ", view.directory(), " shows record ",
                                          pos->seq, " of shard ", shard.value, ", the log in ",
                                          log_store.directory(), " ends at ", head.seq));
    }
    if (*pos != head) return true;
  }
  return false;
}

// Goes through the log's entities beside the view's records, and makes the pool
// anew on the way.
class ViewWalk {
 public:
  ViewWalk(const RocksStore& view, const ViewContents& contents)
      : view_(view), contents_(contents) {}

  absl::Status Visit(const BaseEntity& entity) {
    if (entity.entity.kind != EntityKind::kDay) TROUPE_RETURN_IF_ERROR(Compare(entity));
    if (!contents_.pool) return absl::OkStatus();
    TROUPE_RETURN_IF_ERROR(AddToPool(entity));
    if (change_.profiles.size() + change_.projects.size() >= kPoolBatch) Flush();
    return absl::OkStatus();
  }

  std::shared_ptr<const Pool> MakePool() {
    Flush();
    return pool_.pool();
  }
  int64_t records() const { return records_; }

 private:
  absl::Status Compare(const BaseEntity& entity) {
    if (!IsKept(entity.entity.kind)) return absl::OkStatus();
    TROUPE_ASSIGN_OR_RETURN(const auto found,
                            view_.Get(ViewFamily::kRecord, RecordKey(entity.entity)));
    if (!found.has_value()) return ViewDiffers(view_, "lacks a record of the log");
    ++records_;
    if (Bytes(*found) == EncodeRecordValue(entity.version, entity.value)) return absl::OkStatus();
    return ViewDiffers(view_, "has a record that is not the log's");
  }

  bool IsKept(EntityKind kind) const {
    switch (kind) {
      case EntityKind::kProfile: return contents_.profiles == ViewContents::Profiles::kWhole;
      case EntityKind::kAgenda: return contents_.agendas;
      case EntityKind::kDecisions: return contents_.decisions;
      default: return true;
    }
  }

  absl::Status AddToPool(const BaseEntity& entity) {
    switch (entity.entity.kind) {
      case EntityKind::kProfile: {
        TROUPE_ASSIGN_OR_RETURN(Profile profile, ParseProfile(entity.value));
        change_.profiles.push_back(std::move(profile));
        return absl::OkStatus();
      }
      case EntityKind::kProject: {
        TROUPE_ASSIGN_OR_RETURN(Project project, ParseProject(entity.value));
        change_.projects.push_back(std::move(project));
        return absl::OkStatus();
      }
      case EntityKind::kDay: {
        TROUPE_ASSIGN_OR_RETURN(change_.today, ParseDay(entity.value));
        return absl::OkStatus();
      }
      case EntityKind::kAgenda:
      case EntityKind::kDecisions:
      case EntityKind::kScoringModel:
      case EntityKind::kOutcomes:
      case EntityKind::kCohort:
      case EntityKind::kProgram:
      case EntityKind::kRound:
      case EntityKind::kRoundPart:
      case EntityKind::kOperation:
      case EntityKind::kTrainingPlan:
        return absl::OkStatus();
    }
    return absl::OkStatus();
  }

  void Flush() {
    pool_.Apply(change_);
    change_ = {};
  }

  const RocksStore& view_;
  const ViewContents contents_;
  PoolWriter pool_;
  PoolChange change_;
  int64_t records_ = 0;
};

absl::StatusOr<std::shared_ptr<const Pool>> StoredPool(const RocksStore& view) {
  std::map<std::string, std::string> stored;
  const auto it = view.NewIterator(ViewFamily::kPool);
  for (it->SeekToFirst(); it->Valid(); it->Next()) {
    stored.emplace(it->key().ToString(), it->value().ToString());
  }
  TROUPE_RETURN_IF_ERROR(view.ToStatus(it->status()));
  const absl::StatusOr<PoolWriter> pool = PoolWriter::FromStored(stored);
  if (!pool.ok()) return ViewDiffers(view, absl::StrCat("is damaged (", pool.status().message(), ")"));
  return pool->pool();
}

// Those whose keys begin with `prefix`.
absl::StatusOr<int64_t> CountRecords(const RocksStore& view, const std::string& prefix) {
  int64_t records = 0;
  const auto it = view.NewIterator(ViewFamily::kRecord);
  for (it->Seek(prefix); it->Valid() && it->key().starts_with(prefix); it->Next()) ++records;
  TROUPE_RETURN_IF_ERROR(view.ToStatus(it->status()));
  return records;
}

// Of a matcher's own log.
absl::StatusOr<int64_t> CountOwnRecords(const RocksStore& view) {
  int64_t records = 0;
  for (EntityKind kind : {EntityKind::kScoringModel, EntityKind::kOutcomes, EntityKind::kCohort,
                          EntityKind::kProgram, EntityKind::kRound, EntityKind::kRoundPart,
                          EntityKind::kOperation, EntityKind::kTrainingPlan}) {
    TROUPE_ASSIGN_OR_RETURN(const int64_t of_kind, CountRecords(view, RecordPrefix(kind)));
    records += of_kind;
  }
  return records;
}

absl::StatusOr<ViewContents> LoadContents(const RocksStore& view) {
  TROUPE_ASSIGN_OR_RETURN(
      const auto found, view.Get(ViewFamily::kMeta, kContentsKey));
  for (auto profiles : {ViewContents::Profiles::kWhole, ViewContents::Profiles::kListed}) {
    for (int bits = 0; bits < 8; ++bits) {
      const ViewContents contents{profiles, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0};
      if (found.has_value() && Bytes(*found) == EncodeContents(contents)) return contents;
    }
  }
  return ViewDiffers(view, "does not say what it contains");
}

absl::StatusOr<ViewFindings> Compare(const RocksStore& view, LogName log,
                                     const RocksStore& log_store) {
  TROUPE_ASSIGN_OR_RETURN(const ViewContents contents, LoadContents(view));
  ViewWalk walk(view, contents);
  const auto it = log_store.NewIterator(LogFamily::kEntity);
  for (it->SeekToFirst(); it->Valid(); it->Next()) {
    const auto entity = stored::DecodeEntity(Bytes(it->key()), Bytes(it->value()));
    if (!entity.has_value()) return RowUnreadableError("an entity", log_store.directory());
    TROUPE_RETURN_IF_ERROR(walk.Visit(*entity));
  }
  TROUPE_RETURN_IF_ERROR(log_store.ToStatus(it->status()));
  ViewFindings findings{.exists = true};
  // What a matcher's view has beside its models and outcomes, and its pool, is of
  // other logs.
  const bool is_of_others = log == LogName::kMatching;
  TROUPE_ASSIGN_OR_RETURN(findings.records, is_of_others ? CountOwnRecords(view)
                                                         : CountRecords(view, ""));
  const bool is_whole = contents.profiles == ViewContents::Profiles::kWhole;
  if (is_whole && findings.records != walk.records()) {
    return ViewDiffers(view, "has records that the log lacks");
  }
  if (!contents.pool || is_of_others) return findings;
  TROUPE_ASSIGN_OR_RETURN(const std::shared_ptr<const Pool> pool, StoredPool(view));
  const std::shared_ptr<const Pool> made = walk.MakePool();
  findings.digest = pool->Statistics().digest;
  if (findings.digest == made->Statistics().digest && pool->today() == made->today()) {
    return findings;
  }
  return ViewDiffers(view, "has another pool than the log makes");
}

}  // namespace

absl::StatusOr<ViewFindings> VerifyView(const std::string& directory, LogName log,
                                        const std::string& log_directory, rocksdb::Env* env) {
  TROUPE_ASSIGN_OR_RETURN(const auto view, RocksStore::Peek(kViewLayout, directory, env));
  if (view == nullptr) return ViewFindings{};
  TROUPE_RETURN_IF_ERROR(view->ToStatus(view->db().VerifyChecksum()));
  TROUPE_ASSIGN_OR_RETURN(const auto log_store, RocksStore::Peek(kLogLayout, log_directory, env));
  if (log_store == nullptr) return ViewFindings{.exists = true, .is_behind = true};
  TROUPE_ASSIGN_OR_RETURN(const bool behind, IsBehind(*view, log, *log_store));
  if (behind) return ViewFindings{.exists = true, .is_behind = true};
  return Compare(*view, log, *log_store);
}

}  // namespace troupe
