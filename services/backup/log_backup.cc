#include "services/backup/log_backup.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "rocksdb/utilities/backup_engine.h"
#include "services/log/anchored_store.h"
#include "services/log/durable_files.h"
#include "services/log/log_errors.h"
#include "services/log/log_layout.h"

namespace troupe {
namespace {

namespace fs = std::filesystem;

rocksdb::BackupEngineOptions EngineOptions(const std::string& folder) {
  rocksdb::BackupEngineOptions options(folder);
  options.max_background_operations = 2;
  return options;
}

absl::Status FromEngine(const std::string& folder, const rocksdb::Status& status) {
  if (status.ok()) return absl::OkStatus();
  if (status.IsCorruption() || status.IsNotFound() || status.IsPathNotFound()) {
    return BackupDamaged(folder, absl::StrCat("is not whole (", status.ToString(), ")"));
  }
  return DiskError(folder, status);
}

absl::StatusOr<std::unique_ptr<rocksdb::BackupEngineReadOnly>> OpenToRead(
    const std::string& folder) {
  rocksdb::BackupEngineReadOnly* engine = nullptr;
  TROUPE_RETURN_IF_ERROR(FromEngine(
      folder, rocksdb::BackupEngineReadOnly::Open(EngineOptions(folder),
                                                  rocksdb::Env::Default(), &engine)));
  return std::unique_ptr<rocksdb::BackupEngineReadOnly>(engine);
}

// The newest backup that RocksDB knows of, listed in the catalogue or not.
uint32_t NewestList(const std::string& folder) {
  uint32_t newest = 0;
  std::error_code none;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder + "/meta", none)) {
    uint32_t number = 0;
    if (absl::SimpleAtoi(entry.path().filename().string(), &number)) {
      newest = std::max(newest, number);
    }
  }
  return newest;
}

absl::StatusOr<Backup> Choose(const std::string& folder, const std::vector<Backup>& backups,
                              uint32_t number) {
  if (number == 0 && !backups.empty() && NewestList(folder) > backups.back().number) {
    return BackupDamaged(CataloguePath(folder),
                         absl::StrCat("does not list backup ", NewestList(folder),
                                      ", so it is older than the folder or that backup was "
                                      "interrupted: name the one to restore"));
  }
  for (auto backup = backups.rbegin(); backup != backups.rend(); ++backup) {
    if (number == 0 || backup->number == number) return *backup;
  }
  return ErrorWithReason(absl::StatusCode::kNotFound, "NO_BACKUP",
                         absl::StrCat("there is no such backup in ", folder,
                                      ": see \"troupe backup list\""));
}

absl::Status CheckTarget(const std::string& data_directory) {
  std::error_code error;
  if (!fs::exists(data_directory, error)) return absl::OkStatus();
  if (fs::is_directory(data_directory, error) && fs::is_empty(data_directory, error) && !error) {
    return absl::OkStatus();
  }
  return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "NOT_EMPTY",
                         absl::StrCat(data_directory, " is not an empty folder: name one that is, "
                                      "or that does not exist"));
}

// RocksDB does not sync what it restores.
absl::Status SyncFilesIn(const std::string& directory) {
  rocksdb::Env& env = *rocksdb::Env::Default();
  for (const fs::directory_entry& entry : fs::directory_iterator(directory)) {
    const std::string path = entry.path().string();
    std::unique_ptr<rocksdb::RandomRWFile> file;
    rocksdb::Status synced = env.NewRandomRWFile(path, &file, rocksdb::EnvOptions());
    if (synced.ok()) synced = file->Fsync();
    if (!synced.ok()) return DiskError(path, synced);
  }
  return SyncParentOf(directory + "/CURRENT");
}

absl::Status CopyLog(const std::string& folder, const Backup& backup, const std::string& target) {
  const std::string meta = MetaPath(folder, backup.number);
  TROUPE_ASSIGN_OR_RETURN(const uint64_t meta_hash, HashOfFile(meta));
  if (meta_hash != backup.meta_hash) return BackupDamaged(meta, "has a wrong checksum");
  TROUPE_ASSIGN_OR_RETURN(const auto engine, OpenToRead(folder));
  TROUPE_RETURN_IF_ERROR(FromEngine(folder, engine->VerifyBackup(backup.number)));
  const rocksdb::Status restored =
      engine->RestoreDBFromBackup(backup.number, target, target);
  if (!restored.IsCorruption()) return FromEngine(folder, restored);
  // It does not say which file it was; this reads all of them again and does.
  const rocksdb::Status named = engine->VerifyBackup(backup.number, /*with_checksum=*/true);
  return FromEngine(folder, named.ok() ? restored : named);
}

// The log as it was copied, once it is known to be whole and to hold what the
// backup promises.
absl::StatusOr<LogFindings> VerifyCopy(const Backup& backup, const std::string& directory) {
  TROUPE_ASSIGN_OR_RETURN(const auto store, RocksStore::Peek(kLogLayout, directory, nullptr));
  if (store == nullptr) return BackupDamaged(directory, "holds no log");
  TROUPE_ASSIGN_OR_RETURN(const LogFindings findings, VerifyStore(*store));
  const bool is_same = findings.pos.number != backup.pos.number ||
                       findings.pos.chain == backup.pos.chain;
  if (findings.pos.number >= backup.pos.number && is_same) return findings;
  return BackupDamaged(directory, absl::StrCat("ends at commit ", findings.pos.number,
                                               ", the backup has ", backup.pos.number));
}

// `directory` is to become `data_directory`.
absl::StatusOr<LogFindings> RestoreInto(const std::string& folder, const Backup& backup,
                                        const std::string& directory,
                                        const std::string& data_directory) {
  const std::string log = directory + "/log";
  TROUPE_RETURN_IF_ERROR(CreateFolder(directory, data_directory));
  TROUPE_RETURN_IF_ERROR(CreateFolder(log, log));
  TROUPE_RETURN_IF_ERROR(CopyLog(folder, backup, log));
  TROUPE_ASSIGN_OR_RETURN(const LogFindings findings, VerifyCopy(backup, log));
  TROUPE_RETURN_IF_ERROR(SyncFilesIn(log));
  TROUPE_RETURN_IF_ERROR(
      CommitAnchor::Create(CommitAnchor::PathFor(log), rocksdb::Env::Default(), findings.pos));
  return findings;
}

absl::Status BeginCatalogue(const std::string& folder, LogName log) {
  TROUPE_RETURN_IF_ERROR(CreateFolder(folder, folder));
  return WriteCatalogue(folder, {.log = log});
}

}  // namespace

absl::StatusOr<Backup> CreateBackup(const RocksStore& store, LogName log,
                                    const std::string& folder, absl::Time now) {
  TROUPE_ASSIGN_OR_RETURN(Catalogue catalogue, ReadCatalogue(folder));
  if (catalogue.log.value_or(log) != log) return OtherLogError(folder, *catalogue.log, log);
  catalogue.log = log;
  // Before RocksDB lists any: a first backup that is interrupted is no catalogue lost.
  if (catalogue.backups.empty()) TROUPE_RETURN_IF_ERROR(BeginCatalogue(folder, log));
  Backup backup{.created = absl::FromUnixMicros(absl::ToUnixMicros(now))};
  TROUPE_ASSIGN_OR_RETURN(backup.pos, LoadGroupPos(store));
  rocksdb::BackupEngine* opened = nullptr;
  TROUPE_RETURN_IF_ERROR(FromEngine(
      folder,
      rocksdb::BackupEngine::Open(EngineOptions(folder), rocksdb::Env::Default(), &opened)));
  const std::unique_ptr<rocksdb::BackupEngine> engine(opened);
  TROUPE_RETURN_IF_ERROR(SyncParentOf(folder));
  rocksdb::CreateBackupOptions options;
  options.flush_before_backup = true;  // So that files are shared, not the log copied.
  rocksdb::BackupID number = 0;
  TROUPE_RETURN_IF_ERROR(
      FromEngine(folder, engine->CreateNewBackup(options, &store.db(), &number)));
  rocksdb::BackupInfo info;
  TROUPE_RETURN_IF_ERROR(FromEngine(folder, engine->GetBackupInfo(number, &info)));
  backup.number = number;
  backup.bytes = info.size;
  TROUPE_ASSIGN_OR_RETURN(backup.meta_hash, HashOfFile(MetaPath(folder, number)));
  catalogue.backups.push_back(backup);
  TROUPE_RETURN_IF_ERROR(WriteCatalogue(folder, catalogue));
  return backup;
}

absl::StatusOr<RestoredBackup> RestoreBackup(const std::string& folder, uint32_t number,
                                             const std::string& data_directory) {
  TROUPE_RETURN_IF_ERROR(CheckTarget(data_directory));
  TROUPE_ASSIGN_OR_RETURN(const Catalogue catalogue, ReadCatalogue(folder));
  TROUPE_ASSIGN_OR_RETURN(const Backup backup, Choose(folder, catalogue.backups, number));
  const std::string unfinished = data_directory + ".restoring";
  std::error_code error;
  fs::remove_all(unfinished, error);  // Of a restore that was interrupted.
  absl::StatusOr<LogFindings> findings = RestoreInto(folder, backup, unfinished, data_directory);
  if (findings.ok()) {
    fs::rename(unfinished, data_directory, error);
    if (error) findings = DiskError(data_directory, rocksdb::Status::IOError(error.message()));
  }
  if (!findings.ok()) {
    fs::remove_all(unfinished, error);
    return findings.status();
  }
  TROUPE_RETURN_IF_ERROR(SyncParentOf(data_directory));
  return RestoredBackup{catalogue.log.value_or(LogName::kTroupe), backup, *findings};
}

}  // namespace troupe
