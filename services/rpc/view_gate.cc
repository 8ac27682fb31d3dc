#include "services/rpc/view_gate.h"

#include <algorithm>
#include <utility>

#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/log/arrivals.h"

namespace troupe {

absl::Status ViewGate::Check() const {
  TROUPE_RETURN_IF_ERROR(view_->failure());
  for (const Source& source : sources_) {
    const absl::Status caught_up = source.applier->CheckCaughtUp();
    if (!caught_up.ok() && !(source.may_lag && HasRead(source.log->name()))) return caught_up;
  }
  return absl::OkStatus();
}

bool ViewGate::HasRead(LogName log) const {
  const std::shared_ptr<const ViewSnapshot> now = view_->Now();
  const auto& positions = now->positions()[static_cast<size_t>(log)];
  return std::any_of(positions.begin(), positions.end(),
                     [](const LogPos& position) { return position.seq > 0; });
}

bool ViewGate::Follows(LogName log) const {
  return std::any_of(sources_.begin(), sources_.end(),
                     [&](const Source& source) { return source.log->name() == log; });
}

void ViewGate::When(const Freshness& wanted, absl::Time deadline,
                    std::function<void(absl::Status)> open) {
  const absl::Status checked = Check();
  if (!checked.ok() || wanted.IsAny()) return open(checked);
  std::vector<SeenRecord> records;
  for (const std::string& token : wanted.tokens) {
    const std::optional<std::vector<SeenRecord>> seen = ParseConsistencyToken(token);
    if (!seen.has_value()) {
      return open(InvalidField(kAtLeastAsFreshMetadata, "is no consistency token",
                               "send one as an answer's metadata gave it"));
    }
    records.insert(records.end(), seen->begin(), seen->end());
  }
  // One arrival more, so that nothing is called before all are awaited.
  const auto arrivals = std::make_shared<Arrivals>(
      1, [executor = executor_, open = std::move(open)](absl::Status status) {
        executor->Run([open, status = std::move(status)] { open(status); });
      });
  for (const SeenRecord& record : records) {
    if (Follows(record.log)) Await(record, deadline, arrivals);
  }
  if (wanted.fully_consistent) {
    for (const Source& source : sources_) AwaitHeads(source, deadline, arrivals);
  }
  arrivals->Arrive(absl::OkStatus());
}

void ViewGate::AwaitHeads(const Source& source, absl::Time deadline,
                          const std::shared_ptr<Arrivals>& arrivals) {
  arrivals->Expect(1);
  source.log->Heads([this, log = source.log->name(), deadline,
                     arrivals](absl::StatusOr<std::vector<Cursor>> heads) {
    if (heads.ok()) {
      for (const Cursor& head : *heads) Await({log, head.shard, head.after.seq}, deadline, arrivals);
    }
    arrivals->Arrive(heads.status());
  });
}

void ViewGate::Await(const SeenRecord& record, absl::Time deadline,
                     const std::shared_ptr<Arrivals>& arrivals) {
  arrivals->Expect(1);
  view_->WhenApplied(
      record.log, record.shard, record.seq,
      [arrivals](absl::Status applied) { arrivals->Arrive(applied); }, deadline);
}

std::string ViewGate::Token() const {
  const std::shared_ptr<const ViewSnapshot> now = view_->Now();
  absl::MutexLock lock(&mutex_);
  if (now != token_of_.lock()) {
    token_ = ConsistencyTokenOf(now->positions());
    token_of_ = now;
  }
  return token_;
}

}  // namespace troupe
