#include "services/backup/backup_service.h"
#include "troupe/v1/backup_service.grpc.pb.h"

namespace troupe {

std::unique_ptr<WiredService> WireBackupService(BackupService* backups, Admission* admission) {
  auto wired =
      std::make_unique<WiredService>(v1::BackupService::service_full_name(), admission);
  wired->Unary("CreateBackup", backups, &BackupService::CreateBackup);
  wired->Unary("ListBackups", backups, &BackupService::ListBackups);
  return wired;
}

}  // namespace troupe
