#include "services/rpc/log_watch.h"

#include <utility>

#include "matcher/base/status_macros.h"
#include "services/convert/resume_token.h"
#include "services/rpc/resource_errors.h"

namespace troupe {
namespace {

// Small, because many watches share the thread of the log that reads.
constexpr Limits kReadLimits{.max_records = 256, .max_bytes = 256 << 10};
// A watch that has ended is forgotten by the log after this long.
constexpr absl::Duration kReadWait = absl::Seconds(5);
// How old the client's token may be where all that happens is not for it.
constexpr absl::Duration kTokenAge = absl::Minutes(1);

absl::StatusOr<std::vector<Cursor>> Heads(ChangeLog& log) {
  std::vector<Cursor> heads;
  for (uint16_t shard = 0; shard < kShardCount; ++shard) {
    TROUPE_ASSIGN_OR_RETURN(const LogPos head, log.Head({shard}));
    heads.push_back({{shard}, head});
  }
  return heads;
}

}  // namespace

void LogWatch::Start(const std::string& resume_token) {
  tools_.executor->Run(
      [self = shared_from_this(), resume_token] { self->Begin(resume_token); });
}

void LogWatch::Begin(const std::string& resume_token) {
  absl::StatusOr<std::vector<Cursor>> cursors =
      resume_token.empty() ? Heads(*tools_.log) : ParseResumeToken(kind_, resume_token);
  if (!cursors.ok()) return Finish(cursors.status());
  cursors_ = *std::move(cursors);
  last_sent_ = tools_.clock->Now();
  if (!resume_token.empty()) return ReadNext();
  std::vector<ShardId> shards;
  for (const Cursor& cursor : cursors_) shards.push_back(cursor.shard);
  SendOnceShown(shards);
}

void LogWatch::ReadNext() {
  bool is_stopped = false;
  {
    absl::MutexLock lock(&mutex_);
    is_stopped = is_stopped_;
    is_reading_ = !is_stopped;
  }
  if (is_stopped) return Finish(absl::OkStatus());
  tools_.log->Read(cursors_, kReadLimits, tools_.clock->Now() + kReadWait,
                   [self = shared_from_this()](absl::StatusOr<std::vector<ReadRecord>> records) {
                     self->OnRead(std::move(records));
                   });
}

// A watch that was stopped meanwhile may have outlived what it works with.
void LogWatch::OnRead(absl::StatusOr<std::vector<ReadRecord>> records) {
  {
    absl::MutexLock lock(&mutex_);
    if (has_ended_) return;
    is_reading_ = false;
  }
  tools_.executor->Run([self = shared_from_this(), records = std::move(records)] {
    self->TakeAll(records);
  });
}

void LogWatch::TakeAll(const absl::StatusOr<std::vector<ReadRecord>>& records) {
  if (!records.ok()) return Finish(WatchError(records.status()));
  std::vector<ShardId> told;
  for (const ReadRecord& record : *records) {
    const absl::StatusOr<bool> taken = Take(record);
    if (!taken.ok()) return Finish(taken.status());
    cursors_[record.shard.value].after = record.pos;
    is_token_old_ = true;
    if (*taken && (told.empty() || told.back() != record.shard)) told.push_back(record.shard);
  }
  if (!told.empty()) return SendOnceShown(told);
  const bool refresh = is_token_old_ && tools_.clock->Now() - last_sent_ >= kTokenAge;
  refresh ? SendNow() : ReadNext();
}

void LogWatch::SendOnceShown(const std::vector<ShardId>& shards) {
  tools_.writer->WhenCurrent(shards, [self = shared_from_this()](absl::Status current) {
    current.ok() ? self->SendNow() : self->Finish(std::move(current));
  });
}

void LogWatch::SendNow() {
  last_sent_ = tools_.clock->Now();
  is_token_old_ = false;
  Send(FormatResumeToken(kind_, cursors_),
       [self = shared_from_this()](const absl::Status& written) {
         written.ok() ? self->ReadNext() : self->Finish(written);
       });
}

void LogWatch::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    is_stopped_ = true;
    if (!is_reading_) return;
  }
  Finish(absl::OkStatus());
}

void LogWatch::Finish(absl::Status status) {
  {
    absl::MutexLock lock(&mutex_);
    if (has_ended_) return;
    has_ended_ = true;
  }
  End(std::move(status));
}

}  // namespace troupe
