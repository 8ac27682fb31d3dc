#ifndef TROUPE_TESTS_STORM_STORM_REPORT_H_
#define TROUPE_TESTS_STORM_STORM_REPORT_H_

#include "nlohmann/json.hpp"
#include "tests/storm/findings.h"

namespace troupe::testing {

// Prints what a storm did, `counts`, and what went wrong in it, as one JSON
// object on standard output. What its main returns: 0 if nothing went wrong.
int ReportStorm(nlohmann::json counts, const Findings& findings);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_STORM_STORM_REPORT_H_
