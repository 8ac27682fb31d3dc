#include "services/log/applier.h"

#include <filesystem>
#include <map>
#include <set>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "spdlog/spdlog.h"

namespace troupe {
namespace {

constexpr Limits kReadLimits{.max_records = 4096, .max_bytes = 8 << 20};
constexpr absl::Duration kReadWait = absl::Milliseconds(200);
// A day is marked when it begins, or later if no process ran then: one more
// than the seven days that are promised.
constexpr int32_t kDaysKept = 8;
constexpr size_t kBaseBatch = 4096;
constexpr absl::Duration kRetryAfter = absl::Milliseconds(200);

absl::StatusOr<std::vector<ReadRecord>> ReadNow(LogReader& log, const View& view,
                                                absl::Time wait_until) {
  absl::Notification read;
  absl::StatusOr<std::vector<ReadRecord>> records;
  log.Read(view.Cursors(log.name()), kReadLimits, wait_until,
           [&](absl::StatusOr<std::vector<ReadRecord>> result) {
             records = std::move(result);
             read.Notify();
           });
  read.WaitForNotification();
  return records;
}

// Applies `records` as the state after the last of them.
absl::Status ApplyRecords(LogName log, std::vector<ReadRecord> records, View& view) {
  std::map<EntityKey, View::Update> last;
  std::map<ShardId, LogPos> positions;
  for (ReadRecord& record : records) {
    for (EntityChange& change : record.changes) {
      last[change.entity] = {change.entity, record.pos.seq, std::move(change.value)};
    }
    positions[record.shard] = record.pos;
  }
  std::vector<View::Update> updates;
  for (auto& [entity, update] : last) updates.push_back(std::move(update));
  std::vector<Cursor> cursors;
  for (const auto& [shard, pos] : positions) cursors.push_back({shard, pos});
  return view.Apply(log, updates, cursors);
}

absl::Status DeleteDirectory(const std::string& directory) {
  std::error_code error;
  std::filesystem::remove_all(directory, error);
  if (!error) return absl::OkStatus();
  return ErrorWithReason(absl::StatusCode::kUnavailable, "LOG_IO",
                         "the outdated view cannot be deleted: check the disk");
}

// Which log has entities of `kind` where a deployment has several.
LogName OwnerOf(EntityKind kind) {
  switch (kind) {
    case EntityKind::kProfile:
    case EntityKind::kAgenda:
      return LogName::kProfiles;
    case EntityKind::kScoringModel:
    case EntityKind::kOutcomes:
    case EntityKind::kCohort:
    case EntityKind::kProgram:
    case EntityKind::kRound:
    case EntityKind::kRoundPart:
    case EntityKind::kOperation:
    case EntityKind::kTrainingPlan:
      return LogName::kMatching;
    case EntityKind::kProject:
    case EntityKind::kDecisions:
    case EntityKind::kDay:  // Every log has it.
      break;
  }
  return LogName::kProjects;
}

// What `view` has of entities that `log` keeps.
absl::StatusOr<std::set<EntityKey>> EntitiesOf(const LogReader& log, const View& view) {
  std::set<EntityKey> entities;
  for (EntityKind kind : {EntityKind::kProfile, EntityKind::kProject, EntityKind::kAgenda,
                          EntityKind::kDecisions, EntityKind::kScoringModel,
                          EntityKind::kOutcomes, EntityKind::kCohort, EntityKind::kProgram,
                          EntityKind::kRound, EntityKind::kRoundPart, EntityKind::kOperation,
                          EntityKind::kTrainingPlan}) {
    if (log.name() != LogName::kTroupe && log.name() != OwnerOf(kind)) continue;
    TROUPE_ASSIGN_OR_RETURN(const std::vector<EntityKey> of_kind, view.EntitiesOf(kind));
    entities.insert(of_kind.begin(), of_kind.end());
  }
  return entities;
}

// Makes `log`'s part of the view what the log's base is. The positions are
// written last: until then the view reads on from where it was, or is made once
// more where that is trimmed.
absl::Status FillFromBase(LogReader& log, View& view) {
  TROUPE_ASSIGN_OR_RETURN(std::set<EntityKey> gone, EntitiesOf(log, view));
  std::vector<View::Update> updates;
  const auto add = [&](View::Update update) -> absl::Status {
    updates.push_back(std::move(update));
    if (updates.size() < kBaseBatch) return absl::OkStatus();
    return view.Apply(log.name(), std::exchange(updates, {}), {});
  };
  TROUPE_ASSIGN_OR_RETURN(const std::vector<Cursor> positions,
                          ScanBase(log, [&](BaseEntity entity) -> absl::Status {
                            gone.erase(entity.entity);
                            return add({entity.entity, entity.version, std::move(entity.value)});
                          }));
  for (const EntityKey& entity : gone) {
    TROUPE_RETURN_IF_ERROR(add({entity, kNoVersion, std::nullopt}));
  }
  return view.Apply(log.name(), updates, positions);
}

bool IsToBeMadeAgain(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  return reason == "POOL_OUTDATED" || reason == "OLDER_FORMAT" || reason == "VIEW_OUTDATED" ||
         reason == "TRIMMED";
}

// The view applies only what the log has on disk. Where it knows more, or other
// records, the log has lost what was acknowledged, and the view is the witness.
absl::Status LogLost(const std::string& directory) {
  return ErrorWithReason(
      absl::StatusCode::kDataLoss, "LOG_LOST_RECORDS",
      absl::StrCat("the log lacks records that were acknowledged, of which ", directory,
                   " has the effects: restore the log from a backup; or, to go on without them, "
                   "delete ", directory));
}

absl::StatusOr<std::unique_ptr<View>> OpenFitting(ChangeLog& log, const std::string& directory,
                                                  const ViewContents& contents) {
  TROUPE_ASSIGN_OR_RETURN(std::unique_ptr<View> view, View::Open(directory, contents));
  TROUPE_RETURN_IF_ERROR(ReadNow(log, *view, absl::InfinitePast()).status());
  return view;
}

// True if `records` are all that the log had when it was asked: neither limit
// can have cut them short.
bool AreAll(const std::vector<ReadRecord>& records) {
  int64_t bytes = 0;
  for (const ReadRecord& record : records) {
    for (const EntityChange& change : record.changes) {
      bytes += change.value.has_value() ? static_cast<int64_t>(change.value->size()) : 0;
    }
  }
  return static_cast<int64_t>(records.size()) < kReadLimits.max_records &&
         bytes < kReadLimits.max_bytes / 2;
}

}  // namespace

absl::StatusOr<std::unique_ptr<View>> OpenViewOf(ChangeLog& log, const std::string& directory,
                                                 const ViewContents& contents) {
  absl::StatusOr<std::unique_ptr<View>> view = OpenFitting(log, directory, contents);
  if (ReasonOf(view.status()) == "HISTORY_CHANGED") return LogLost(directory);
  if (view.ok() || !IsToBeMadeAgain(view.status())) return view;
  TROUPE_RETURN_IF_ERROR(DeleteDirectory(directory));
  TROUPE_ASSIGN_OR_RETURN(view, View::Open(directory, contents));
  TROUPE_RETURN_IF_ERROR(FillFromBase(log, **view));
  return view;
}

absl::Status CatchUp(LogReader& log, View& view, const Clock& clock) {
  while (true) {
    TROUPE_ASSIGN_OR_RETURN(auto records, ReadNow(log, view, clock.Now()));
    if (records.empty()) return absl::OkStatus();
    TROUPE_RETURN_IF_ERROR(ApplyRecords(log.name(), std::move(records), view));
  }
}

Applier::Applier(ChangeLog* log, View* view, const Clock* clock)
    : Applier(log, log, view, clock) {}

std::unique_ptr<Applier> Applier::OfOther(LogReader* log, View* view, const Clock* clock) {
  return std::unique_ptr<Applier>(new Applier(log, nullptr, view, clock));
}

Applier::Applier(LogReader* log, ChangeLog* own, View* view, const Clock* clock)
    : log_(log), own_(own), view_(view), clock_(clock) {
  thread_ = std::thread([this] { Run(); });
}

Applier::~Applier() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  thread_.join();
}

void Applier::Run() {
  while (true) {
    {
      absl::MutexLock lock(&mutex_);
      if (stopping_) return;
    }
    if (absl::Status applied = ApplyNext(); !applied.ok() && !Recover(applied)) return;
    view_->AnswerLate(clock_->Now());
  }
}

absl::Status Applier::ApplyNext() {
  const absl::Time asked = clock_->Now();
  TROUPE_ASSIGN_OR_RETURN(auto records, ReadNow(*log_, *view_, asked + kReadWait));
  const bool are_all = AreAll(records);
  if (!records.empty()) {
    TROUPE_RETURN_IF_ERROR(ApplyRecords(log_->name(), std::move(records), *view_));
  }
  if (are_all) NoteCaughtUp(asked);
  const bool is_marked = view_->Now()->pool().today() == marked_day_;
  return own_ == nullptr || is_marked ? absl::OkStatus() : EndDay();
}

absl::Status Applier::EndDay() {
  marked_day_ = view_->Now()->pool().today();
  TROUPE_ASSIGN_OR_RETURN(const std::vector<Cursor> old,
                          view_->MarkDay(log_->name(), marked_day_, kDaysKept));
  for (const Cursor& cursor : old) {
    TROUPE_RETURN_IF_ERROR(own_->Trim(cursor.shard, cursor.after.seq));
  }
  return absl::OkStatus();
}

bool Applier::Recover(const absl::Status& failure) {
  const std::string reason = ReasonOf(failure);
  const bool is_away = reason == "LOG_UNREACHABLE";
  const bool is_unfit = reason == "TRIMMED" || reason == "HISTORY_CHANGED";
  if (own_ != nullptr || (!is_away && !is_unfit)) {
    if (reason != "LOG_CLOSED") {
      spdlog::error("the view can no longer follow the log: {}", std::string(failure.message()));
    }
    view_->Fail(failure);
    return false;
  }
  NoteFailure(failure);
  if (is_unfit) {
    spdlog::warn("the view is made again from the log of {}: {}",
                 std::string(NameOf(log_->name())), std::string(failure.message()));
    const absl::Status made = FillFromBase(*log_, *view_);
    if (made.ok()) return true;
    NoteFailure(made);
    if (ReasonOf(made) != "LOG_UNREACHABLE") return Recover(made);
  }
  if (const absl::Status behind = CheckCaughtUp(); !behind.ok()) {
    view_->AnswerInVain(log_->name(), behind);
  }
  absl::MutexLock lock(&mutex_);
  mutex_.AwaitWithTimeout(absl::Condition(&stopping_), kRetryAfter);
  return true;
}

void Applier::NoteCaughtUp(absl::Time as_of) {
  absl::MutexLock lock(&mutex_);
  caught_up_ = as_of;
  last_failure_ = absl::OkStatus();
}

void Applier::NoteFailure(const absl::Status& failure) {
  absl::MutexLock lock(&mutex_);
  last_failure_ = failure;
}

absl::Status Applier::CheckCaughtUp() const {
  if (own_ != nullptr) return absl::OkStatus();
  absl::MutexLock lock(&mutex_);
  if (clock_->Now() - caught_up_ <= kMostLag) return absl::OkStatus();
  const std::string cause =
      last_failure_.ok() ? "" : absl::StrCat(" (", last_failure_.message(), ")");
  return ErrorWithReason(absl::StatusCode::kUnavailable, "NOT_CAUGHT_UP",
                         absl::StrCat("this process is behind the log of ", NameOf(log_->name()),
                                      cause, ": try again in a second"));
}

}  // namespace troupe
