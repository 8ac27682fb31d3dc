#ifndef TROUPE_SERVICES_LOG_DURABLE_FILES_H_
#define TROUPE_SERVICES_LOG_DURABLE_FILES_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "rocksdb/env.h"

// Files and folders that a power cut does not take. An `env` that is null is
// the real disk. Errors are UNAVAILABLE, reason LOG_IO, and name the path.
namespace troupe {

// The folder that `path` is in.
std::string ParentOf(const std::string& path);

// Makes the folder `path`, which only its user may look into, unless it is there
// already. FAILED_PRECONDITION, reason CANNOT_CREATE_DIRECTORY: its parent is missing,
// or may not be written; `called` is what the error calls the folder.
absl::Status CreateFolder(const std::string& path, absl::string_view called);

// Makes what was created, renamed or deleted in the folder of `path` last.
absl::Status SyncParentOf(const std::string& path, rocksdb::Env* env = nullptr);

// Writes the file whole or not at all, in the place of one that is there.
absl::Status WriteFileDurably(const std::string& path, absl::string_view bytes,
                              rocksdb::Env* env = nullptr);

// Why an operation on `path` failed.
absl::Status DiskError(absl::string_view path, const rocksdb::Status& status);

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_DURABLE_FILES_H_
