#ifndef TROUPE_SERVICES_CLI_STAFFING_WHAT_IF_TEXT_H_
#define TROUPE_SERVICES_CLI_STAFFING_WHAT_IF_TEXT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "troupe/v1/gap.pb.h"

namespace troupe {

// What a what-if can say, a line each, for the help of options.
inline constexpr char kWhatIfForms[] =
    "people=20,role=gaffer,city=xian[,role=...][,days=5][,from=DAY]; "
    "projects=30,city=xian[,from=DAY][,until=DAY][,need=gaffer:2:5...]; "
    "festival=DAY[,supply=20%][,demand=50%]";

// One change of the market, as `--what-if` has it. INVALID_ARGUMENT names the part that is
// wrong, and how to mend it. Roles and cities are the server's to check.
absl::StatusOr<v1::WhatIf> WhatIfOf(absl::string_view text);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_STAFFING_WHAT_IF_TEXT_H_
