#ifndef TROUPE_SERVICES_RPC_STORED_OUTCOMES_H_
#define TROUPE_SERVICES_RPC_STORED_OUTCOMES_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "matcher/base/ids.h"
#include "matcher/base/stop_token.h"
#include "matcher/domain/outcome.h"
#include "matcher/rank/recorded_questions.h"
#include "services/log/entity.h"
#include "services/log/view.h"

namespace troupe {

// Where what `owner` recorded of `opening` lies in the log.
EntityKey OutcomesEntity(const OrganizationId& owner, OpeningId opening);

struct StoredOutcomes {
  OutcomeHistory history;
  uint64_t version = kNoVersion;  // Of the record.
};

// What `owner` recorded of `opening`; nullopt if nothing. Blocks on disk.
absl::StatusOr<std::optional<StoredOutcomes>> FindOutcomes(const ViewSnapshot& now,
                                                           const OrganizationId& owner,
                                                           OpeningId opening);

// The openings that something was recorded of, and of how many that is gone.
struct RecordedOpenings {
  std::vector<RecordedQuestion> questions;
  int32_t gone = 0;
};

// Those of `owner` that `wanted` says, given the history and the day of its first
// outcome. Reads what every organization recorded: blocks on disk. CANCELLED if
// `stop` says so.
absl::StatusOr<RecordedOpenings> RecordedBy(
    const ViewSnapshot& now, const OrganizationId& owner,
    absl::FunctionRef<bool(const OutcomeHistory&, Day asked)> wanted, const StopToken& stop);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_STORED_OUTCOMES_H_
