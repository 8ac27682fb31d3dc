#include "tests/testing/faulty_file_system.h"

#include <string>
#include <utility>

#include "absl/strings/match.h"

namespace troupe::testing {
namespace {

class FaultyWal final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  FaultyWal(std::unique_ptr<rocksdb::FSWritableFile> file, WalFaults& faults)
      : FSWritableFileOwnerWrapper(std::move(file)), faults_(faults) {}

  rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                           rocksdb::IODebugContext* debug) override {
    rocksdb::IOStatus fault = faults_.OnWrite();
    return fault.ok() ? FSWritableFileOwnerWrapper::Append(data, options, debug) : fault;
  }
  rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                           const rocksdb::DataVerificationInfo& verification,
                           rocksdb::IODebugContext* debug) override {
    rocksdb::IOStatus fault = faults_.OnWrite();
    return fault.ok() ? FSWritableFileOwnerWrapper::Append(data, options, verification, debug)
                      : fault;
  }
  rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                         rocksdb::IODebugContext* debug) override {
    rocksdb::IOStatus fault = faults_.OnSync();
    return fault.ok() ? FSWritableFileOwnerWrapper::Sync(options, debug) : fault;
  }

 private:
  WalFaults& faults_;
};

class FaultyFileSystem final : public rocksdb::FileSystemWrapper {
 public:
  explicit FaultyFileSystem(WalFaults& faults)
      : FileSystemWrapper(rocksdb::FileSystem::Default()), faults_(faults) {}

  const char* Name() const override { return "FaultyFileSystem"; }

  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* debug) override {
    rocksdb::IOStatus made = target()->NewWritableFile(name, options, file, debug);
    if (made.ok() && absl::EndsWith(name, ".log")) {
      *file = std::make_unique<FaultyWal>(std::move(*file), faults_);
    }
    return made;
  }

 private:
  WalFaults& faults_;
};

}  // namespace

void WalFaults::FailWrites(int after) {
  absl::MutexLock lock(&mutex_);
  writes_left_ = after;
}

void WalFaults::HoldSyncs() {
  absl::MutexLock lock(&mutex_);
  hold_ = true;
}

void WalFaults::ReleaseSyncs() {
  absl::MutexLock lock(&mutex_);
  hold_ = false;
}

void WalFaults::AwaitHeldSync() {
  absl::MutexLock lock(&mutex_);
  const auto held = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return held_ > 0; };
  mutex_.Await(absl::Condition(&held));
}

int WalFaults::Syncs() const {
  absl::MutexLock lock(&mutex_);
  return syncs_;
}

rocksdb::IOStatus WalFaults::OnWrite() {
  absl::MutexLock lock(&mutex_);
  if (writes_left_ == 0) return rocksdb::IOStatus::IOError("made to fail");
  --writes_left_;
  return rocksdb::IOStatus::OK();
}

rocksdb::IOStatus WalFaults::OnSync() {
  absl::MutexLock lock(&mutex_);
  ++held_;
  const auto released = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return !hold_; };
  mutex_.Await(absl::Condition(&released));
  --held_;
  ++syncs_;
  return writes_left_ == 0 ? rocksdb::IOStatus::IOError("made to fail") : rocksdb::IOStatus::OK();
}

std::unique_ptr<rocksdb::Env> FaultyEnv(WalFaults& faults) {
  return rocksdb::NewCompositeEnv(std::make_shared<FaultyFileSystem>(faults));
}

}  // namespace troupe::testing
