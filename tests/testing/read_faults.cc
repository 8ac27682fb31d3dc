#include "tests/testing/read_faults.h"

#include <string>
#include <utility>

#include "absl/strings/match.h"

namespace troupe::testing {
namespace {

class FaultyTable final : public rocksdb::FSRandomAccessFileOwnerWrapper {
 public:
  FaultyTable(std::unique_ptr<rocksdb::FSRandomAccessFile> file, ReadFaults& faults)
      : FSRandomAccessFileOwnerWrapper(std::move(file)), faults_(faults) {}

  rocksdb::IOStatus Read(uint64_t offset, size_t size, const rocksdb::IOOptions& options,
                         rocksdb::Slice* result, char* scratch,
                         rocksdb::IODebugContext* debug) const override {
    rocksdb::IOStatus fault = faults_.OnRead();
    if (!fault.ok()) return fault;
    return FSRandomAccessFileOwnerWrapper::Read(offset, size, options, result, scratch, debug);
  }
  rocksdb::IOStatus MultiRead(rocksdb::FSReadRequest* requests, size_t count,
                              const rocksdb::IOOptions& options,
                              rocksdb::IODebugContext* debug) override {
    rocksdb::IOStatus fault = faults_.OnRead();
    if (!fault.ok()) return fault;
    return FSRandomAccessFileOwnerWrapper::MultiRead(requests, count, options, debug);
  }

 private:
  ReadFaults& faults_;
};

class ReadFaultyFileSystem final : public rocksdb::FileSystemWrapper {
 public:
  explicit ReadFaultyFileSystem(ReadFaults& faults)
      : FileSystemWrapper(rocksdb::FileSystem::Default()), faults_(faults) {}

  const char* Name() const override { return "ReadFaultyFileSystem"; }

  rocksdb::IOStatus NewRandomAccessFile(const std::string& name,
                                        const rocksdb::FileOptions& options,
                                        std::unique_ptr<rocksdb::FSRandomAccessFile>* file,
                                        rocksdb::IODebugContext* debug) override {
    rocksdb::IOStatus opened = target()->NewRandomAccessFile(name, options, file, debug);
    if (opened.ok() && absl::EndsWith(name, ".sst")) {
      *file = std::make_unique<FaultyTable>(std::move(*file), faults_);
    }
    return opened;
  }

 private:
  ReadFaults& faults_;
};

}  // namespace

void ReadFaults::FailReads(int64_t after) { first_failure_.store(reads_.load() + after); }

bool ReadFaults::Mend() { return first_failure_.exchange(INT64_MAX) < reads_.load(); }

rocksdb::IOStatus ReadFaults::OnRead() {
  if (reads_.fetch_add(1) < first_failure_.load()) return rocksdb::IOStatus::OK();
  return rocksdb::IOStatus::IOError("made to fail");
}

std::unique_ptr<rocksdb::Env> ReadFaultyEnv(ReadFaults& faults) {
  return rocksdb::NewCompositeEnv(std::make_shared<ReadFaultyFileSystem>(faults));
}

}  // namespace troupe::testing
