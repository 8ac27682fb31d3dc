#include "services/backup/backup_service.h"

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/backup/log_backup.h"
#include "services/convert/types_conversion.h"

namespace troupe {
namespace {

absl::Status BackupsOff() {
  return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "BACKUPS_OFF",
                         "the server has no folder for backups: start it with --backup_dir");
}

absl::Status BackupRunning() {
  return ErrorWithReason(absl::StatusCode::kAborted, "BACKUP_RUNNING",
                         "another backup is being made: retry when it is done");
}

v1::Backup ToWireBackup(LogName log, const Backup& backup) {
  v1::Backup wire;
  wire.set_log(std::string(NameOf(log)));
  wire.set_name(absl::StrCat("backups/", backup.number));
  *wire.mutable_create_time() = ToWire(backup.created);
  wire.set_size_bytes(static_cast<int64_t>(backup.bytes));
  wire.set_commits(static_cast<int64_t>(backup.pos.number));
  return wire;
}

absl::StatusOr<v1::ListBackupsResponse> List(const std::string& folder, LogName log) {
  TROUPE_ASSIGN_OR_RETURN(const Catalogue catalogue, ReadCatalogue(folder));
  v1::ListBackupsResponse response;
  for (const Backup& backup : catalogue.backups) {
    *response.add_backups() = ToWireBackup(catalogue.log.value_or(log), backup);
  }
  return response;
}

}  // namespace

void BackupService::CreateBackup(std::shared_ptr<const Call>, const v1::CreateBackupRequest&,
                                 Done<v1::Backup> done) {
  if (folder_.empty()) return done(BackupsOff());
  if (running_.exchange(true)) return done(BackupRunning());
  executor_->Run([this, done = std::move(done)] {
    const absl::StatusOr<Backup> backup =
        troupe::CreateBackup(log_->store(), log_->name(), folder_, clock_->Now());
    running_ = false;
    if (!backup.ok()) return done(backup.status());
    done(ToWireBackup(log_->name(), *backup));
  });
}

void BackupService::ListBackups(std::shared_ptr<const Call>, const v1::ListBackupsRequest&,
                                Done<v1::ListBackupsResponse> done) {
  if (folder_.empty()) return done(BackupsOff());
  executor_->Run([this, done = std::move(done)] { done(List(folder_, log_->name())); });
}

}  // namespace troupe
