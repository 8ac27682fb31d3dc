#include "services/log/rocks_store.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "rocksdb/cache.h"
#include "rocksdb/convenience.h"
#include "rocksdb/env.h"
#include "rocksdb/filter_policy.h"
#include "rocksdb/table.h"
#include "services/log/damage_log.h"
#include "services/log/log_errors.h"
#include "services/log/stored_format.h"

namespace troupe {
namespace {

constexpr size_t kMiB = 1 << 20;
constexpr absl::string_view kFormatKey = "format";

rocksdb::Slice ToSlice(absl::string_view bytes) { return {bytes.data(), bytes.size()}; }

absl::Status InUse(absl::string_view directory) {
  return ErrorWithReason(
      absl::StatusCode::kFailedPrecondition, "DIRECTORY_IN_USE",
      absl::StrCat(directory, " is in use by another server: stop it or choose another directory"));
}

absl::Status NewerFormat(absl::string_view directory) {
  return ErrorWithReason(
      absl::StatusCode::kFailedPrecondition, "NEWER_FORMAT",
      absl::StrCat(directory, " was written by a later release: start that release"));
}

absl::Status Corrupt(const RocksLayout& layout, absl::string_view directory,
                     absl::string_view problem) {
  return ErrorWithReason(absl::StatusCode::kDataLoss, layout.corrupt_reason,
                         absl::StrCat("the ", layout.noun, " in ", directory,
                                      " is damaged: ", layout.mend, " (", problem, ")"));
}

// RocksDB tells a held lock apart from other I/O errors only by its text.
bool IsLockHeld(const rocksdb::Status& status) {
  const std::string text = status.ToString();
  return status.IsIOError() &&
         (absl::StrContains(text, "While lock file") || absl::StrContains(text, "lock hold by"));
}

absl::Status StatusFrom(const RocksLayout& layout, const rocksdb::Status& status,
                        absl::string_view directory) {
  if (status.ok()) return absl::OkStatus();
  if (IsLockHeld(status)) return InUse(directory);
  if (status.IsCorruption()) return Corrupt(layout, directory, status.ToString());
  return ErrorWithReason(absl::StatusCode::kUnavailable, "LOG_IO",
                         absl::StrCat("the disk under ", directory, " failed: check it (",
                                      status.ToString(), ")"));
}

rocksdb::DBOptions DatabaseOptions(rocksdb::Env* env) {
  rocksdb::DBOptions options;
  options.env = env;
  options.create_missing_column_families = true;
  // The default mode silently drops everything after a damaged record.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.paranoid_checks = true;
  options.max_total_wal_size = 128 * kMiB;  // Bounds the time to reopen.
  options.db_write_buffer_size = 96 * kMiB;
  options.keep_log_file_num = 4;
  options.max_log_file_size = 16 * kMiB;
  options.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  return options;
}

std::vector<rocksdb::ColumnFamilyDescriptor> Families(const RocksLayout& layout) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(64 * kMiB);
  // Most appends create: the filter spares them the disk.
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  rocksdb::ColumnFamilyOptions options;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  options.write_buffer_size = 32 * kMiB;
  options.level_compaction_dynamic_level_bytes = true;
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  families.emplace_back(rocksdb::kDefaultColumnFamilyName, options);
  for (const char* name : layout.families) families.emplace_back(name, options);
  return families;
}

// True if `directory` holds no database. RocksDB would start an empty one over
// the remains of a database that lost its CURRENT file, so that is an error.
absl::StatusOr<bool> IsNew(const RocksLayout& layout, rocksdb::Env* env,
                           const std::string& directory) {
  if (env->FileExists(directory + "/CURRENT").ok()) return false;
  std::vector<std::string> children;
  const rocksdb::Status listed = env->GetChildren(directory, &children);
  if (listed.IsNotFound()) return true;
  TROUPE_RETURN_IF_ERROR(StatusFrom(layout, listed, directory));
  for (const std::string& child : children) {
    if (absl::EndsWith(child, ".sst") || absl::EndsWith(child, ".log")) {
      return Corrupt(layout, directory, absl::StrCat(directory, "/CURRENT is missing"));
    }
  }
  return true;
}

// A new directory is lost in a power cut unless its parent is synced too.
absl::Status CreateDurably(const RocksLayout& layout, rocksdb::Env* env,
                           const std::string& directory) {
  const size_t slash = directory.find_last_of('/');
  const std::string parent = slash == std::string::npos ? "."
                             : slash == 0               ? "/"
                                                        : directory.substr(0, slash);
  TROUPE_RETURN_IF_ERROR(StatusFrom(layout, env->CreateDirIfMissing(directory), directory));
  std::unique_ptr<rocksdb::Directory> handle;
  TROUPE_RETURN_IF_ERROR(StatusFrom(layout, env->NewDirectory(parent, &handle), directory));
  return StatusFrom(layout, handle->Fsync(), directory);
}

bool HasUnknownFamily(const RocksLayout& layout, const rocksdb::DBOptions& options,
                      const std::string& directory) {
  std::vector<std::string> names;
  // An error here is told better by the open that follows.
  if (!rocksdb::DB::ListColumnFamilies(options, directory, &names).ok()) return false;
  for (const std::string& name : names) {
    bool known = name == rocksdb::kDefaultColumnFamilyName;
    for (const char* ours : layout.families) known |= name == ours;
    if (!known) return true;
  }
  return false;
}

}  // namespace

absl::StatusOr<std::unique_ptr<RocksStore>> RocksStore::Open(const RocksLayout& layout,
                                                             const std::string& directory,
                                                             rocksdb::Env* env, bool sync) {
  if (env == nullptr) env = rocksdb::Env::Default();
  rocksdb::DBOptions options = DatabaseOptions(env);
  TROUPE_ASSIGN_OR_RETURN(options.create_if_missing, IsNew(layout, env, directory));
  if (options.create_if_missing) {
    TROUPE_RETURN_IF_ERROR(CreateDurably(layout, env, directory));
  } else if (HasUnknownFamily(layout, options, directory)) {
    return NewerFormat(directory);
  }
  std::unique_ptr<RocksStore> store(new RocksStore(layout, directory, sync));
  std::shared_ptr<rocksdb::Logger> log_file;
  TROUPE_RETURN_IF_ERROR(StatusFrom(
      layout, rocksdb::CreateLoggerFromOptions(directory, options, &log_file), directory));
  const auto damage_log = std::make_shared<DamageLog>(std::move(log_file));
  options.info_log = damage_log;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  const rocksdb::Status opened =
      rocksdb::DB::Open(options, directory, Families(layout), &handles, &db);
  if (opened.IsCorruption() && !damage_log->LastDamage().empty()) {
    return Corrupt(layout, directory, damage_log->LastDamage());
  }
  TROUPE_RETURN_IF_ERROR(StatusFrom(layout, opened, directory));
  store->db_.reset(db);
  store->default_family_ = handles[0];
  store->families_.assign(handles.begin() + 1, handles.end());
  TROUPE_RETURN_IF_ERROR(store->CheckFormat());
  return store;
}

RocksStore::~RocksStore() {
  if (db_ == nullptr) return;
  // Spares the next open reading the write-ahead log. If it fails, it is read.
  if (WriteFailure().ok()) db_->Flush(rocksdb::FlushOptions(), families_).PermitUncheckedError();
  delete default_family_;
  for (rocksdb::ColumnFamilyHandle* family : families_) delete family;
}

absl::Status RocksStore::CheckFormat() {
  TROUPE_ASSIGN_OR_RETURN(const auto found, Get(layout_.meta_family, kFormatKey));
  if (!found.has_value()) {
    const std::unique_ptr<rocksdb::Iterator> any = NewIterator(layout_.main_family);
    any->SeekToFirst();
    TROUPE_RETURN_IF_ERROR(ToStatus(any->status()));
    if (any->Valid()) return Corrupt(layout_, directory_, "its format version is missing");
    rocksdb::WriteBatch batch;
    batch.Put(family(layout_.meta_family), ToSlice(kFormatKey),
              stored::EncodeFormat(layout_.format));
    return Write(batch);
  }
  const std::optional<uint32_t> version = stored::DecodeFormat({found->data(), found->size()});
  if (!version.has_value()) return Corrupt(layout_, directory_, "its format version is unreadable");
  if (*version > layout_.format) return NewerFormat(directory_);
  return absl::OkStatus();
}

absl::StatusOr<std::optional<rocksdb::PinnableSlice>> RocksStore::GetFrom(
    rocksdb::ColumnFamilyHandle* from, absl::string_view key,
    const rocksdb::Snapshot* snapshot) const {
  rocksdb::ReadOptions options;
  options.snapshot = snapshot;
  rocksdb::PinnableSlice value;
  const rocksdb::Status status = db_->Get(options, from, ToSlice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  TROUPE_RETURN_IF_ERROR(ToStatus(status));
  return value;
}

absl::Status RocksStore::Write(rocksdb::WriteBatch& batch) {
  TROUPE_RETURN_IF_ERROR(WriteFailure());
  rocksdb::WriteOptions options;
  options.sync = sync_;
  const rocksdb::Status written = db_->Write(options, &batch);
  if (written.ok()) return absl::OkStatus();
  absl::MutexLock lock(&mutex_);
  if (write_failure_.ok()) write_failure_ = WriteFailedError(written.ToString());
  return write_failure_;
}

absl::Status RocksStore::WriteFailure() const {
  absl::MutexLock lock(&mutex_);
  return write_failure_;
}

absl::Status RocksStore::ToStatus(const rocksdb::Status& status) const {
  return StatusFrom(layout_, status, directory_);
}

}  // namespace troupe
