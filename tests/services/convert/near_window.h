#ifndef TROUPE_TESTS_SERVICES_CONVERT_NEAR_WINDOW_H_
#define TROUPE_TESTS_SERVICES_CONVERT_NEAR_WINDOW_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace troupe::testing {

// The field `window` of a request for one day, some days from now, in protobuf's text
// format.
inline std::string NearWindow() {
  const absl::CivilDay day = absl::ToCivilDay(absl::Now(), absl::UTCTimeZone()) + 5;
  const auto date = [](absl::CivilDay civil) {
    return absl::StrCat("{ year: ", civil.year(), " month: ", civil.month(),
                        " day: ", civil.day(), " } ");
  };
  return absl::StrCat("window { dates { start ", date(day), "limit ", date(day + 1), "} }");
}

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_SERVICES_CONVERT_NEAR_WINDOW_H_
