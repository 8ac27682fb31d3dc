#include <string>
#include <utility>

#include "rocksdb/file_system.h"
#include "tests/testing/power_cut.h"

namespace troupe::testing {
namespace {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

IOStatus NoPower() { return IOStatus::IOError("the power is cut"); }

class AppendedFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  AppendedFile(std::unique_ptr<rocksdb::FSWritableFile> file, std::string path, PowerCut& power)
      : FSWritableFileOwnerWrapper(std::move(file)), path_(std::move(path)), power_(power) {}

  IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* debug) override {
    if (!power_.Begin()) return NoPower();
    const IOStatus done = FSWritableFileOwnerWrapper::Append(data, options, debug);
    if (done.ok()) power_.OnAppended(path_, data.size());
    return done;
  }
  IOStatus Append(const Slice& data, const IOOptions& options,
                  const rocksdb::DataVerificationInfo&, IODebugContext* debug) override {
    return Append(data, options, debug);
  }
  IOStatus Truncate(uint64_t size, const IOOptions& options, IODebugContext* debug) override {
    if (!power_.Begin()) return NoPower();
    const IOStatus done = FSWritableFileOwnerWrapper::Truncate(size, options, debug);
    if (done.ok()) power_.OnTruncated(path_, size);
    return done;
  }
  IOStatus Sync(const IOOptions&, IODebugContext*) override {
    if (!power_.Begin()) return NoPower();
    power_.OnSynced(path_);
    return IOStatus::OK();
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return Sync(options, debug);
  }
  IOStatus RangeSync(uint64_t, uint64_t, const IOOptions&, IODebugContext*) override {
    return IOStatus::OK();  // Promises nothing.
  }

 private:
  const std::string path_;
  PowerCut& power_;
};

class OverwrittenFile final : public rocksdb::FSRandomRWFileOwnerWrapper {
 public:
  OverwrittenFile(std::unique_ptr<rocksdb::FSRandomRWFile> file, std::string path,
                  PowerCut& power)
      : FSRandomRWFileOwnerWrapper(std::move(file)), path_(std::move(path)), power_(power) {}

  IOStatus Write(uint64_t offset, const Slice& data, const IOOptions& options,
                 IODebugContext* debug) override {
    if (!power_.Begin()) return NoPower();
    std::string before(data.size(), '\0');
    Slice read;
    IOStatus done = Read(offset, before.size(), options, &read, before.data(), debug);
    if (done.ok()) done = FSRandomRWFileOwnerWrapper::Write(offset, data, options, debug);
    if (done.ok()) power_.OnOverwritten(path_, offset, read.ToString());
    return done;
  }
  IOStatus Sync(const IOOptions&, IODebugContext*) override {
    if (!power_.Begin()) return NoPower();
    power_.OnSynced(path_);
    return IOStatus::OK();
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return Sync(options, debug);
  }

 private:
  const std::string path_;
  PowerCut& power_;
};

class SyncedFolder final : public rocksdb::FSDirectory {
 public:
  SyncedFolder(std::string path, PowerCut& power) : path_(std::move(path)), power_(power) {}

  IOStatus Fsync(const IOOptions&, IODebugContext*) override {
    if (!power_.Begin()) return NoPower();
    power_.OnFolderSynced(path_);
    return IOStatus::OK();
  }
  IOStatus Close(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }

 private:
  const std::string path_;
  PowerCut& power_;
};

class PowerCutFileSystem final : public rocksdb::FileSystemWrapper {
 public:
  explicit PowerCutFileSystem(PowerCut& power)
      : FileSystemWrapper(rocksdb::FileSystem::Default()), power_(power) {}

  const char* Name() const override { return "PowerCutFileSystem"; }

  IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                           std::unique_ptr<rocksdb::FSWritableFile>* file,
                           IODebugContext* debug) override {
    if (!power_.Begin()) return NoPower();
    if (target()->FileExists(path, {}, debug).ok()) power_.Remove(path);
    IOStatus made = target()->NewWritableFile(path, options, file, debug);
    if (!made.ok()) return made;
    power_.OnCreated(path);
    *file = std::make_unique<AppendedFile>(std::move(*file), path, power_);
    return made;
  }
  IOStatus NewRandomRWFile(const std::string& path, const rocksdb::FileOptions& options,
                           std::unique_ptr<rocksdb::FSRandomRWFile>* file,
                           IODebugContext* debug) override {
    IOStatus made = target()->NewRandomRWFile(path, options, file, debug);
    if (made.ok()) *file = std::make_unique<OverwrittenFile>(std::move(*file), path, power_);
    return made;
  }
  IOStatus NewDirectory(const std::string& path, const IOOptions&,
                        std::unique_ptr<rocksdb::FSDirectory>* folder,
                        IODebugContext*) override {
    *folder = std::make_unique<SyncedFolder>(path, power_);
    return IOStatus::OK();
  }
  IOStatus DeleteFile(const std::string& path, const IOOptions&, IODebugContext* debug) override {
    if (!power_.Begin()) return NoPower();
    IOStatus there = target()->FileExists(path, {}, debug);
    if (there.ok()) power_.Remove(path);
    return there;
  }
  IOStatus RenameFile(const std::string& from, const std::string& to, const IOOptions&,
                      IODebugContext* debug) override {
    if (!power_.Begin()) return NoPower();
    IOStatus there = target()->FileExists(from, {}, debug);
    if (there.ok()) power_.Rename(from, to);
    return there;
  }

 private:
  PowerCut& power_;
};

}  // namespace

std::unique_ptr<rocksdb::Env> PowerCutEnv(PowerCut& power) {
  return rocksdb::NewCompositeEnv(std::make_shared<PowerCutFileSystem>(power));
}

}  // namespace troupe::testing
