#ifndef TROUPE_SERVICES_LOG_COMMIT_ANCHOR_H_
#define TROUPE_SERVICES_LOG_COMMIT_ANCHOR_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rocksdb/env.h"
#include "services/log/anchor_slot.h"
#include "services/log/group_pos.h"

namespace troupe {

// The file beside a log's directory, outside its database, that says how far
// the log was acknowledged. RocksDB opens a database whose newest write-ahead
// log was cut short or deleted, or whose manifest is an older copy, as if
// nothing more had been in it; what this file says is then missed. Written once
// per commit: 72 bytes and one fdatasync.
// Thread-compatible.
class CommitAnchor {
 public:
  // Where the anchor of the log in `directory` is.
  static std::string PathFor(const std::string& directory) { return directory + ".anchor"; }

  // What the anchor at `path` says; nullopt if there is no such file.
  //   DATA_LOSS ANCHOR_LOST: neither of its slots can be read.
  //   FAILED_PRECONDITION NEWER_FORMAT: a later release wrote it.
  //   FAILED_PRECONDITION COPIED_LIVE: the file is a copy, made while a server
  //     used the original.
  //   UNAVAILABLE LOG_IO
  static absl::StatusOr<std::optional<AnchorSlot>> Read(const std::string& path,
                                                        rocksdb::Env* env);

  // Makes an anchor at `path` that says `pos` and is clean, in the place of
  // one that is there.
  static absl::Status Create(const std::string& path, rocksdb::Env* env, const GroupPos& pos);

  // Opens the anchor at `path`, which exists, marks it in use and lets it say
  // `pos` and `newest_table`. `sync` off: what it says may be lost in a power
  // cut.
  static absl::StatusOr<std::unique_ptr<CommitAnchor>> Take(const std::string& path,
                                                            rocksdb::Env* env, bool sync,
                                                            const GroupPos& pos,
                                                            uint64_t newest_table);

  // Notes that everything up to `pos` is to be acknowledged, and which table is
  // the newest. On disk when it returns OK; after an error it is unknown what is.
  absl::Status Advance(const GroupPos& pos, uint64_t newest_table);

  // Notes that the log is closed, so that its files may be copied as they are.
  absl::Status MarkClean();

  const GroupPos& pos() const { return slot_.pos; }

 private:
  CommitAnchor(std::string path, std::unique_ptr<rocksdb::RandomRWFile> file, bool sync)
      : path_(std::move(path)), file_(std::move(file)), sync_(sync) {}

  // Writes the slot that is the older one, then it is the newer one.
  absl::Status WriteSlot();
  // Both slots, so that one that is unreadable later costs nothing.
  absl::Status WriteBoth();

  const std::string path_;
  const std::unique_ptr<rocksdb::RandomRWFile> file_;
  const bool sync_;
  AnchorSlot slot_;
};

// Which file `path` is. Of a file that exists.
FileIdentity IdentityOf(const std::string& path);

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_COMMIT_ANCHOR_H_
