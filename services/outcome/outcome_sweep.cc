#include "services/outcome/outcome_sweep.h"

#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "services/log/day_ticker.h"
#include "services/outcome/outcome_writer.h"
#include "services/records/outcome_record.h"

namespace troupe {
namespace {

constexpr absl::Duration kLookEvery = absl::Seconds(1);

}  // namespace

absl::StatusOr<std::vector<AppendRequest>> SweepsOf(const ViewSnapshot& now, absl::Time time) {
  std::vector<AppendRequest> sweeps;
  TROUPE_RETURN_IF_ERROR(
      now.ForEachRecord(EntityKind::kOutcomes, [&](const StoredRecord& record) -> absl::Status {
        TROUPE_ASSIGN_OR_RETURN(OutcomeHistory history, ParseOutcomes(record.bytes));
        OutcomeHistory next = history;
        std::erase_if(next.outcomes, [&](const Outcome& outcome) {
          return !now.pool().FindProfile(outcome.profile).has_value();
        });
        if (next.outcomes.size() == history.outcomes.size()) return absl::OkStatus();
        next.update_time = absl::FromUnixMicros(absl::ToUnixMicros(time));
        // Whoever writes the record in between makes this stale: it is due again.
        sweeps.push_back(ReplaceOutcomes(
            StoredOutcomes{std::move(history), record.version}, next,
            absl::StrCat("sweep-outcomes/", record.entity.id, "/", record.version),
            record.version));
        return absl::OkStatus();
      }));
  return sweeps;
}

OutcomeSweep::OutcomeSweep(ChangeLog* log, View* view, const Clock* clock,
                           std::function<absl::Status()> caught_up)
    : log_(log), view_(view), clock_(clock), caught_up_(std::move(caught_up)) {
  thread_ = std::thread([this] { Run(); });
}

OutcomeSweep::~OutcomeSweep() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  thread_.join();
}

bool OutcomeSweep::Sweep() {
  if (!caught_up_().ok()) return false;
  auto sweeps = SweepsOf(*view_->Now(), clock_->Now());
  // What is unreadable, whoever asks for it hears.
  if (!sweeps.ok() || sweeps->empty()) return true;
  log_->Append(*std::move(sweeps), absl::InfiniteFuture(), [](auto) {});
  return true;
}

void OutcomeSweep::Run() {
  std::optional<Day> done;
  absl::MutexLock lock(&mutex_);
  while (!mutex_.AwaitWithTimeout(absl::Condition(&stopping_), kLookEvery)) {
    const Day today = ChinaDay(clock_->Now());
    if (done == today) continue;
    mutex_.Unlock();
    const bool is_swept = Sweep();
    mutex_.Lock();
    if (is_swept) done = today;
  }
}

}  // namespace troupe
