#ifndef TROUPE_SERVICES_LOG_ROCKS_STORE_H_
#define TROUPE_SERVICES_LOG_ROCKS_STORE_H_

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "rocksdb/db.h"

namespace troupe {

// The column families of a log's directory; stored_format.h says what is in
// each.
enum class LogFamily : size_t { kLog, kEntity, kRequest, kMeta };
inline constexpr size_t kLogFamilyCount = 4;

// The RocksDB database of one log. All rocksdb::Status end here. Thread-safe.
class RocksStore {
 public:
  // Opens `directory`, or creates it in a parent that exists. `env` may be null
  // for the real one, and outlives the store; `sync` off is for tests only.
  //   FAILED_PRECONDITION DIRECTORY_IN_USE: another log has it open.
  //   FAILED_PRECONDITION NEWER_FORMAT: a later release wrote it.
  //   DATA_LOSS LOG_CORRUPT: it is damaged; the message names the file if known.
  //   UNAVAILABLE LOG_IO: the disk failed.
  static absl::StatusOr<std::unique_ptr<RocksStore>> Open(const std::string& directory,
                                                          rocksdb::Env* env, bool sync);
  ~RocksStore();

  rocksdb::ColumnFamilyHandle* family(LogFamily family) const {
    return families_[static_cast<size_t>(family)];
  }
  rocksdb::DB& db() const { return *db_; }
  const std::string& directory() const { return directory_; }

  // The value of `key`, nullopt if there is none. Errors as Open's.
  absl::StatusOr<std::optional<rocksdb::PinnableSlice>> Get(
      LogFamily family, absl::string_view key,
      const rocksdb::Snapshot* snapshot = nullptr) const;

  std::unique_ptr<rocksdb::Iterator> NewIterator(
      LogFamily family, const rocksdb::ReadOptions& options = {}) const;

  // On disk when it returns OK. After an error it is unknown whether it is, so
  // memory and disk may differ: this and every later write fails with
  // UNAVAILABLE LOG_WRITE_FAILED.
  absl::Status Write(rocksdb::WriteBatch& batch);

  // OK until a write fails, then what every write fails with.
  absl::Status WriteFailure() const;

  absl::Status ToStatus(const rocksdb::Status& status) const;

 private:
  RocksStore(std::string directory, bool sync) : directory_(std::move(directory)), sync_(sync) {}

  absl::Status CheckFormat();

  const std::string directory_;
  const bool sync_;
  std::unique_ptr<rocksdb::DB> db_;
  rocksdb::ColumnFamilyHandle* default_family_ = nullptr;  // RocksDB's; nothing is in it.
  std::array<rocksdb::ColumnFamilyHandle*, kLogFamilyCount> families_{};
  mutable absl::Mutex mutex_;
  absl::Status write_failure_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_ROCKS_STORE_H_
