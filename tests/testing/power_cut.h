#ifndef TROUPE_TESTS_TESTING_POWER_CUT_H_
#define TROUPE_TESTS_TESTING_POWER_CUT_H_

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "rocksdb/env.h"
#include "tests/testing/temp_directory.h"

namespace troupe::testing {

// The power of a disk, to be cut: then the disk has what was synced, and of the
// rest as much as dice say, as a real one may. Bytes are kept by a Sync of their
// file, names by an Fsync of their folder. Thread-safe.
//
//   PowerCut power(seed);
//   const auto env = PowerCutEnv(power);
//   auto log = OpenRocksLog(clock, {.directory = d, .env = env.get()}).value();
//   power.Cut();      // Every operation that writes fails from here on.
//   log.reset();
//   power.Restore();  // The files are now as they are found after the cut.
class PowerCut {
 public:
  // What becomes of what was not synced.
  enum class Unsynced { kLost, kTorn };

  explicit PowerCut(uint64_t seed, Unsynced unsynced = Unsynced::kTorn)
      : dice_(seed), unsynced_(unsynced) {}

  void Cut();
  // Cuts once so many more operations have written or synced.
  void CutAfter(int64_t operations);
  bool IsCut() const;

  // After a cut, when nobody has a file open any more.
  void Restore();

  // For the file system. Before an operation that writes or syncs: false once
  // the power is cut. After it: what it did.
  bool Begin();
  void OnCreated(const std::string& path);
  void OnAppended(const std::string& path, uint64_t bytes);
  void OnTruncated(const std::string& path, uint64_t size);
  void OnOverwritten(const std::string& path, uint64_t offset, std::string before);
  void OnSynced(const std::string& path);
  void OnFolderSynced(const std::string& folder);
  // Takes away what is at `path`, such that it can be put back.
  void Remove(const std::string& path);
  // Renames `from` to `to`, likewise.
  void Rename(const std::string& from, const std::string& to);

 private:
  struct Overwritten {
    uint64_t offset = 0;
    std::string before;
  };
  // What a file has that was not synced.
  struct File {
    uint64_t size = 0;
    uint64_t synced = 0;
    std::vector<Overwritten> overwritten;  // Oldest first.
  };
  // A change in a folder; `from` empty: created; `to` empty: removed, and kept
  // at `aside`.
  struct NameChange {
    std::string folder;
    std::string from;
    std::string to;
    std::string aside;
  };

  size_t Below(size_t count) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return static_cast<size_t>(dice_() % count);
  }
  File& FileAt(const std::string& path) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void RemoveLocked(const std::string& path) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void UndoNames() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void RestoreBytes(const std::string& path, const File& file)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable absl::Mutex mutex_;
  std::mt19937_64 dice_ ABSL_GUARDED_BY(mutex_);
  const Unsynced unsynced_;
  const TempDirectory aside_;
  int removed_ ABSL_GUARDED_BY(mutex_) = 0;
  std::map<uint64_t, File> files_ ABSL_GUARDED_BY(mutex_);  // By inode.
  std::set<std::string> folders_ ABSL_GUARDED_BY(mutex_);
  std::vector<NameChange> changes_ ABSL_GUARDED_BY(mutex_);  // Not synced; oldest first.
  int64_t left_ ABSL_GUARDED_BY(mutex_) = INT64_MAX;
  bool cut_ ABSL_GUARDED_BY(mutex_) = false;
};

// An Env over the real disk whose power is `power`, which outlives it. What is
// synced is not really synced: that would take long and show nothing.
std::unique_ptr<rocksdb::Env> PowerCutEnv(PowerCut& power);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_POWER_CUT_H_
