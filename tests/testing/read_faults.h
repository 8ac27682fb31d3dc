#ifndef TROUPE_TESTS_TESTING_READ_FAULTS_H_
#define TROUPE_TESTS_TESTING_READ_FAULTS_H_

#include <atomic>
#include <cstdint>
#include <memory>

#include "rocksdb/env.h"
#include "rocksdb/file_system.h"

namespace troupe::testing {

// What a test does to reads of the tables of a RocksDB. Thread-safe.
class ReadFaults {
 public:
  // From now on reads fail, once `after` more have succeeded.
  void FailReads(int64_t after);
  // From now on reads succeed. True if any has failed.
  bool Mend();

  int64_t Reads() const { return reads_.load(); }  // Until now.

  rocksdb::IOStatus OnRead();  // For the file system.

 private:
  std::atomic<int64_t> reads_ = 0;
  std::atomic<int64_t> first_failure_ = INT64_MAX;  // The number of the read.
};

// An Env over the real disk with these faults. `faults` outlives it.
//
//   ReadFaults faults;
//   const auto env = ReadFaultyEnv(faults);
//   auto log = OpenRocksLog(clock, {.directory = d, .env = env.get()});
//   faults.FailReads(/*after=*/3);
std::unique_ptr<rocksdb::Env> ReadFaultyEnv(ReadFaults& faults);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_READ_FAULTS_H_
