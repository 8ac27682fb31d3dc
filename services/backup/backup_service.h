#ifndef TROUPE_SERVICES_BACKUP_BACKUP_SERVICE_H_
#define TROUPE_SERVICES_BACKUP_BACKUP_SERVICE_H_

#include <atomic>
#include <memory>
#include <string>
#include <utility>

#include "matcher/base/clock.h"
#include "matcher/base/executor.h"
#include "services/log/rocks_log.h"
#include "services/rpc/call.h"
#include "services/rpc/done.h"
#include "services/rpc/wired_service.h"
#include "troupe/v1/backup_service.pb.h"

namespace troupe {

// Backs up a log while it is in use, one backup at a time, on the executor's
// threads. Thread-safe.
class BackupService {
 public:
  // `folder` empty: every call is refused. The others outlive it.
  BackupService(const StoredLog* log, std::string folder, Executor* executor, const Clock* clock)
      : log_(log), folder_(std::move(folder)), executor_(executor), clock_(clock) {}

  void CreateBackup(std::shared_ptr<const Call> call, const v1::CreateBackupRequest& request,
                    Done<v1::Backup> done);
  void ListBackups(std::shared_ptr<const Call> call, const v1::ListBackupsRequest& request,
                   Done<v1::ListBackupsResponse> done);

 private:
  const StoredLog* const log_;
  const std::string folder_;
  Executor* const executor_;
  const Clock* const clock_;
  std::atomic<bool> running_ = false;
};

// Lets `backups` answer the BackupService of the protos. Both outlive it.
std::unique_ptr<WiredService> WireBackupService(BackupService* backups, Admission* admission);

}  // namespace troupe

#endif  // TROUPE_SERVICES_BACKUP_BACKUP_SERVICE_H_
