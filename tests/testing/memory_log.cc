#include "tests/testing/memory_log.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "services/log/append_rules.h"
#include "services/log/log_errors.h"

namespace troupe::testing {
namespace {

class MemoryBaseScan final : public BaseScan {
 public:
  MemoryBaseScan(LogPos position, std::deque<BaseEntity> entities)
      : position_(position), entities_(std::move(entities)) {}

  LogPos position() const override { return position_; }
  absl::StatusOr<std::optional<BaseEntity>> Next() override {
    if (entities_.empty()) return std::nullopt;
    BaseEntity next = std::move(entities_.front());
    entities_.pop_front();
    return next;
  }

 private:
  LogPos position_;
  std::deque<BaseEntity> entities_;
};

uint64_t VersionOf(const std::map<EntityKey, BaseEntity>& entities, const EntityKey& key) {
  const auto it = entities.find(key);
  return it == entities.end() ? kNoVersion : it->second.version;
}

}  // namespace

void MemoryLog::Append(std::vector<AppendRequest> requests, absl::Time deadline,
                       AppendDone done) {
  {
    absl::MutexLock lock(&mutex_);
    std::vector<absl::StatusOr<LogPos>> results;
    for (const AppendRequest& request : requests) {
      results.push_back(fail_next_.has_value() ? *fail_next_ : AppendOne(request, deadline));
    }
    if (--failures_left_ <= 0) fail_next_.reset();
    (holding_ ? held_ : due_).push_back([done = std::move(done), results = std::move(results)] {
      done(results);
    });
    AnswerReads();
  }
  RunDue();
}

absl::StatusOr<LogPos> MemoryLog::AppendOne(const AppendRequest& request, absl::Time deadline) {
  if (closed_) return LogClosedError();
  TROUPE_RETURN_IF_ERROR(CheckAppend(request));
  if (deadline <= clock_.Now()) return AppendDeadlineError();
  Shard& shard = shards_[request.shard.value];
  if (const auto used = shard.requests.find(request.request_id); used != shard.requests.end()) {
    if (used->second.body_hash != BodyHash(request)) return RequestIdReusedError();
    return used->second.pos;
  }
  for (size_t i = 0; i < request.mutations.size(); ++i) {
    const Mutation& mutation = request.mutations[i];
    const uint64_t actual = VersionOf(shard.entities, mutation.entity);
    if (mutation.expected_version != kAnyVersion && mutation.expected_version != actual) {
      return StaleVersionError({i, actual});
    }
  }
  return Write(request, shard);
}

absl::StatusOr<LogPos> MemoryLog::Write(const AppendRequest& request, Shard& shard) {
  const uint64_t body_hash = BodyHash(request);
  const std::string bytes = absl::StrCat(request.request_id, ":", body_hash);
  const LogPos pos{shard.head.seq + 1, NextRecordId(shard.head.id, bytes)};
  ReadRecord record{request.shard, pos, clock_.Now(), {}};
  for (const Mutation& mutation : request.mutations) {
    record.changes.push_back({mutation.entity, mutation.value, mutation.audience_before});
    if (mutation.value.has_value()) {
      shard.entities[mutation.entity] = {mutation.entity, pos.seq, *mutation.value};
    } else {
      shard.entities.erase(mutation.entity);
    }
  }
  shard.records.push_back({std::move(record), request.request_id, RecordBytes(request)});
  shard.requests[request.request_id] = {body_hash, pos};
  shard.head = pos;
  return pos;
}

void MemoryLog::Read(absl::Span<const Cursor> cursors, Limits limits, absl::Time wait_until,
                     ReadDone done) {
  if (absl::Status checked = CheckRead(cursors, limits); !checked.ok()) {
    done(std::move(checked));
    return;
  }
  {
    absl::MutexLock lock(&mutex_);
    reads_.push_back({{cursors.begin(), cursors.end()}, limits, wait_until, std::move(done)});
    AnswerReads();
  }
  RunDue();
}

std::optional<absl::StatusOr<std::vector<ReadRecord>>> MemoryLog::TryRead(
    const WaitingRead& read) {
  if (closed_) return LogClosedError();
  std::vector<Cursor> at = read.cursors;
  for (const Cursor& cursor : at) {
    const Shard& shard = shards_[cursor.shard.value];
    if (cursor.after.seq < shard.trimmed.seq) {
      return TrimmedError(cursor.shard, shard.trimmed.seq);
    }
    const uint64_t index = cursor.after.seq - shard.trimmed.seq;  // Of the first to return.
    if (index > shard.records.size() ||
        cursor.after.id !=
            (index == 0 ? shard.trimmed.id : shard.records[index - 1].record.pos.id)) {
      return HistoryChangedError(cursor.shard, cursor.after.seq);
    }
  }
  std::vector<ReadRecord> records;
  int64_t bytes = 0;
  for (bool more = true; more;) {  // A record of each shard in turn.
    more = false;
    for (Cursor& cursor : at) {
      const Shard& shard = shards_[cursor.shard.value];
      if (cursor.after.seq == shard.head.seq) continue;
      const StoredRecord& next = shard.records[cursor.after.seq - shard.trimmed.seq];
      const bool full = static_cast<int64_t>(records.size()) == read.limits.max_records ||
                        bytes + next.bytes > read.limits.max_bytes;
      if (full && !records.empty()) return records;
      records.push_back(next.record);
      bytes += next.bytes;
      cursor.after = next.record.pos;
      more = true;
    }
  }
  if (records.empty() && clock_.Now() < read.wait_until) return std::nullopt;
  return records;
}

void MemoryLog::AnswerReads() {
  std::vector<WaitingRead> waiting;
  for (WaitingRead& read : reads_) {
    if (auto answer = TryRead(read); answer.has_value()) {
      due_.push_back([done = std::move(read.done), answer = *std::move(answer)] { done(answer); });
    } else {
      waiting.push_back(std::move(read));
    }
  }
  reads_ = std::move(waiting);
}

void MemoryLog::RunDue() {
  absl::MutexLock lock(&mutex_);
  if (running_) return;
  running_ = true;
  while (!due_.empty()) {
    std::function<void()> next = std::move(due_.front());
    due_.pop_front();
    mutex_.Unlock();
    next();
    next = nullptr;  // What it holds may end in a call to this log.
    mutex_.Lock();
  }
  running_ = false;
}

absl::StatusOr<LogPos> MemoryLog::Head(ShardId shard) {
  if (shard.value >= kShardCount) return NoSuchShardError(shard);
  absl::MutexLock lock(&mutex_);
  return shards_[shard.value].head;
}

absl::StatusOr<std::unique_ptr<BaseScan>> MemoryLog::OpenBase(ShardId shard) {
  if (shard.value >= kShardCount) return NoSuchShardError(shard);
  absl::MutexLock lock(&mutex_);
  std::deque<BaseEntity> entities;
  for (const auto& [key, entity] : shards_[shard.value].entities) entities.push_back(entity);
  return std::make_unique<MemoryBaseScan>(shards_[shard.value].head, std::move(entities));
}

absl::Status MemoryLog::Trim(ShardId shard, uint64_t before_seq) {
  if (shard.value >= kShardCount) return NoSuchShardError(shard);
  absl::MutexLock lock(&mutex_);
  Shard& trimmed = shards_[shard.value];
  while (!trimmed.records.empty() && trimmed.records.front().record.pos.seq < before_seq) {
    trimmed.trimmed = trimmed.records.front().record.pos;
    trimmed.requests.erase(trimmed.records.front().request_id);
    trimmed.records.pop_front();
  }
  return absl::OkStatus();
}

void MemoryLog::Close() {
  {
    absl::MutexLock lock(&mutex_);
    closed_ = true;
    AnswerReads();
  }
  ReleaseAcks();
  absl::MutexLock lock(&mutex_);
  const auto idle = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return due_.empty() && !running_;
  };
  mutex_.Await(absl::Condition(&idle));
}

void MemoryLog::FailNextAppend(std::optional<absl::Status> status, int times) {
  absl::MutexLock lock(&mutex_);
  failures_left_ = times;
  fail_next_ = std::move(status);
}

void MemoryLog::HoldAcks() {
  absl::MutexLock lock(&mutex_);
  holding_ = true;
}

void MemoryLog::ReleaseAcks() {
  {
    absl::MutexLock lock(&mutex_);
    holding_ = false;
    for (std::function<void()>& ack : held_) due_.push_back(std::move(ack));
    held_.clear();
  }
  RunDue();
}

size_t MemoryLog::HeldAcks() const {
  absl::MutexLock lock(&mutex_);
  return held_.size();
}

size_t MemoryLog::WaitingReads() const {
  absl::MutexLock lock(&mutex_);
  return reads_.size();
}

void MemoryLog::ExpireReads() {
  {
    absl::MutexLock lock(&mutex_);
    AnswerReads();
  }
  RunDue();
}

}  // namespace troupe::testing
