#ifndef TROUPE_SERVICES_RECORDS_ROUND_RECORD_H_
#define TROUPE_SERVICES_RECORDS_ROUND_RECORD_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/placement/round.h"

namespace troupe {

// The bytes of a round as stored: the same for equal ones.
std::string SerializeRound(const Round& round);

// The round that `bytes` hold. Returns DATA_LOSS, reason RECORD_UNREADABLE.
absl::StatusOr<Round> ParseRound(absl::string_view bytes);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RECORDS_ROUND_RECORD_H_
