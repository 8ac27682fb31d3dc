#ifndef TROUPE_SERVICES_LOG_ANCHORED_STORE_H_
#define TROUPE_SERVICES_LOG_ANCHORED_STORE_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/log/anchor_slot.h"
#include "services/log/commit_anchor.h"
#include "services/log/group_pos.h"
#include "services/log/rocks_store.h"

namespace troupe {

// The database of a log and the anchor beside it, which agree.
struct AnchoredStore {
  std::unique_ptr<RocksStore> store;
  std::unique_ptr<CommitAnchor> anchor;
};

// Opens both, or makes them new; a log of before there were anchors gets one.
// What does not agree is refused before anything is changed:
//   DATA_LOSS LOG_LOST_RECORDS: the log lacks what was acknowledged.
//   DATA_LOSS ANCHOR_LOST: the anchor is missing or unreadable.
//   FAILED_PRECONDITION COPIED_LIVE: see CommitAnchor::Read.
// Else errors as RocksStore::Open's. `env` is not null.
absl::StatusOr<AnchoredStore> OpenAnchored(const std::string& directory, rocksdb::Env* env,
                                           bool sync);

// Where the commits of `store` end.
absl::StatusOr<GroupPos> LoadGroupPos(const RocksStore& store);

// Whether the log in `directory`, of which `peeked` is the database, or null
// if there is none, holds what its anchor says; nullopt if there is no anchor.
absl::Status CheckAnchored(const RocksStore* peeked, const std::optional<AnchorSlot>& anchor,
                           const std::string& directory, rocksdb::Env* env);

// Gives the log in `directory` an anchor that says what the log holds, whatever
// the one before said.
absl::Status Reanchor(const std::string& directory, rocksdb::Env* env = nullptr);

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_ANCHORED_STORE_H_
