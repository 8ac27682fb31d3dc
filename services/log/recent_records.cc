#include "services/log/recent_records.h"

#include <utility>

namespace troupe {

void RecentRecords::Add(std::vector<RecentRecord> records) {
  std::vector<std::shared_ptr<const RecentRecord>> forgotten;  // Freed without the lock.
  absl::MutexLock lock(&mutex_);
  for (RecentRecord& recent : records) {
    bytes_ += recent.bytes;
    order_.push_back(recent.record.shard);
    shards_[recent.record.shard.value].push_back(
        std::make_shared<const RecentRecord>(std::move(recent)));
  }
  while (bytes_ > most_bytes_) {
    Records& oldest = shards_[order_.front().value];
    bytes_ -= oldest.front()->bytes;
    forgotten.push_back(std::move(oldest.front()));
    oldest.pop_front();
    order_.pop_front();
  }
}

std::vector<std::shared_ptr<const RecentRecord>> RecentRecords::After(const Cursor& cursor,
                                                                      uint64_t last_seq,
                                                                      const Limits& limits) const {
  std::vector<std::shared_ptr<const RecentRecord>> found;
  absl::MutexLock lock(&mutex_);
  const Records& records = shards_[cursor.shard.value];
  if (records.empty() || cursor.after.seq >= last_seq) return found;
  const uint64_t first_seq = records.front()->record.pos.seq;
  if (cursor.after.seq + 1 < first_seq) return found;
  int64_t bytes = 0;
  for (uint64_t at = cursor.after.seq + 1 - first_seq; at < records.size(); ++at) {
    const auto& recent = records[at];
    if (found.empty() && recent->previous != cursor.after.id) return found;
    if (recent->record.pos.seq > last_seq) return found;
    if (static_cast<int64_t>(found.size()) == limits.max_records) return found;
    bytes += recent->bytes;
    if (!found.empty() && bytes > limits.max_bytes) return found;
    found.push_back(recent);
  }
  return found;
}

}  // namespace troupe
