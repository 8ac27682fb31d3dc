#include "services/log/rocks_base_scan.h"

#include <string>
#include <utility>

#include "matcher/base/status_macros.h"
#include "rocksdb/snapshot.h"
#include "services/log/log_errors.h"
#include "services/log/log_layout.h"
#include "services/log/stored_format.h"

namespace troupe {
namespace {

absl::string_view View(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

class RocksBaseScan final : public BaseScan {
 public:
  RocksBaseScan(const RocksStore& store, ShardId shard)
      : store_(store),
        shard_(shard),
        limit_(stored::EntityPrefix(shard.value + 1U)),
        limit_slice_(limit_),
        snapshot_(&store.db()) {}

  absl::Status Start() {
    TROUPE_ASSIGN_OR_RETURN(
        const auto head,
        store_.Get(LogFamily::kMeta, stored::HeadKey(shard_), snapshot_.snapshot()));
    if (head.has_value()) {
      const auto position = stored::DecodePos(View(*head));
      if (!position.has_value()) return RecordUnreadableError(shard_, 0, "has an unreadable position");
      position_ = *position;
    }
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_.snapshot();
    options.iterate_upper_bound = &limit_slice_;
    options.fill_cache = false;  // A scan would push out what appends need.
    it_ = store_.NewIterator(LogFamily::kEntity, options);
    it_->Seek(stored::EntityPrefix(shard_.value));
    return absl::OkStatus();
  }

  LogPos position() const override { return position_; }

  absl::StatusOr<std::optional<BaseEntity>> Next() override {
    TROUPE_RETURN_IF_ERROR(store_.ToStatus(it_->status()));
    if (!it_->Valid()) return std::nullopt;
    std::optional<BaseEntity> entity = stored::DecodeEntity(View(it_->key()), View(it_->value()));
    if (!entity.has_value()) {
      return RecordUnreadableError(shard_, position_.seq, "has an unreadable entity before it");
    }
    it_->Next();
    return entity;
  }

 private:
  const RocksStore& store_;
  const ShardId shard_;
  const std::string limit_;
  const rocksdb::Slice limit_slice_;  // Of `limit_`, for the iterator.
  rocksdb::ManagedSnapshot snapshot_;
  LogPos position_;
  std::unique_ptr<rocksdb::Iterator> it_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<BaseScan>> OpenRocksBaseScan(const RocksStore& store,
                                                            ShardId shard) {
  auto scan = std::make_unique<RocksBaseScan>(store, shard);
  TROUPE_RETURN_IF_ERROR(scan->Start());
  return std::unique_ptr<BaseScan>(std::move(scan));
}

}  // namespace troupe
