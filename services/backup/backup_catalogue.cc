#include "services/backup/backup_catalogue.h"

#include <filesystem>
#include <system_error>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "matcher/base/stable_hash.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "rocksdb/env.h"
#include "services/log/durable_files.h"
#include "services/log/log_errors.h"

namespace troupe {
namespace {

// How the first line begins in every format; the line of format 1; and that of
// format 2, before the log's name.
constexpr absl::string_view kEveryFormat = "troupe backups ";
constexpr absl::string_view kFirstFormat = "troupe backups 1";
constexpr absl::string_view kSecondFormat = "troupe backups 2 of ";

std::string HashLine(absl::string_view lines) {
  return absl::StrFormat("%016x\n", StableHash(lines));
}

bool ParseLine(absl::string_view line, Backup& backup) {
  const std::vector<std::string> parts = absl::StrSplit(line, ' ');
  int64_t micros = 0;
  const bool is_one =
      parts.size() == 6 && absl::SimpleAtoi(parts[0], &backup.number) &&
      absl::SimpleAtoi(parts[1], &micros) && absl::SimpleAtoi(parts[2], &backup.pos.number) &&
      absl::SimpleAtoi(parts[3], &backup.pos.chain) && absl::SimpleAtoi(parts[4], &backup.bytes) &&
      absl::SimpleAtoi(parts[5], &backup.meta_hash);
  backup.created = absl::FromUnixMicros(micros);
  return is_one;
}

// False if `line` is no first line of a format that this release knows.
bool ParseFirstLine(absl::string_view line, Catalogue& catalogue) {
  if (line == kFirstFormat) return true;
  if (absl::ConsumePrefix(&line, kSecondFormat)) catalogue.log = LogNamed(line);
  return catalogue.log.has_value();
}

bool HasBackups(const std::string& folder) {
  std::error_code none;
  const std::filesystem::directory_iterator meta(folder + "/meta", none);
  return !none && meta != std::filesystem::directory_iterator();
}

}  // namespace

std::string CataloguePath(const std::string& folder) { return folder + "/CATALOGUE"; }

std::string MetaPath(const std::string& folder, uint32_t number) {
  return absl::StrCat(folder, "/meta/", number);
}

absl::Status BackupDamaged(absl::string_view path, absl::string_view problem) {
  return ErrorWithReason(
      absl::StatusCode::kDataLoss, "BACKUP_DAMAGED",
      absl::StrCat("the backup is damaged: ", path, " ", problem,
                   ". Put the file back, restore another backup, or begin a new folder"));
}

std::string EncodeCatalogue(const Catalogue& catalogue) {
  std::string lines = absl::StrCat(kSecondFormat, NameOf(catalogue.log.value()), "\n");
  for (const Backup& backup : catalogue.backups) {
    absl::StrAppend(&lines, backup.number, " ", absl::ToUnixMicros(backup.created), " ",
                    backup.pos.number, " ", backup.pos.chain, " ", backup.bytes, " ",
                    backup.meta_hash, "\n");
  }
  return lines + HashLine(lines);
}

absl::StatusOr<Catalogue> ReadCatalogue(const std::string& folder) {
  const std::string path = CataloguePath(folder);
  std::string text;
  const rocksdb::Status read = rocksdb::ReadFileToString(rocksdb::Env::Default(), path, &text);
  if (read.IsPathNotFound() || read.IsNotFound()) {
    if (HasBackups(folder)) return BackupDamaged(path, "is missing");
    return Catalogue();
  }
  if (!read.ok()) return DiskError(path, read);
  constexpr size_t kHashLine = 17;
  const absl::string_view lines =
      text.size() < kHashLine ? "" : absl::string_view(text).substr(0, text.size() - kHashLine);
  if (absl::string_view(text).substr(lines.size()) != HashLine(lines)) {
    return BackupDamaged(path, "has a wrong checksum");
  }
  Catalogue catalogue;
  const std::vector<std::string> split = absl::StrSplit(lines, '\n', absl::SkipEmpty());
  if (split.empty() || !absl::StartsWith(split[0], kEveryFormat)) {
    return BackupDamaged(path, "cannot be read");
  }
  if (!ParseFirstLine(split[0], catalogue)) return NewerFormatError(path);
  for (size_t i = 1; i < split.size(); ++i) {
    if (!ParseLine(split[i], catalogue.backups.emplace_back())) {
      return BackupDamaged(path, "cannot be read");
    }
  }
  return catalogue;
}

absl::Status WriteCatalogue(const std::string& folder, const Catalogue& catalogue) {
  return WriteFileDurably(CataloguePath(folder), EncodeCatalogue(catalogue));
}

absl::StatusOr<uint64_t> HashOfFile(const std::string& path) {
  std::string bytes;
  const rocksdb::Status read = rocksdb::ReadFileToString(rocksdb::Env::Default(), path, &bytes);
  if (!read.ok()) return BackupDamaged(path, "cannot be read");
  return StableHash(bytes);
}

}  // namespace troupe
