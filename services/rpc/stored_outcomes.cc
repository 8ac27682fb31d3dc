#include "services/rpc/stored_outcomes.h"

#include <algorithm>
#include <utility>

#include "matcher/base/status_macros.h"
#include "matcher/index/profile_row.h"
#include "services/convert/resource_names.h"
#include "services/log/day_ticker.h"
#include "services/records/outcome_record.h"
#include "services/rpc/write_identity.h"

namespace troupe {
namespace {

// Who is shown again is recorded again: when the first record was made stays.
Day DayAsked(const OutcomeHistory& history) {
  absl::Time first = history.create_time;
  for (const Outcome& outcome : history.outcomes) first = std::min(first, outcome.time);
  return ChinaDay(first);
}

}  // namespace

EntityKey OutcomesEntity(const OrganizationId& owner, OpeningId opening) {
  return {EntityKind::kOutcomes,
          RecordIdOf(owner, "outcomes", {"outcomes of", FormatName(opening)})};
}

absl::StatusOr<std::optional<StoredOutcomes>> FindOutcomes(const ViewSnapshot& now,
                                                           const OrganizationId& owner,
                                                           OpeningId opening) {
  TROUPE_ASSIGN_OR_RETURN(const std::optional<StoredRecord> stored,
                          now.Get(OutcomesEntity(owner, opening)));
  if (!stored.has_value()) return std::nullopt;
  TROUPE_ASSIGN_OR_RETURN(OutcomeHistory history, ParseOutcomes(stored->bytes));
  // Two that meet in one hash: the second cannot be written, and has nothing to read.
  if (history.owner != owner || history.opening != opening) return std::nullopt;
  return StoredOutcomes{std::move(history), stored->version};
}

absl::StatusOr<RecordedOpenings> RecordedBy(
    const ViewSnapshot& now, const OrganizationId& owner,
    absl::FunctionRef<bool(const OutcomeHistory&, Day asked)> wanted, const StopToken& stop) {
  RecordedOpenings recorded;
  TROUPE_RETURN_IF_ERROR(
      now.ForEachRecord(EntityKind::kOutcomes, [&](const StoredRecord& stored) -> absl::Status {
        if (stop.StopRequested()) return absl::CancelledError("the question was withdrawn");
        TROUPE_ASSIGN_OR_RETURN(OutcomeHistory history, ParseOutcomes(stored.bytes));
        const Day asked = DayAsked(history);
        if (history.owner != owner || !wanted(history, asked)) return absl::OkStatus();
        const Demand* demand = now.pool().FindOpening(history.opening);
        if (demand == nullptr || demand->scalars.owner != OrganizationTerm(owner)) {
          ++recorded.gone;
        } else {
          recorded.questions.push_back({*demand, asked, std::move(history)});
        }
        return absl::OkStatus();
      }));
  return recorded;
}

}  // namespace troupe
