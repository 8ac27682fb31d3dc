#ifndef TROUPE_SERVICES_BACKUP_BACKUP_CATALOGUE_H_
#define TROUPE_SERVICES_BACKUP_BACKUP_CATALOGUE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/log/group_pos.h"
#include "services/log/log_name.h"

namespace troupe {

// A log as of one moment, in a backup folder.
struct Backup {
  uint32_t number = 0;   // From 1.
  absl::Time created;    // When its making began, to the microsecond.
  GroupPos pos;          // Where the log stood then; it has at least that.
  uint64_t bytes = 0;    // What it takes to restore it.
  uint64_t meta_hash = 0;  // Of the file that lists its files and checksums.

  friend bool operator==(const Backup&, const Backup&) = default;
};

// What a backup folder holds.
struct Catalogue {
  std::optional<LogName> log;   // Whose it is; not told before format 2.
  std::vector<Backup> backups;  // The oldest first.

  friend bool operator==(const Catalogue&, const Catalogue&) = default;
};

// The file CATALOGUE in a backup folder. RocksDB's own lists have no checksum,
// and a backup whose list is gone would not be missed.
//
// Text: "troupe backups 2 of " and the log's name, a line for each backup, oldest
// first (number, microseconds, commit, chain, bytes, hash of its list), and the hash
// of all lines before. Format 1 has "troupe backups 1" as its first line.
std::string CataloguePath(const std::string& folder);

// `catalogue.log` is told.
std::string EncodeCatalogue(const Catalogue& catalogue);

// That of `folder`; without backups if nothing was ever backed up there.
//   DATA_LOSS BACKUP_DAMAGED: the catalogue is missing or damaged.
//   UNAVAILABLE LOG_IO
//   FAILED_PRECONDITION NEWER_FORMAT: a later release wrote it.
absl::StatusOr<Catalogue> ReadCatalogue(const std::string& folder);

absl::Status WriteCatalogue(const std::string& folder, const Catalogue& catalogue);

// The file in which RocksDB lists the files of backup `number`.
std::string MetaPath(const std::string& folder, uint32_t number);

// The hash of the file at `path`; DATA_LOSS BACKUP_DAMAGED if it is missing.
absl::StatusOr<uint64_t> HashOfFile(const std::string& path);

// DATA_LOSS BACKUP_DAMAGED, about the file at `path`.
absl::Status BackupDamaged(absl::string_view path, absl::string_view problem);

}  // namespace troupe

#endif  // TROUPE_SERVICES_BACKUP_BACKUP_CATALOGUE_H_
