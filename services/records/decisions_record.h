#ifndef TROUPE_SERVICES_RECORDS_DECISIONS_RECORD_H_
#define TROUPE_SERVICES_RECORDS_DECISIONS_RECORD_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/hold/seat_decision.h"

namespace troupe {

// The bytes of a project's decisions as stored: the same for equal ones.
std::string SerializeDecisions(const ProjectDecisions& decisions);

// The decisions that `bytes` hold. Returns DATA_LOSS, reason RECORD_UNREADABLE.
absl::StatusOr<ProjectDecisions> ParseDecisions(absl::string_view bytes);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RECORDS_DECISIONS_RECORD_H_
