#ifndef TROUPE_SERVICES_RECORDS_AUDIENCE_RECORD_H_
#define TROUPE_SERVICES_RECORDS_AUDIENCE_RECORD_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/domain/ownership.h"

namespace troupe {

// The bytes that say to whom a record exists; see Mutation::audience_before.
std::string SerializeAudience(const Ownership& ownership);

// Whose `bytes` are. Returns DATA_LOSS, reason RECORD_UNREADABLE.
absl::StatusOr<Ownership> ParseAudience(absl::string_view bytes);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RECORDS_AUDIENCE_RECORD_H_
