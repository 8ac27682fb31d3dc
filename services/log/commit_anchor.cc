#include "services/log/commit_anchor.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "matcher/base/status_macros.h"
#include "services/log/durable_files.h"
#include "services/log/log_errors.h"

namespace troupe {
namespace {

absl::StatusOr<std::string> ReadAll(const std::string& path, rocksdb::Env& env) {
  std::string bytes;
  const rocksdb::Status read = rocksdb::ReadFileToString(&env, path, &bytes);
  if (!read.ok()) return DiskError(path, read);
  return bytes;
}

}  // namespace

FileIdentity IdentityOf(const std::string& path) {
  struct statx found = {};
  if (statx(AT_FDCWD, path.c_str(), 0, STATX_INO | STATX_BTIME, &found) != 0) return {};
  // The device's number may be another after each boot, so it is left out.
  FileIdentity identity{found.stx_ino, 0};
  if ((found.stx_mask & STATX_BTIME) != 0) {
    identity.birth_nanos = found.stx_btime.tv_sec * 1'000'000'000 + found.stx_btime.tv_nsec;
  }
  return identity;
}

absl::StatusOr<std::optional<AnchorSlot>> CommitAnchor::Read(const std::string& path,
                                                             rocksdb::Env* env) {
  if (env->FileExists(path).IsNotFound()) return std::nullopt;
  TROUPE_ASSIGN_OR_RETURN(const std::string bytes, ReadAll(path, *env));
  if (HasNewerSlot(bytes)) return NewerFormatError(path);
  const std::optional<AnchorSlot> slot = NewestSlot(bytes);
  if (!slot.has_value()) return AnchorLostError(path, "cannot be read");
  if (slot->in_use && slot->written_to != IdentityOf(path)) return CopiedLiveError(path);
  return slot;
}

absl::Status CommitAnchor::Create(const std::string& path, rocksdb::Env* env,
                                  const GroupPos& pos) {
  std::string bytes(kAnchorBytes, '\0');
  // Clean, so it holds in whatever file it ends up.
  const std::string slot = EncodeSlot({.pos = pos, .in_use = false, .writes = 1, .written_to = {}});
  bytes.replace(0, slot.size(), slot);
  bytes.replace(kSlotDistance, slot.size(), slot);
  return WriteFileDurably(path, bytes, env);
}

absl::StatusOr<std::unique_ptr<CommitAnchor>> CommitAnchor::Take(const std::string& path,
                                                                 rocksdb::Env* env, bool sync,
                                                                 const GroupPos& pos,
                                                                 uint64_t newest_table) {
  TROUPE_ASSIGN_OR_RETURN(const std::string bytes, ReadAll(path, *env));
  const std::optional<AnchorSlot> before = NewestSlot(bytes);
  if (!before.has_value()) return AnchorLostError(path, "cannot be read");
  std::unique_ptr<rocksdb::RandomRWFile> file;
  const rocksdb::Status opened = env->NewRandomRWFile(path, &file, rocksdb::EnvOptions());
  if (!opened.ok()) return DiskError(path, opened);
  std::unique_ptr<CommitAnchor> anchor(new CommitAnchor(path, std::move(file), sync));
  anchor->slot_ = {pos, newest_table, /*in_use=*/true, before->writes, IdentityOf(path)};
  TROUPE_RETURN_IF_ERROR(anchor->WriteBoth());
  return anchor;
}

absl::Status CommitAnchor::Advance(const GroupPos& pos, uint64_t newest_table) {
  slot_.pos = pos;
  slot_.newest_table = newest_table;
  return WriteSlot();
}

absl::Status CommitAnchor::MarkClean() {
  slot_.in_use = false;
  return WriteBoth();
}

absl::Status CommitAnchor::WriteBoth() {
  TROUPE_RETURN_IF_ERROR(WriteSlot());
  return WriteSlot();
}

absl::Status CommitAnchor::WriteSlot() {
  ++slot_.writes;
  const uint64_t offset = slot_.writes % 2 == 0 ? 0 : kSlotDistance;
  rocksdb::Status status = file_->Write(offset, EncodeSlot(slot_));
  if (status.ok() && sync_) status = file_->Sync();
  return status.ok() ? absl::OkStatus() : DiskError(path_, status);
}

}  // namespace troupe
