#include "services/log/log_trim.h"

#include <algorithm>
#include <memory>

#include "matcher/base/status_macros.h"
#include "services/log/log_errors.h"
#include "services/log/log_layout.h"
#include "services/log/stored_format.h"
#include "troupe/storage/v1/log.pb.h"

namespace troupe {
namespace {

constexpr uint64_t kStepRecords = 1000;

absl::string_view View(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

}  // namespace

absl::StatusOr<TrimStep> NextTrimStep(const RocksStore& store, ShardId shard,
                                      const LogPos& trimmed, uint64_t last_seq) {
  TrimStep step;
  const std::unique_ptr<rocksdb::Iterator> it = store.NewIterator(LogFamily::kLog);
  it->Seek(stored::LogKey(shard, trimmed.seq + 1));
  const uint64_t last = std::min(last_seq, trimmed.seq + kStepRecords);
  for (uint64_t seq = trimmed.seq + 1; seq <= last; ++seq, it->Next()) {
    TROUPE_RETURN_IF_ERROR(store.ToStatus(it->status()));
    if (!it->Valid() || View(it->key()) != stored::LogKey(shard, seq)) {
      return RecordUnreadableError(shard, seq, "is missing");
    }
    const auto bytes = stored::DecodeRecord(View(it->value()));
    storage::v1::LogRecord record;
    if (!bytes.has_value() ||
        !record.ParseFromArray(bytes->message.data(), static_cast<int>(bytes->message.size()))) {
      return RecordUnreadableError(shard, seq, "cannot be decoded");
    }
    step.batch.Delete(store.family(LogFamily::kLog), it->key());
    step.batch.Delete(store.family(LogFamily::kRequest),
                      stored::RequestKey(shard, record.request_id()));
    step.trimmed = {seq, bytes->id};
  }
  step.batch.Put(store.family(LogFamily::kMeta), stored::TrimKey(shard),
                 stored::EncodePos(step.trimmed));
  return step;
}

}  // namespace troupe
