#ifndef TROUPE_SERVICES_BACKUP_LOG_BACKUP_H_
#define TROUPE_SERVICES_BACKUP_LOG_BACKUP_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/backup/backup_catalogue.h"
#include "services/log/log_name.h"
#include "services/log/log_verification.h"
#include "services/log/rocks_store.h"

// Backups of a log by RocksDB's BackupEngine, in a folder of their own: files
// that did not change are shared between backups, and each has a checksum.
namespace troupe {

// Adds a backup of `store` to `folder`, which is created if absent in a parent
// that exists. It has all that was committed before. While the log is written
// to; one at a time. Errors as ReadCatalogue's, and
//   FAILED_PRECONDITION CANNOT_CREATE_DIRECTORY: the folder's parent is missing.
//   FAILED_PRECONDITION OTHER_LOG: the folder has backups of another log than `log`.
absl::StatusOr<Backup> CreateBackup(const RocksStore& store, LogName log,
                                    const std::string& folder, absl::Time now);

// What was restored, and found whole.
struct RestoredBackup {
  LogName log = LogName::kTroupe;
  Backup backup;
  LogFindings findings;
};

// Makes `data_directory`, absent or empty, with the log and the anchor of
// backup `number` of `folder`; 0: of the newest. Every checksum, every record
// and every entity is verified before the folder appears.
//   FAILED_PRECONDITION NOT_EMPTY: `data_directory` has something in it.
//   FAILED_PRECONDITION CANNOT_CREATE_DIRECTORY: its parent is missing.
//   NOT_FOUND NO_BACKUP: there is none, or none with this number.
//   DATA_LOSS BACKUP_DAMAGED: the message names the file.
absl::StatusOr<RestoredBackup> RestoreBackup(const std::string& folder, uint32_t number,
                                             const std::string& data_directory);

}  // namespace troupe

#endif  // TROUPE_SERVICES_BACKUP_LOG_BACKUP_H_
