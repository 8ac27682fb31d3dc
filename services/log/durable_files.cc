#include "services/log/durable_files.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"

namespace troupe {
namespace {

rocksdb::Env* OrReal(rocksdb::Env* env) {
  return env == nullptr ? rocksdb::Env::Default() : env;
}

rocksdb::Status WriteAndSync(rocksdb::Env& env, const std::string& path,
                             absl::string_view bytes) {
  std::unique_ptr<rocksdb::WritableFile> file;
  rocksdb::Status status = env.NewWritableFile(path, &file, rocksdb::EnvOptions());
  if (status.ok()) status = file->Append({bytes.data(), bytes.size()});
  if (status.ok()) status = file->Fsync();
  if (status.ok()) status = file->Close();
  return status;
}

}  // namespace

std::string ParentOf(const std::string& path) {
  const size_t slash = path.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

absl::Status DiskError(absl::string_view path, const rocksdb::Status& status) {
  return ErrorWithReason(
      absl::StatusCode::kUnavailable, "LOG_IO",
      absl::StrCat("the disk under ", path, " failed: check it (", status.ToString(), ")"));
}

absl::Status CreateFolder(const std::string& path, absl::string_view called) {
  // Unless its parent is synced, a power cut takes the folder with all in it.
  if (mkdir(path.c_str(), 0700) == 0) return SyncParentOf(path);
  if (errno == EEXIST) return absl::OkStatus();
  return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "CANNOT_CREATE_DIRECTORY",
                         absl::StrCat(called, " cannot be created (", std::strerror(errno),
                                      "): create its parent, or choose a folder that you may "
                                      "write"));
}

absl::Status SyncParentOf(const std::string& path, rocksdb::Env* env) {
  std::unique_ptr<rocksdb::Directory> parent;
  rocksdb::Status status = OrReal(env)->NewDirectory(ParentOf(path), &parent);
  if (status.ok()) status = parent->Fsync();
  return status.ok() ? absl::OkStatus() : DiskError(path, status);
}

absl::Status WriteFileDurably(const std::string& path, absl::string_view bytes,
                              rocksdb::Env* env) {
  const std::string unfinished = path + ".new";
  rocksdb::Status status = WriteAndSync(*OrReal(env), unfinished, bytes);
  if (status.ok()) status = OrReal(env)->RenameFile(unfinished, path);
  if (!status.ok()) return DiskError(path, status);
  return SyncParentOf(path, env);
}

}  // namespace troupe
