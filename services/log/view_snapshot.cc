#include <algorithm>
#include <utility>

#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/log/view.h"

namespace troupe {
namespace {

absl::string_view ToView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

absl::Status Unreadable() {
  return ErrorWithReason(absl::StatusCode::kDataLoss, kViewLayout.corrupt_reason,
                         "a record of the view cannot be read: delete the view's folder, it is "
                         "made again from the log at the next start");
}

// Walks over one listing in its order.
class ListCursor {
 public:
  ListCursor(std::unique_ptr<rocksdb::Iterator> entries, const ListQuery& query)
      : entries_(std::move(entries)),
        prefix_(ListPrefix(query.kind, query.order)),
        descending_(query.descending) {
    if (!query.after_key.empty()) {
      descending_ ? entries_->SeekForPrev(query.after_key) : entries_->Seek(query.after_key);
      if (entries_->Valid() && entries_->key() == query.after_key) Next();
    } else if (descending_) {
      std::string end = prefix_;
      ++end.back();
      entries_->SeekForPrev(end);
    } else {
      entries_->Seek(prefix_);
    }
  }

  bool IsValid() const { return entries_->Valid() && entries_->key().starts_with(prefix_); }
  void Next() { descending_ ? entries_->Prev() : entries_->Next(); }
  absl::string_view key() const { return ToView(entries_->key()); }
  absl::string_view value() const { return ToView(entries_->value()); }
  rocksdb::Status status() const { return entries_->status(); }

 private:
  std::unique_ptr<rocksdb::Iterator> entries_;
  std::string prefix_;
  bool descending_;
};

}  // namespace

ViewSnapshot::ViewSnapshot(std::shared_ptr<const RocksStore> store,
                           std::shared_ptr<const Pool> pool, const LogPositionsOf& positions)
    : store_(std::move(store)),
      pool_(std::move(pool)),
      positions_(positions),
      snapshot_(store_->db().GetSnapshot()) {}

ViewSnapshot::~ViewSnapshot() { store_->db().ReleaseSnapshot(snapshot_); }

absl::StatusOr<std::optional<StoredRecord>> ViewSnapshot::Get(const EntityKey& entity) const {
  TROUPE_ASSIGN_OR_RETURN(auto records, MultiGet({entity}));
  return std::move(records.front());
}

absl::StatusOr<std::vector<std::optional<rocksdb::PinnableSlice>>> ViewSnapshot::MultiGetFrom(
    ViewFamily family, const std::vector<std::string>& keys) const {
  auto values = store_->MultiGet(family, keys, snapshot_);
  std::vector<std::optional<rocksdb::PinnableSlice>> found(keys.size());
  for (size_t i = 0; i < keys.size(); ++i) {
    TROUPE_RETURN_IF_ERROR(values[i].status());
    if (values[i]->has_value()) found[i].emplace(**std::move(values[i]));
  }
  return found;
}

absl::StatusOr<std::vector<std::optional<StoredRecord>>> ViewSnapshot::MultiGet(
    absl::Span<const EntityKey> entities) const {
  std::vector<std::string> keys;
  for (const EntityKey& entity : entities) keys.push_back(RecordKey(entity));
  TROUPE_ASSIGN_OR_RETURN(const auto values, MultiGetFrom(ViewFamily::kRecord, keys));
  std::vector<std::optional<StoredRecord>> records(keys.size());
  for (size_t i = 0; i < keys.size(); ++i) {
    if (!values[i].has_value()) continue;
    records[i] = DecodeRecordValue(entities[i], ToView(*values[i]));
    if (!records[i].has_value()) return Unreadable();
  }
  return records;
}

absl::StatusOr<std::vector<bool>> ViewSnapshot::AreVisibleTo(
    const OrganizationId& reader, absl::Span<const EntityKey> entities) const {
  std::vector<std::string> keys;
  for (const EntityKey& entity : entities) keys.push_back(ListKey(entity, ListOrder::kName, 0));
  TROUPE_ASSIGN_OR_RETURN(const auto values, MultiGetFrom(ViewFamily::kList, keys));
  std::vector<bool> visible(keys.size());
  storage::v1::ListEntry entry;
  for (size_t i = 0; i < keys.size(); ++i) {
    if (!values[i].has_value()) continue;
    if (!entry.ParseFromArray(values[i]->data(), static_cast<int>(values[i]->size()))) {
      return Unreadable();
    }
    visible[i] = IsVisibleTo(reader, entry);
  }
  return visible;
}

absl::StatusOr<std::vector<ProfileId>> ViewSnapshot::EngagedBy(ProjectId project, Day today,
                                                               const OrganizationId& reader,
                                                               size_t most) const {
  rocksdb::ReadOptions options;
  options.snapshot = snapshot_;
  const std::string prefix = EngagementPrefix(project.value());
  const auto entries = store_->NewIterator(ViewFamily::kEngagement, options);
  std::vector<ProfileId> engaged;
  for (entries->Seek(prefix);
       engaged.size() < most && entries->Valid() && entries->key().starts_with(prefix);
       entries->Next()) {
    const auto found = DecodeEngagement(ToView(entries->key()), ToView(entries->value()));
    if (!found.has_value()) return Unreadable();
    if (found->last < today) continue;
    TROUPE_ASSIGN_OR_RETURN(const std::vector<bool> visible,
                            AreVisibleTo(reader, {{EntityKind::kProfile, found->profile}}));
    if (visible.front()) engaged.push_back(ProfileId(found->profile));
  }
  TROUPE_RETURN_IF_ERROR(store_->ToStatus(entries->status()));
  return engaged;
}

absl::StatusOr<std::vector<ProfileId>> ViewSnapshot::HeldFor(ProjectId project, ProfileId after,
                                                             size_t most) const {
  rocksdb::ReadOptions options;
  options.snapshot = snapshot_;
  const std::string prefix = EngagementPrefix(project.value());
  const std::string from = after ? HoldIndexKey(project.value(), after.value()) : prefix;
  const auto entries = store_->NewIterator(ViewFamily::kHold, options);
  std::vector<ProfileId> profiles;
  for (entries->Seek(from);
       profiles.size() < most && entries->Valid() && entries->key().starts_with(prefix);
       entries->Next()) {
    const std::optional<uint64_t> profile = DecodeHoldIndexKey(ToView(entries->key()));
    if (!profile.has_value()) return Unreadable();
    if (ProfileId(*profile) != after) profiles.push_back(ProfileId(*profile));
  }
  TROUPE_RETURN_IF_ERROR(store_->ToStatus(entries->status()));
  return profiles;
}

absl::Status ViewSnapshot::ForEachRecord(
    EntityKind kind, absl::FunctionRef<absl::Status(StoredRecord)> visit) const {
  rocksdb::ReadOptions options;
  options.snapshot = snapshot_;
  const std::string prefix = RecordPrefix(kind);
  const auto entries = store_->NewIterator(ViewFamily::kRecord, options);
  for (entries->Seek(prefix); entries->Valid() && entries->key().starts_with(prefix);
       entries->Next()) {
    const std::optional<EntityKey> entity = DecodeRecordKey(ToView(entries->key()));
    if (!entity.has_value()) return Unreadable();
    std::optional<StoredRecord> record = DecodeRecordValue(*entity, ToView(entries->value()));
    if (!record.has_value()) return Unreadable();
    TROUPE_RETURN_IF_ERROR(visit(*std::move(record)));
  }
  return store_->ToStatus(entries->status());
}

absl::StatusOr<ListPage> ViewSnapshot::List(const ListQuery& query) const {
  rocksdb::ReadOptions options;
  options.snapshot = snapshot_;
  ListCursor cursor(store_->NewIterator(ViewFamily::kList, options), query);
  std::vector<EntityKey> entities;
  ListPage page;
  std::string last_key;
  for (; cursor.IsValid(); cursor.Next()) {
    storage::v1::ListEntry entry;
    if (!entry.ParseFromArray(cursor.value().data(), static_cast<int>(cursor.value().size()))) {
      return Unreadable();
    }
    if (!Passes(query.filter, entry)) continue;
    if (entities.size() == static_cast<size_t>(query.page_size)) {
      page.next_key = last_key;
      break;
    }
    const std::optional<EntityKey> entity = DecodeListKey(cursor.key());
    if (!entity.has_value()) return Unreadable();
    entities.push_back(*entity);
    last_key = std::string(cursor.key());
  }
  TROUPE_RETURN_IF_ERROR(store_->ToStatus(cursor.status()));
  TROUPE_ASSIGN_OR_RETURN(auto records, MultiGet(entities));
  for (std::optional<StoredRecord>& record : records) {
    if (!record.has_value()) return Unreadable();
    page.records.push_back(*std::move(record));
  }
  return page;
}

}  // namespace troupe
