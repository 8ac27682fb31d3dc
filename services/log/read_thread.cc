#include "services/log/read_thread.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "services/log/append_rules.h"
#include "services/log/log_errors.h"
#include "services/log/record_reader.h"

namespace troupe {
namespace {

// How late a Read may learn that its time is up. The clock may be set, so the
// time from now to then does not tell how long to sleep.
constexpr absl::Duration kClockCheck = absl::Milliseconds(100);

}  // namespace

ReadThread::ReadThread(const Clock& clock, const RocksStore& store, const RecentRecords& recent,
                       const LogProgress& progress)
    : clock_(clock),
      store_(store),
      recent_(recent),
      progress_(progress),
      thread_([this] { Run(); }) {}

void ReadThread::Read(absl::Span<const Cursor> cursors, Limits limits, absl::Time wait_until,
                      ReadDone done) {
  absl::Status refusal = CheckRead(cursors, limits);
  {
    absl::MutexLock lock(&mutex_);
    if (refusal.ok() && closing_) refusal = LogClosedError();
    if (refusal.ok()) {
      calls_.push_back({{cursors.begin(), cursors.end()}, limits, wait_until, std::move(done)});
      return;
    }
  }
  done(std::move(refusal));
}

void ReadThread::Wake() {
  absl::MutexLock lock(&mutex_);
  woken_ = true;
}

void ReadThread::Run() {
  std::vector<Call> waiting;
  while (AwaitWork(waiting)) AnswerSome(waiting);
  for (Call& call : waiting) call.done(LogClosedError());
}

bool ReadThread::AwaitWork(std::vector<Call>& waiting) {
  const absl::Duration patience = Patience(waiting);
  const auto due = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return closing_ || woken_ || !calls_.empty();
  };
  absl::MutexLock lock(&mutex_);
  mutex_.AwaitWithTimeout(absl::Condition(&due), patience);
  woken_ = false;
  waiting.insert(waiting.end(), std::make_move_iterator(calls_.begin()),
                 std::make_move_iterator(calls_.end()));
  calls_.clear();
  return !closing_;
}

absl::Duration ReadThread::Patience(const std::vector<Call>& waiting) const {
  absl::Time first = absl::InfiniteFuture();
  for (const Call& call : waiting) first = std::min(first, call.wait_until);
  if (first == absl::InfiniteFuture()) return absl::InfiniteDuration();
  return std::min(first - clock_.Now(), kClockCheck);
}

void ReadThread::AnswerSome(std::vector<Call>& waiting) {
  const ShardPositions heads = progress_.Heads();
  std::vector<Call> unanswered;
  for (Call& call : waiting) {
    if (auto answer = TryRead(call, heads); answer.has_value()) {
      call.done(*std::move(answer));
    } else {
      unanswered.push_back(std::move(call));
    }
  }
  waiting = std::move(unanswered);
}

std::optional<absl::StatusOr<std::vector<ReadRecord>>> ReadThread::TryRead(
    const Call& call, const ShardPositions& heads) {
  std::vector<Cursor> behind;  // Most shards have nothing new and cost no read.
  for (const Cursor& cursor : call.cursors) {
    if (cursor.after != heads[cursor.shard.value]) behind.push_back(cursor);
  }
  std::vector<ReadRecord> records;
  if (!behind.empty()) {
    const auto trimmed = [this](ShardId shard) { return progress_.Trimmed(shard); };
    auto read = RecordReader(store_, recent_, heads, trimmed)
                    .ReadAfter(behind, call.limits, turn_++);
    if (!read.ok()) return read.status();
    records = *std::move(read);
  }
  if (records.empty() && clock_.Now() < call.wait_until) return std::nullopt;
  return records;
}

void ReadThread::Close() {
  {
    absl::MutexLock lock(&mutex_);
    closing_ = true;
  }
  absl::MutexLock lock(&join_mutex_);
  if (thread_.joinable()) thread_.join();
}

}  // namespace troupe
