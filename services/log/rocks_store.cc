#include "services/log/rocks_store.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "rocksdb/cache.h"
#include "rocksdb/convenience.h"
#include "rocksdb/env.h"
#include "rocksdb/filter_policy.h"
#include "rocksdb/listener.h"
#include "rocksdb/slice_transform.h"
#include "rocksdb/sst_file_reader.h"
#include "rocksdb/table.h"
#include "rocksdb/table_properties.h"
#include "services/log/damage_log.h"
#include "services/log/durable_files.h"
#include "services/log/log_errors.h"
#include "services/log/stored_format.h"

namespace troupe {
namespace {

constexpr size_t kMiB = 1 << 20;

// Of a key, as far as it tells where the next like it goes.
constexpr size_t kHintBytes = 2;

rocksdb::Slice ToSlice(absl::string_view bytes) { return {bytes.data(), bytes.size()}; }

absl::Status InUse(absl::string_view directory) {
  return ErrorWithReason(
      absl::StatusCode::kFailedPrecondition, "DIRECTORY_IN_USE",
      absl::StrCat(directory, " is in use by another server: stop it or choose another directory"));
}

absl::Status OlderFormat(const RocksLayout& layout, absl::string_view directory) {
  return ErrorWithReason(
      absl::StatusCode::kFailedPrecondition, "OLDER_FORMAT",
      absl::StrCat(directory, " was written by a release too old for this one to read: ",
                   layout.migrate));
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
  return DiskError(directory, status);
}

// What is wrong with the files that RocksDB reads first. Its own messages about
// them do not name them.
std::string SuspectFile(rocksdb::Env& env, const std::string& directory) {
  const std::string current = directory + "/CURRENT";
  std::string named;
  if (!rocksdb::ReadFileToString(&env, current, &named).ok()) {
    return absl::StrCat(current, " cannot be read");
  }
  if (!absl::StartsWith(named, "MANIFEST-") || !absl::EndsWith(named, "\n")) {
    return absl::StrCat(current, " names no manifest");
  }
  const std::string manifest = absl::StrCat(directory, "/", named.substr(0, named.size() - 1));
  if (!env.FileExists(manifest).ok()) {
    return absl::StrCat(manifest, " is missing, or ", current, " is not the one that belongs here");
  }
  return absl::StrCat("probably ", manifest);
}

// The first table that cannot be opened or is not the one that its name says;
// empty if there is none. When a table ends elsewhere than the manifest says,
// RocksDB blames the manifest.
std::string DamagedTable(rocksdb::Env& env, const std::string& directory) {
  std::vector<std::string> children;
  env.GetChildren(directory, &children).PermitUncheckedError();
  std::sort(children.begin(), children.end());
  rocksdb::Options options;
  options.env = &env;
  for (const std::string& child : children) {
    uint64_t number = 0;
    if (!absl::EndsWith(child, ".sst") ||
        !absl::SimpleAtoi(child.substr(0, child.size() - 4), &number)) {
      continue;
    }
    const std::string path = absl::StrCat(directory, "/", child);
    rocksdb::SstFileReader reader(options);
    const rocksdb::Status opened = reader.Open(path);
    if (!opened.ok()) return absl::StrCat(path, " cannot be opened, ", opened.ToString());
    if (reader.GetTableProperties()->orig_file_number != number) {
      return absl::StrCat(path, " is a copy of another table");
    }
  }
  return "";
}

// Why a database did not open. `damage` is what RocksDB logged of it.
absl::Status OpenFailure(const RocksLayout& layout, const rocksdb::Status& status,
                         const std::string& directory, absl::string_view damage,
                         rocksdb::Env& env) {
  if (IsLockHeld(status)) return InUse(directory);
  const bool is_damage = status.IsCorruption() || status.IsPathNotFound() ||
                         status.IsInvalidArgument() || status.IsNotFound();
  if (!is_damage) return StatusFrom(layout, status, directory);
  if (!damage.empty()) return Corrupt(layout, directory, damage);
  // RocksDB looks for tables under an older name last.
  const std::string text = absl::StrReplaceAll(status.ToString(), {{".ldb", ".sst"}});
  if (absl::StrContains(text, ".sst")) return Corrupt(layout, directory, text);
  const std::string table = DamagedTable(env, directory);
  return Corrupt(layout, directory,
                 absl::StrCat(table.empty() ? SuspectFile(env, directory) : table, ": ", text));
}

rocksdb::DBOptions DatabaseOptions(rocksdb::Env* env) {
  rocksdb::DBOptions options;
  options.env = env;
  options.create_missing_column_families = true;
  // The default mode silently drops everything after a damaged record.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.paranoid_checks = true;
  options.max_total_wal_size = 128 * kMiB;  // Bounds the time to reopen.
  options.db_write_buffer_size = 64 * kMiB;
  // One thread writes nearly all; alone it can begin where it inserted last.
  options.allow_concurrent_memtable_write = false;
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
  // The same for what is not on disk yet.
  options.memtable_whole_key_filtering = true;
  options.memtable_prefix_bloom_size_ratio = 0.02;
  // Keys begin with what is written in order, or sorted: a shard, a kind.
  options.memtable_insert_with_hint_prefix_extractor.reset(
      rocksdb::NewCappedPrefixTransform(kHintBytes));
  // Keys are spread, so that a compaction of new tables rewrites all of the next
  // level: the more of them at once, the less often.
  options.level0_file_num_compaction_trigger = 16;
  options.level0_slowdown_writes_trigger = 32;
  options.level0_stop_writes_trigger = 48;
  options.max_bytes_for_level_base = 512 * kMiB;
  // What is new is rewritten soon: only what stays is worth compressing.
  options.compression = rocksdb::kNoCompression;
  options.compression_per_level = {rocksdb::kNoCompression, rocksdb::kNoCompression,
                                   rocksdb::kLZ4Compression};
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
  TROUPE_RETURN_IF_ERROR(StatusFrom(layout, env->CreateDirIfMissing(directory), directory));
  return SyncParentOf(directory, env);
}

// Which column families a database has.
struct FoundFamilies {
  bool has_unknown = false;
  bool has_all = true;
};

FoundFamilies FindFamilies(const RocksLayout& layout, const rocksdb::DBOptions& options,
                           const std::string& directory) {
  std::vector<std::string> names;
  // An error here is told better by the open that follows.
  if (!rocksdb::DB::ListColumnFamilies(options, directory, &names).ok()) return {};
  FoundFamilies found;
  for (const std::string& name : names) {
    found.has_unknown |=
        name != rocksdb::kDefaultColumnFamilyName &&
        std::find(layout.families.begin(), layout.families.end(), name) == layout.families.end();
  }
  for (const char* ours : layout.families) {
    found.has_all &= std::find(names.begin(), names.end(), ours) != names.end();
  }
  return found;
}

// Keeps other processes out of a database that is only read.
class DirectoryLock {
 public:
  DirectoryLock(rocksdb::Env* env, const std::string& directory) : env_(env) {
    status_ = env->LockFile(directory + "/LOCK", &lock_);
  }
  ~DirectoryLock() {
    if (status_.ok()) env_->UnlockFile(lock_).PermitUncheckedError();
  }
  DirectoryLock(const DirectoryLock&) = delete;
  DirectoryLock& operator=(const DirectoryLock&) = delete;

  const rocksdb::Status& status() const { return status_; }

 private:
  rocksdb::Env* const env_;
  rocksdb::FileLock* lock_ = nullptr;
  rocksdb::Status status_;
};

uint64_t NewestTableOf(rocksdb::DB& db) {
  std::vector<rocksdb::LiveFileMetaData> tables;
  db.GetLiveFilesMetaData(&tables);
  uint64_t newest = 0;
  for (const rocksdb::LiveFileMetaData& table : tables) {
    newest = std::max(newest, table.file_number);
  }
  return newest;
}

// Looks which tables there are whenever that changed and the manifest says so
// on disk.
class TableListener final : public rocksdb::EventListener {
 public:
  explicit TableListener(std::shared_ptr<std::atomic<uint64_t>> newest)
      : newest_(std::move(newest)) {}

  void OnFlushCompleted(rocksdb::DB* db, const rocksdb::FlushJobInfo&) override {
    *newest_ = NewestTableOf(*db);
  }
  void OnCompactionCompleted(rocksdb::DB* db, const rocksdb::CompactionJobInfo&) override {
    *newest_ = NewestTableOf(*db);
  }

 private:
  const std::shared_ptr<std::atomic<uint64_t>> newest_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<RocksStore>> RocksStore::Open(const RocksLayout& layout,
                                                             const std::string& directory,
                                                             rocksdb::Env* env, bool sync) {
  if (env == nullptr) env = rocksdb::Env::Default();
  rocksdb::DBOptions options = DatabaseOptions(env);
  TROUPE_ASSIGN_OR_RETURN(options.create_if_missing, IsNew(layout, env, directory));
  if (options.create_if_missing) {
    TROUPE_RETURN_IF_ERROR(CreateDurably(layout, env, directory));
  } else if (FindFamilies(layout, options, directory).has_unknown) {
    return NewerFormatError(directory);
  }
  std::unique_ptr<RocksStore> store(
      new RocksStore(layout, directory, sync ? Mode::kSynced : Mode::kWritten));
  std::shared_ptr<rocksdb::Logger> log_file;
  TROUPE_RETURN_IF_ERROR(StatusFrom(
      layout, rocksdb::CreateLoggerFromOptions(directory, options, &log_file), directory));
  options.info_log = std::move(log_file);
  TROUPE_RETURN_IF_ERROR(store->OpenDatabase(std::move(options)));
  TROUPE_RETURN_IF_ERROR(store->CheckFormat());
  return store;
}

absl::StatusOr<std::unique_ptr<RocksStore>> RocksStore::Peek(const RocksLayout& layout,
                                                             const std::string& directory,
                                                             rocksdb::Env* env) {
  if (env == nullptr) env = rocksdb::Env::Default();
  rocksdb::DBOptions options = DatabaseOptions(env);
  TROUPE_ASSIGN_OR_RETURN(const bool is_new, IsNew(layout, env, directory));
  if (is_new) return nullptr;
  auto lock = std::make_unique<DirectoryLock>(env, directory);
  TROUPE_RETURN_IF_ERROR(StatusFrom(layout, lock->status(), directory));
  const FoundFamilies families = FindFamilies(layout, options, directory);
  if (families.has_unknown) return NewerFormatError(directory);
  if (!families.has_all) return nullptr;
  std::unique_ptr<RocksStore> store(new RocksStore(layout, directory, Mode::kReadOnly));
  store->lock_ = std::move(lock);
  TROUPE_RETURN_IF_ERROR(store->OpenDatabase(std::move(options)));
  TROUPE_RETURN_IF_ERROR(store->Format().status());
  return store;
}

absl::Status RocksStore::OpenDatabase(rocksdb::DBOptions options) {
  const auto damage_log = std::make_shared<DamageLog>(std::move(options.info_log));
  options.info_log = damage_log;
  options.listeners.push_back(std::make_shared<TableListener>(newest_table_));
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  const rocksdb::Status opened =
      mode_ == Mode::kReadOnly
          ? rocksdb::DB::OpenForReadOnly(options, directory_, Families(layout_), &handles, &db)
          : rocksdb::DB::Open(options, directory_, Families(layout_), &handles, &db);
  if (!opened.ok()) {
    return OpenFailure(layout_, opened, directory_, damage_log->LastDamage(), *options.env);
  }
  db_.reset(db);
  *newest_table_ = NewestTableOf(*db);
  default_family_ = handles[0];
  families_.assign(handles.begin() + 1, handles.end());
  return absl::OkStatus();
}

RocksStore::~RocksStore() {
  if (db_ == nullptr) return;
  // Spares the next open reading the write-ahead log. If it fails, it is read.
  if (mode_ != Mode::kReadOnly && WriteFailure().ok()) {
    db_->Flush(rocksdb::FlushOptions(), families_).PermitUncheckedError();
  }
  delete default_family_;
  for (rocksdb::ColumnFamilyHandle* family : families_) delete family;
}

absl::StatusOr<uint32_t> RocksStore::Format() const {
  TROUPE_ASSIGN_OR_RETURN(const auto found, Get(layout_.meta_family, stored::kFormatKey));
  if (!found.has_value()) {
    const std::unique_ptr<rocksdb::Iterator> any = NewIterator(layout_.main_family);
    any->SeekToFirst();
    TROUPE_RETURN_IF_ERROR(ToStatus(any->status()));
    if (any->Valid()) return Corrupt(layout_, directory_, "its format version is missing");
    return 0;
  }
  const std::optional<uint32_t> version = stored::DecodeFormat({found->data(), found->size()});
  if (!version.has_value()) return Corrupt(layout_, directory_, "its format version is unreadable");
  if (*version > layout_.format) return NewerFormatError(directory_);
  if (*version < layout_.oldest_format) return OlderFormat(layout_, directory_);
  return *version;
}

absl::Status RocksStore::CheckFormat() {
  TROUPE_ASSIGN_OR_RETURN(const uint32_t format, Format());
  if (format == layout_.format) return absl::OkStatus();
  rocksdb::WriteBatch batch;
  batch.Put(family(layout_.meta_family), stored::kFormatKey,
            stored::EncodeFormat(layout_.format));
  return Write(batch);
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

std::vector<absl::StatusOr<std::optional<rocksdb::PinnableSlice>>> RocksStore::MultiGetFrom(
    rocksdb::ColumnFamilyHandle* from, absl::Span<const std::string> keys,
    const rocksdb::Snapshot* snapshot) const {
  rocksdb::ReadOptions options;
  options.snapshot = snapshot;
  const std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
  std::vector<rocksdb::PinnableSlice> values(keys.size());
  std::vector<rocksdb::Status> statuses(keys.size());
  db_->MultiGet(options, from, keys.size(), slices.data(), values.data(), statuses.data());
  std::vector<absl::StatusOr<std::optional<rocksdb::PinnableSlice>>> found(keys.size());
  for (size_t i = 0; i < keys.size(); ++i) {
    if (statuses[i].ok()) {
      found[i] = std::move(values[i]);
    } else if (statuses[i].IsNotFound()) {
      found[i] = std::nullopt;
    } else {
      found[i] = ToStatus(statuses[i]);
    }
  }
  return found;
}

absl::Status RocksStore::Write(rocksdb::WriteBatch& batch) {
  TROUPE_RETURN_IF_ERROR(WriteFailure());
  rocksdb::WriteOptions options;
  options.sync = mode_ == Mode::kSynced;
  const rocksdb::Status written = db_->Write(options, &batch);
  if (written.ok()) return absl::OkStatus();
  return FailWrites(written.ToString());
}

absl::Status RocksStore::FailWrites(absl::string_view cause) {
  absl::MutexLock lock(&mutex_);
  if (write_failure_.ok()) write_failure_ = WriteFailedError(cause);
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
