#ifndef TROUPE_SERVICES_RECORDS_DAY_RECORD_H_
#define TROUPE_SERVICES_RECORDS_DAY_RECORD_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/base/day.h"

namespace troupe {

// The bytes of the record that says which day today is.
std::string SerializeDay(Day today);

// The day that `bytes` hold. Returns DATA_LOSS, reason RECORD_UNREADABLE.
absl::StatusOr<Day> ParseDay(absl::string_view bytes);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RECORDS_DAY_RECORD_H_
