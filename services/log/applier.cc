#include "services/log/applier.h"

#include <filesystem>
#include <map>
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

absl::StatusOr<std::vector<ReadRecord>> ReadNow(ChangeLog& log, const View& view,
                                                absl::Time wait_until) {
  absl::Notification read;
  absl::StatusOr<std::vector<ReadRecord>> records;
  log.Read(view.Cursors(), kReadLimits, wait_until,
           [&](absl::StatusOr<std::vector<ReadRecord>> result) {
             records = std::move(result);
             read.Notify();
           });
  read.WaitForNotification();
  return records;
}

// Applies `records` as the state after the last of them.
absl::Status ApplyRecords(const std::vector<ReadRecord>& records, View& view) {
  std::map<EntityKey, View::Update> last;
  std::map<ShardId, LogPos> positions;
  for (const ReadRecord& record : records) {
    for (const EntityChange& change : record.changes) {
      last[change.entity] = {change.entity, record.pos.seq, change.value};
    }
    positions[record.shard] = record.pos;
  }
  std::vector<View::Update> updates;
  for (auto& [entity, update] : last) updates.push_back(std::move(update));
  std::vector<Cursor> cursors;
  for (const auto& [shard, pos] : positions) cursors.push_back({shard, pos});
  return view.Apply(updates, cursors);
}

absl::Status DeleteDirectory(const std::string& directory) {
  std::error_code error;
  std::filesystem::remove_all(directory, error);
  if (!error) return absl::OkStatus();
  return ErrorWithReason(absl::StatusCode::kUnavailable, "LOG_IO",
                         "the outdated view cannot be deleted: check the disk");
}

// The positions are written last: a view that was not finished reads the log
// from its beginning, or is made once more where that is trimmed.
absl::Status FillFromBase(ChangeLog& log, View& view) {
  std::vector<View::Update> updates;
  const auto flush = [&]() -> absl::Status {
    TROUPE_RETURN_IF_ERROR(view.Apply(updates, {}));
    updates.clear();
    return absl::OkStatus();
  };
  TROUPE_ASSIGN_OR_RETURN(
      const std::vector<Cursor> positions,
      ScanBase(log, [&](BaseEntity entity) -> absl::Status {
        updates.push_back({entity.entity, entity.version, std::move(entity.value)});
        return updates.size() < kBaseBatch ? absl::OkStatus() : flush();
      }));
  TROUPE_RETURN_IF_ERROR(flush());
  return view.Apply({}, positions);
}

bool IsToBeMadeAgain(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  return reason == "POOL_OUTDATED" || reason == "TRIMMED";
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

absl::StatusOr<std::unique_ptr<View>> OpenFitting(ChangeLog& log, const std::string& directory) {
  TROUPE_ASSIGN_OR_RETURN(std::unique_ptr<View> view, View::Open(directory));
  TROUPE_RETURN_IF_ERROR(ReadNow(log, *view, absl::InfinitePast()).status());
  return view;
}

}  // namespace

absl::StatusOr<std::unique_ptr<View>> OpenViewOf(ChangeLog& log, const std::string& directory) {
  absl::StatusOr<std::unique_ptr<View>> view = OpenFitting(log, directory);
  if (ReasonOf(view.status()) == "HISTORY_CHANGED") return LogLost(directory);
  if (view.ok() || !IsToBeMadeAgain(view.status())) return view;
  TROUPE_RETURN_IF_ERROR(DeleteDirectory(directory));
  TROUPE_ASSIGN_OR_RETURN(view, View::Open(directory));
  TROUPE_RETURN_IF_ERROR(FillFromBase(log, **view));
  return view;
}

absl::Status CatchUp(ChangeLog& log, View& view, const Clock& clock) {
  while (true) {
    TROUPE_ASSIGN_OR_RETURN(const auto records, ReadNow(log, view, clock.Now()));
    if (records.empty()) return absl::OkStatus();
    TROUPE_RETURN_IF_ERROR(ApplyRecords(records, view));
  }
}

Applier::Applier(ChangeLog* log, View* view, const Clock* clock)
    : log_(log), view_(view), clock_(clock) {
  thread_ = std::thread([this] { Run(); });
}

Applier::~Applier() {
  stopping_.store(true);
  thread_.join();
}

void Applier::Run() {
  while (!stopping_.load()) {
    if (absl::Status applied = ApplyNext(); !applied.ok()) {
      spdlog::error("the view can no longer follow the log: {}", std::string(applied.message()));
      view_->Fail(applied);
      return;
    }
  }
}

absl::Status Applier::ApplyNext() {
  TROUPE_ASSIGN_OR_RETURN(const auto records,
                          ReadNow(*log_, *view_, clock_->Now() + kReadWait));
  if (!records.empty()) TROUPE_RETURN_IF_ERROR(ApplyRecords(records, *view_));
  return view_->Now()->pool().today() == marked_day_ ? absl::OkStatus() : EndDay();
}

absl::Status Applier::EndDay() {
  marked_day_ = view_->Now()->pool().today();
  TROUPE_ASSIGN_OR_RETURN(const std::vector<Cursor> old, view_->MarkDay(marked_day_, kDaysKept));
  for (const Cursor& cursor : old) {
    TROUPE_RETURN_IF_ERROR(log_->Trim(cursor.shard, cursor.after.seq));
  }
  return absl::OkStatus();
}

}  // namespace troupe
