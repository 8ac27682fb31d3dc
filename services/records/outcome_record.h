#ifndef TROUPE_SERVICES_RECORDS_OUTCOME_RECORD_H_
#define TROUPE_SERVICES_RECORDS_OUTCOME_RECORD_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/domain/outcome.h"

namespace troupe {

// The bytes of a history as stored: the same for equal ones.
std::string SerializeOutcomes(const OutcomeHistory& history);

// The history that `bytes` hold. Returns DATA_LOSS, reason RECORD_UNREADABLE.
absl::StatusOr<OutcomeHistory> ParseOutcomes(absl::string_view bytes);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RECORDS_OUTCOME_RECORD_H_
