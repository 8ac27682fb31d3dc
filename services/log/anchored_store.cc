#include "services/log/anchored_store.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "services/log/log_errors.h"
#include "services/log/log_layout.h"
#include "services/log/log_positions.h"
#include "services/log/stored_format.h"

namespace troupe {
namespace {

constexpr uint32_t kFirstAnchoredFormat = 2;

// The newest file of `directory` that is named so; "none" if there is none.
std::string NewestWith(absl::string_view prefix, absl::string_view suffix,
                       const std::string& directory, rocksdb::Env* env) {
  std::vector<std::string> children;
  env->GetChildren(directory, &children).PermitUncheckedError();
  std::string newest;
  for (const std::string& child : children) {
    if (absl::StartsWith(child, prefix) && absl::EndsWith(child, suffix)) {
      newest = std::max(newest, child);
    }
  }
  return newest.empty() ? "none" : newest;
}

}  // namespace

absl::StatusOr<GroupPos> LoadGroupPos(const RocksStore& store) {
  TROUPE_ASSIGN_OR_RETURN(const auto found, store.Get(LogFamily::kMeta, stored::kGroupKey));
  if (!found.has_value()) return GroupPos{};
  const std::optional<GroupPos> pos = stored::DecodeGroupPos({found->data(), found->size()});
  if (!pos.has_value()) return RowUnreadableError("the last commit", store.directory());
  return *pos;
}

absl::Status CheckAnchored(const RocksStore* peeked, const std::optional<AnchorSlot>& anchor,
                           const std::string& directory, rocksdb::Env* env) {
  const std::string path = CommitAnchor::PathFor(directory);
  GroupPos pos;
  uint32_t format = 0;
  if (peeked != nullptr) {
    TROUPE_ASSIGN_OR_RETURN(format, peeked->Format());
    TROUPE_ASSIGN_OR_RETURN(pos, LoadGroupPos(*peeked));
  }
  if (!anchor.has_value()) {
    return format < kFirstAnchoredFormat ? absl::OkStatus() : AnchorLostError(path, "is missing");
  }
  if (pos.number < anchor->pos.number) {
    return LogBehindError(directory, path,
                          absl::StrCat("it ends at commit ", pos.number,
                                       " (newest write-ahead log: ",
                                       NewestWith("", ".log", directory, env), ", manifest: ",
                                       NewestWith("MANIFEST-", "", directory, env), "), commit ",
                                       anchor->pos.number, " is vouched for"));
  }
  if (pos.number == anchor->pos.number && pos.chain != anchor->pos.chain) {
    return LogBehindError(
        directory, path,
        absl::StrCat("its commit ", pos.number, " is not the one that is vouched for"));
  }
  const uint64_t newest_table = peeked == nullptr ? 0 : peeked->NewestTable();
  if (newest_table < anchor->newest_table) {
    return LogBehindError(
        directory, path,
        absl::StrCat("its manifest (", NewestWith("MANIFEST-", "", directory, env),
                     ") is an older copy, since it knows no table after ", newest_table,
                     ", and table ", anchor->newest_table, " is vouched for"));
  }
  return absl::OkStatus();
}

absl::StatusOr<AnchoredStore> OpenAnchored(const std::string& directory, rocksdb::Env* env,
                                           bool sync) {
  const std::string path = CommitAnchor::PathFor(directory);
  TROUPE_ASSIGN_OR_RETURN(const std::optional<AnchorSlot> found, CommitAnchor::Read(path, env));
  {
    // A database that is opened to be written drops what it cannot replay: so
    // first look whether it is whole.
    TROUPE_ASSIGN_OR_RETURN(const auto peeked, RocksStore::Peek(kLogLayout, directory, env));
    TROUPE_RETURN_IF_ERROR(CheckAnchored(peeked.get(), found, directory, env));
  }
  // Before the database says that it has an anchor.
  if (!found.has_value()) TROUPE_RETURN_IF_ERROR(CommitAnchor::Create(path, env, {}));
  AnchoredStore opened;
  TROUPE_ASSIGN_OR_RETURN(opened.store, RocksStore::Open(kLogLayout, directory, env, sync));
  TROUPE_ASSIGN_OR_RETURN(const GroupPos pos, LoadGroupPos(*opened.store));
  TROUPE_ASSIGN_OR_RETURN(opened.anchor, CommitAnchor::Take(path, env, sync, pos,
                                                              opened.store->NewestTable()));
  return opened;
}

absl::Status Reanchor(const std::string& directory, rocksdb::Env* env) {
  if (env == nullptr) env = rocksdb::Env::Default();
  TROUPE_ASSIGN_OR_RETURN(const auto peeked, RocksStore::Peek(kLogLayout, directory, env));
  GroupPos pos;
  if (peeked != nullptr) {
    TROUPE_RETURN_IF_ERROR(LoadVerifiedPositions(*peeked).status());
    TROUPE_ASSIGN_OR_RETURN(pos, LoadGroupPos(*peeked));
  }
  return CommitAnchor::Create(CommitAnchor::PathFor(directory), env, pos);
}

}  // namespace troupe
