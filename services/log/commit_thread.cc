#include "services/log/commit_thread.h"

#include <algorithm>
#include <utility>

#include "matcher/base/status_macros.h"
#include "services/log/append_rules.h"
#include "services/log/log_errors.h"

namespace troupe {

CommitThread::CommitThread(const Clock& clock, const RocksLogOptions& options, RocksStore& store,
                           CommitAnchor& anchor, RecentRecords& recent, LogProgress& progress,
                           std::function<void()> on_commit)
    : clock_(clock),
      options_(options),
      store_(store),
      anchor_(anchor),
      recent_(recent),
      progress_(progress),
      on_commit_(std::move(on_commit)),
      thread_([this] { Run(); }) {}

void CommitThread::Append(std::vector<AppendRequest> requests, absl::Time deadline,
                          AppendDone done) {
  Call call{std::move(requests), deadline, std::move(done), 0, {}};
  for (const AppendRequest& request : call.requests) call.bytes += RecordBytes(request);
  absl::Status refusal = store_.WriteFailure();
  {
    absl::MutexLock lock(&mutex_);
    // A call too large for the limit gets its turn when nothing else waits.
    const bool fits =
        waiting_bytes_ == 0 || waiting_bytes_ + call.bytes <= options_.max_waiting_bytes;
    if (closing_) {
      refusal = LogClosedError();
    } else if (refusal.ok() && !fits) {
      refusal = LogOverloadedError();
    }
    if (refusal.ok()) {
      waiting_bytes_ += call.bytes;
      calls_.push_back(std::move(call));
      return;
    }
  }
  call.done(std::vector<absl::StatusOr<LogPos>>(call.requests.size(), refusal));
}

void CommitThread::Run() {
  while (true) {
    std::deque<Call> calls = TakeCalls();
    if (calls.empty()) return;
    Commit(std::move(calls));
  }
}

std::deque<CommitThread::Call> CommitThread::TakeCalls() {
  const auto due = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return closing_ || !calls_.empty();
  };
  absl::MutexLock lock(&mutex_, absl::Condition(&due));
  return std::exchange(calls_, {});
}

void CommitThread::Commit(std::deque<Call> calls) {
  OpenGroup open;
  for (Call& call : calls) {
    call.results.resize(call.requests.size());
    open.expected = 0;
    for (size_t i = 0; i < call.requests.size(); ++i) {
      call.results[i] =
          Weigh(absl::MakeConstSpan(call.requests).subspan(i), call.deadline, open);
      open.weighed.push_back(&call.results[i]);
      if (open.group.has_value() && IsFull(*open.group)) Finish(open);
    }
    open.decided.push_back(std::move(call));  // Its results stay where they are.
  }
  Finish(open);
}

absl::StatusOr<LogPos> CommitThread::Weigh(absl::Span<const AppendRequest> requests,
                                           absl::Time deadline, OpenGroup& open) {
  TROUPE_RETURN_IF_ERROR(store_.WriteFailure());
  const absl::Time now = clock_.Now();
  if (deadline <= now) return AppendDeadlineError();
  if (!open.group.has_value()) {
    open.group.emplace(store_, progress_.Heads(), anchor_.pos(), now);
  }
  if (open.expected == 0) {
    open.group->Expect(requests);
    open.expected = requests.size();
  }
  --open.expected;
  return open.group->Add(requests.front());
}

bool CommitThread::IsFull(const CommitGroup& group) const {
  return group.records() >= options_.max_group_records ||
         group.bytes() >= options_.max_group_bytes;
}

void CommitThread::Finish(OpenGroup& open) {
  if (open.group.has_value()) {
    if (const absl::Status written = Write(*open.group); !written.ok()) {
      // Even a refusal may rest on a write whose outcome is unknown now.
      for (absl::StatusOr<LogPos>* result : open.weighed) *result = written;
    } else if (open.group->records() > 0) {
      recent_.Add(open.group->TakeRecords());
      progress_.SetHeads(open.group->heads());
      on_commit_();
    }
  }
  int64_t answered_bytes = 0;
  for (Call& call : open.decided) {
    answered_bytes += call.bytes;
    call.done(std::move(call.results));
  }
  open.group.reset();
  open.expected = 0;
  open.weighed.clear();
  open.decided.clear();
  absl::MutexLock lock(&mutex_);
  waiting_bytes_ -= answered_bytes;
}

absl::Status CommitThread::Write(CommitGroup& group) {
  TROUPE_RETURN_IF_ERROR(group.Commit());
  if (group.records() == 0) return absl::OkStatus();
  const absl::Status anchored = anchor_.Advance(group.pos(), store_.NewestTable());
  // Nothing may be acknowledged any more that the anchor does not cover.
  return anchored.ok() ? anchored : store_.FailWrites(anchored.message());
}

void CommitThread::Close() {
  {
    absl::MutexLock lock(&mutex_);
    closing_ = true;
  }
  absl::MutexLock lock(&join_mutex_);
  if (thread_.joinable()) thread_.join();
}

}  // namespace troupe
