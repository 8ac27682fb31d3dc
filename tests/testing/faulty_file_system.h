#ifndef TROUPE_TESTS_TESTING_FAULTY_FILE_SYSTEM_H_
#define TROUPE_TESTS_TESTING_FAULTY_FILE_SYSTEM_H_

#include <cstdint>
#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "rocksdb/env.h"
#include "rocksdb/file_system.h"

namespace troupe::testing {

// What a test does to the write-ahead log of a RocksDB. Thread-safe.
class WalFaults {
 public:
  // From now on every write and sync of the log fails; or, as if the process
  // died then, once `after` more writes have got through.
  void FailWrites(int after = 0);

  // From now on syncs of the log wait until ReleaseSyncs.
  void HoldSyncs();
  void ReleaseSyncs();
  // Returns when a sync waits.
  void AwaitHeldSync();

  int Syncs() const;  // That came to an end.

  // For the file system:
  rocksdb::IOStatus OnWrite();
  rocksdb::IOStatus OnSync();

 private:
  mutable absl::Mutex mutex_;
  int64_t writes_left_ ABSL_GUARDED_BY(mutex_) = INT64_MAX;  // Before they fail.
  bool hold_ ABSL_GUARDED_BY(mutex_) = false;
  int held_ ABSL_GUARDED_BY(mutex_) = 0;
  int syncs_ ABSL_GUARDED_BY(mutex_) = 0;
};

// An Env over the real disk with these faults. `faults` outlives it.
//
//   WalFaults faults;
//   const auto env = FaultyEnv(faults);
//   auto log = OpenRocksLog(clock, {.directory = d, .env = env.get()});
//   faults.FailWrites();
std::unique_ptr<rocksdb::Env> FaultyEnv(WalFaults& faults);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_FAULTY_FILE_SYSTEM_H_
