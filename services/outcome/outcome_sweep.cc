#include "services/outcome/outcome_sweep.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/outcome/outcome_writer.h"
#include "services/records/outcome_record.h"
#include "spdlog/spdlog.h"

namespace troupe {
namespace {

constexpr absl::Duration kLookEvery = absl::Seconds(1);
constexpr absl::Duration kSweepEvery = absl::Hours(1);
constexpr int64_t kFewOutcomes = 1'000;  // So many may all be of people who are gone.

absl::Status TooManyGone(int64_t gone, int64_t all) {
  return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "TOO_MANY_GONE",
                         absl::StrCat(gone, " of ", all, " outcomes are of people whom no log "
                                      "knows: they are kept, since profiles may have been lost"));
}

// The history without outcomes of people who are not in `pool`.
OutcomeHistory WithoutGone(const Pool& pool, const OutcomeHistory& history) {
  OutcomeHistory next = history;
  std::erase_if(next.outcomes, [&](const Outcome& outcome) {
    return !pool.FindProfile(outcome.profile).has_value();
  });
  return next;
}

}  // namespace

absl::StatusOr<std::vector<AppendRequest>> SweepsOf(const ViewSnapshot& now, absl::Time time) {
  std::vector<AppendRequest> sweeps;
  int64_t gone = 0, all = 0;
  TROUPE_RETURN_IF_ERROR(
      now.ForEachRecord(EntityKind::kOutcomes, [&](const StoredRecord& record) {
        absl::StatusOr<OutcomeHistory> history = ParseOutcomes(record.bytes);
        if (!history.ok()) return absl::OkStatus();
        OutcomeHistory next = WithoutGone(now.pool(), *history);
        all += static_cast<int64_t>(history->outcomes.size());
        gone += static_cast<int64_t>(history->outcomes.size() - next.outcomes.size());
        const bool is_same = next.outcomes.size() == history->outcomes.size();
        if (is_same || sweeps.size() == kSweepsAtOnce) return absl::OkStatus();
        next.update_time = absl::FromUnixMicros(absl::ToUnixMicros(time));
        sweeps.push_back(ReplaceOutcomes(
            StoredOutcomes{*std::move(history), record.version}, next,
            absl::StrCat("sweep-outcomes/", record.entity.id, "/", record.version),
            record.version));
        return absl::OkStatus();
      }));
  if (all > kFewOutcomes && 2 * gone > all) return TooManyGone(gone, all);
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
  if (!sweeps.ok()) spdlog::error("outcomes: {}", std::string(sweeps.status().message()));
  if (!sweeps.ok() || sweeps->empty()) return true;
  // What is not written now, or was written by others in between, is due again.
  log_->Append(*std::move(sweeps), absl::InfiniteFuture(), [](auto) {});
  return false;
}

void OutcomeSweep::Run() {
  absl::Time due = absl::InfinitePast();
  absl::MutexLock lock(&mutex_);
  while (!mutex_.AwaitWithTimeout(absl::Condition(&stopping_), kLookEvery)) {
    const absl::Time now = clock_->Now();
    if (now < due) continue;
    mutex_.Unlock();
    const bool is_swept = Sweep();
    mutex_.Lock();
    if (is_swept) due = now + kSweepEvery;
  }
}

}  // namespace troupe
