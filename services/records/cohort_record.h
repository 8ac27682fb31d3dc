#ifndef TROUPE_SERVICES_RECORDS_COHORT_RECORD_H_
#define TROUPE_SERVICES_RECORDS_COHORT_RECORD_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/placement/cohort.h"

namespace troupe {

// The bytes of a cohort as stored: the same for equal ones.
std::string SerializeCohort(const Cohort& cohort);

// The cohort that `bytes` hold. Returns DATA_LOSS, reason RECORD_UNREADABLE.
absl::StatusOr<Cohort> ParseCohort(absl::string_view bytes);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RECORDS_COHORT_RECORD_H_
