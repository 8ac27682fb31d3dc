#include "services/booking/hold_timer.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "matcher/base/stable_hash.h"
#include "matcher/base/status_macros.h"
#include "matcher/hold/advance.h"
#include "matcher/hold/confirm_hold.h"
#include "services/records/agenda_record.h"
#include "spdlog/spdlog.h"

namespace troupe {
namespace {

// How late it may notice that the clock has come to something.
constexpr absl::Duration kLookEvery = absl::Milliseconds(50);
constexpr absl::Duration kReadWait = absl::Seconds(5);
constexpr absl::Duration kSettleAgain = absl::Seconds(5);
constexpr absl::Duration kWriteAgain = absl::Seconds(1);
constexpr Limits kReadLimits{.max_records = 4096, .max_bytes = 8 << 20};

}  // namespace

HoldTimer::HoldTimer(ChangeLog* log, View* view, Executor* executor, const Clock* clock,
                     Settle settle)
    : log_(log),
      view_(view),
      clock_(clock),
      settle_(std::move(settle)),
      agendas_(log, view, executor, clock) {
  thread_ = std::thread([this] { Run(); });
}

HoldTimer::~HoldTimer() {
  {
    absl::MutexLock lock(&inbox_->mutex);
    inbox_->stopping = true;
  }
  thread_.join();
  const auto is_done = [](Inbox* inbox) { return inbox->under_way == 0; };
  inbox_->mutex.LockWhen(absl::Condition(+is_done, inbox_.get()));
  inbox_->mutex.Unlock();
}

void HoldTimer::Run() {
  std::optional<absl::StatusOr<std::vector<ReadRecord>>> read;
  while (Await(read)) {
    absl::Status status;
    if (cursors_.empty()) {
      if (clock_->Now() >= retry_at_) status = TakeUpAll();
    } else if (read.has_value()) {
      status = read->ok() ? Take(**read) : read->status();
    }
    if (!status.ok()) {
      // Trimmed, closed, or damaged: what can be is taken up anew.
      spdlog::warn("agendas cannot be followed: {}", std::string(status.message()));
      cursors_.clear();
      retry_at_ = clock_->Now() + kWriteAgain;
    }
    if (!cursors_.empty()) ReadOn();
    DoWhatIsDue(clock_->Now());
  }
}

bool HoldTimer::Await(std::optional<absl::StatusOr<std::vector<ReadRecord>>>& read) {
  std::vector<std::pair<ProfileId, Due>> failed;
  {
    absl::MutexLock lock(&inbox_->mutex);
    const auto has_work = [](Inbox* inbox) { return inbox->stopping || inbox->read.has_value(); };
    inbox_->mutex.AwaitWithTimeout(absl::Condition(+has_work, inbox_.get()), kLookEvery);
    if (inbox_->stopping) return false;
    read = std::exchange(inbox_->read, std::nullopt);
    failed = std::exchange(inbox_->failed, {});
  }
  for (const auto& [profile, due] : failed) {
    const auto known = due_.find(profile);
    const bool is_newest = known != due_.end() && known->second.version == due.version;
    if (is_newest) Schedule(profile, due);
  }
  return true;
}

absl::Status HoldTimer::TakeUpAll() {
  const std::shared_ptr<const ViewSnapshot> now = view_->Now();
  due_.clear();
  queue_.clear();
  const absl::Time time = clock_->Now();
  TROUPE_RETURN_IF_ERROR(now->ForEachRecord(EntityKind::kAgenda, [&](StoredRecord record) {
    TROUPE_ASSIGN_OR_RETURN(const Agenda agenda, ParseAgenda(record.bytes));
    Due due = DueOf(agenda, record.version, time);
    // Whoever had begun to confirm is gone.
    if (due.settle != absl::InfiniteFuture()) due.settle = time;
    Schedule(agenda.profile, due);
    return absl::OkStatus();
  }));
  const auto& positions = now->positions()[static_cast<size_t>(log_->name())];
  for (uint16_t shard = 0; shard < kShardCount; ++shard) {
    cursors_.push_back({{shard}, positions[shard]});
  }
  return absl::OkStatus();
}

void HoldTimer::ReadOn() {
  {
    absl::MutexLock lock(&inbox_->mutex);
    if (inbox_->is_reading || inbox_->read.has_value()) return;
    inbox_->is_reading = true;
  }
  log_->Read(cursors_, kReadLimits, clock_->Now() + kReadWait,
             [inbox = inbox_](absl::StatusOr<std::vector<ReadRecord>> records) {
               absl::MutexLock lock(&inbox->mutex);
               inbox->is_reading = false;
               inbox->read = std::move(records);
             });
}

absl::Status HoldTimer::Take(const std::vector<ReadRecord>& records) {
  const absl::Time now = clock_->Now();
  for (const ReadRecord& record : records) {
    for (const EntityChange& change : record.changes) {
      if (change.entity.kind != EntityKind::kAgenda) continue;
      if (!change.value.has_value()) {
        Forget(ProfileId(change.entity.id));
        continue;
      }
      TROUPE_ASSIGN_OR_RETURN(const Agenda agenda, ParseAgenda(*change.value));
      Schedule(agenda.profile, DueOf(agenda, record.pos.seq, now));
    }
    cursors_[record.shard.value].after = record.pos;
  }
  return absl::OkStatus();
}

HoldTimer::Due HoldTimer::DueOf(const Agenda& agenda, uint64_t version, absl::Time now) {
  Due due{.version = version};
  due.advance = NextDue(agenda).value_or(absl::InfiniteFuture());
  for (const Undecided& undecided : UndecidedOf(agenda)) {
    due.settle = std::min(due.settle, undecided.deadline);
  }
  for (const Hold& hold : agenda.holds) {
    if (hold.seat_to_vacate) due.settle = std::min(due.settle, now + kSettleAgain);
  }
  // Whoever deleted the profile leaves the rest to this timer.
  if (!agenda.orphaned_seats.empty()) due.settle = now;
  return due;
}

void HoldTimer::Schedule(ProfileId profile, const Due& due) {
  Forget(profile);
  if (due.First() == absl::InfiniteFuture()) return;
  due_[profile] = due;
  queue_.emplace(due.First(), profile);
}

void HoldTimer::Forget(ProfileId profile) {
  const auto known = due_.find(profile);
  if (known == due_.end()) return;
  queue_.erase({known->second.First(), profile});
  due_.erase(known);
}

void HoldTimer::DoWhatIsDue(absl::Time now) {
  while (!queue_.empty() && queue_.begin()->first <= now) {
    const ProfileId profile = queue_.begin()->second;
    Due due = due_[profile];
    Due later = due;
    if (due.advance <= now) later.advance = absl::InfiniteFuture();
    if (due.settle <= now) later.settle = now + kSettleAgain;
    Schedule(profile, later);
    // So that a write that fails finds by its version what it is about.
    if (later.First() == absl::InfiniteFuture()) due_[profile] = later;
    if (due.advance <= now) AdvanceAgenda(profile, due);
    if (due.settle <= now && settle_) settle_(profile);
  }
}

void HoldTimer::AdvanceAgenda(ProfileId profile, const Due& due) {
  {
    absl::MutexLock lock(&inbox_->mutex);
    ++inbox_->under_way;
  }
  // An agenda has one next due time, so its version says which.
  std::string request_id =
      absl::StrCat("hold-timer/", absl::Hex(profile.value()), "/", due.version);
  const uint64_t body_hash = StableHash(request_id) | 1;
  agendas_.Apply({.profile = profile,
                  .log_request_id = std::move(request_id),
                  .body_hash = body_hash,
                  .command = [](const StoredAgenda&, Agenda& agenda,
                                const Moment& moment) -> absl::StatusOr<Notices> {
                    return Advance(agenda, moment);
                  }},
                 absl::InfiniteFuture(),
                 [inbox = inbox_, clock = clock_, profile,
                  due](const absl::StatusOr<AgendaWriter::Changed>& changed) {
                   absl::MutexLock lock(&inbox->mutex);
                   --inbox->under_way;
                   if (changed.ok() || absl::IsNotFound(changed.status())) return;
                   // The same request again, which is done once however often.
                   Due again = due;
                   again.advance = std::max(due.advance, clock->Now() + kWriteAgain);
                   inbox->failed.emplace_back(profile, again);
                 });
}

}  // namespace troupe
