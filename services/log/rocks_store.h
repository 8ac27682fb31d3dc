#ifndef TROUPE_SERVICES_LOG_ROCKS_STORE_H_
#define TROUPE_SERVICES_LOG_ROCKS_STORE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/span.h"
#include "rocksdb/db.h"

namespace troupe {

// What is in a database of ours. Constant.
struct RocksLayout {
  const char* noun;  // "log": what an error calls it.
  const char* mend;     // What to do when it is damaged.
  const char* migrate;  // What to do when its format is too old.
  const char* corrupt_reason;
  uint32_t format;  // Of what is in it; a higher one is a later release's.
  uint32_t oldest_format;  // From this one on, to open is all it takes to migrate.
  // By the number that the users' enum gives each. Never empty names.
  absl::Span<const char* const> families;
  size_t meta_family;  // Holds "format".
  size_t main_family;  // Holds something if anything does.
};

// A RocksDB database with named column families. All rocksdb::Status end here.
// Thread-safe.
class RocksStore {
 public:
  // Opens `directory`, or creates it in a parent that exists. `env` may be null
  // for the real one, and outlives the store. `sync` off: a write may be lost
  // in a power cut.
  //   FAILED_PRECONDITION DIRECTORY_IN_USE: another process has it open.
  //   FAILED_PRECONDITION NEWER_FORMAT: a later release wrote it.
  //   FAILED_PRECONDITION OLDER_FORMAT: from before the layout's oldest one.
  //   DATA_LOSS, the layout's reason: it is damaged; the message names the file
  //     if known.
  //   UNAVAILABLE LOG_IO: the disk failed.
  static absl::StatusOr<std::unique_ptr<RocksStore>> Open(const RocksLayout& layout,
                                                          const std::string& directory,
                                                          rocksdb::Env* env, bool sync);

  // Opens `directory` as it is, to be read only: nothing in it is changed, so
  // it can be judged before RocksDB mends it in its own way. Null if there is
  // no database yet, or one whose making was interrupted. Errors as Open's.
  static absl::StatusOr<std::unique_ptr<RocksStore>> Peek(const RocksLayout& layout,
                                                          const std::string& directory,
                                                          rocksdb::Env* env);
  ~RocksStore();

  // `Family` is the enum that numbers the layout's families.
  template <typename Family>
  rocksdb::ColumnFamilyHandle* family(Family family) const {
    return families_[static_cast<size_t>(family)];
  }
  rocksdb::DB& db() const { return *db_; }
  const std::string& directory() const { return directory_; }

  // The value of `key`, nullopt if there is none. Errors as Open's.
  template <typename Family>
  absl::StatusOr<std::optional<rocksdb::PinnableSlice>> Get(
      Family from, absl::string_view key, const rocksdb::Snapshot* snapshot = nullptr) const {
    return GetFrom(family(from), key, snapshot);
  }

  // The same for each of `keys`, in order; together they cost less.
  template <typename Family>
  std::vector<absl::StatusOr<std::optional<rocksdb::PinnableSlice>>> MultiGet(
      Family from, absl::Span<const std::string> keys,
      const rocksdb::Snapshot* snapshot = nullptr) const {
    return MultiGetFrom(family(from), keys, snapshot);
  }

  template <typename Family>
  std::unique_ptr<rocksdb::Iterator> NewIterator(
      Family over, const rocksdb::ReadOptions& options = {}) const {
    return std::unique_ptr<rocksdb::Iterator>(db_->NewIterator(options, family(over)));
  }

  // On disk when it returns OK. After an error it is unknown whether it is, so
  // memory and disk may differ: this and every later write fails with
  // UNAVAILABLE LOG_WRITE_FAILED.
  absl::Status Write(rocksdb::WriteBatch& batch);

  // Lets every later write fail because of `cause`, as if one had failed, and
  // returns what with.
  absl::Status FailWrites(absl::string_view cause);

  // The format of what is in it; 0 if that is nothing.
  absl::StatusOr<uint32_t> Format() const;

  // The highest number of a table that the database is known to have on disk;
  // 0: none. Read from memory.
  uint64_t NewestTable() const { return *newest_table_; }

  // OK until a write fails, then what every write fails with.
  absl::Status WriteFailure() const;

  absl::Status ToStatus(const rocksdb::Status& status) const;

 private:
  enum class Mode { kReadOnly, kWritten, kSynced };
  RocksStore(const RocksLayout& layout, std::string directory, Mode mode)
      : layout_(layout), directory_(std::move(directory)), mode_(mode) {}

  absl::Status OpenDatabase(rocksdb::DBOptions options);
  absl::Status CheckFormat();
  absl::StatusOr<std::optional<rocksdb::PinnableSlice>> GetFrom(
      rocksdb::ColumnFamilyHandle* family, absl::string_view key,
      const rocksdb::Snapshot* snapshot) const;
  std::vector<absl::StatusOr<std::optional<rocksdb::PinnableSlice>>> MultiGetFrom(
      rocksdb::ColumnFamilyHandle* family, absl::Span<const std::string> keys,
      const rocksdb::Snapshot* snapshot) const;

  const RocksLayout& layout_;
  const std::string directory_;
  const Mode mode_;
  // Shared with the listener, which may outlive the store for a moment.
  const std::shared_ptr<std::atomic<uint64_t>> newest_table_ =
      std::make_shared<std::atomic<uint64_t>>(0);
  std::shared_ptr<void> lock_;  // Of the directory, while it is only read.
  std::unique_ptr<rocksdb::DB> db_;
  rocksdb::ColumnFamilyHandle* default_family_ = nullptr;  // RocksDB's; nothing is in it.
  std::vector<rocksdb::ColumnFamilyHandle*> families_;
  mutable absl::Mutex mutex_;
  absl::Status write_failure_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_ROCKS_STORE_H_
