#ifndef TROUPE_SERVICES_CLI_WORDING_H_
#define TROUPE_SERVICES_CLI_WORDING_H_

#include <string>

#include "absl/strings/string_view.h"
#include "troupe/v1/match.pb.h"
#include "troupe/v1/opening.pb.h"
#include "troupe/v1/types.pb.h"

namespace troupe {

// How values of the wire read in a terminal. An unset value is "".

std::string Worded(const v1::Date& date);        // "2026-11-23"
std::string Worded(const v1::DateRange& dates);  // "2026-11-23..2026-11-29", both included
std::string Worded(const v1::Money& money);      // "1,200 CNY"
std::string Worded(v1::Requirement requirement);  // "day rate"
std::string Worded(v1::Opening::State state);    // "open"
std::string Worded(v1::Gender gender);           // "female"
std::string Worded(v1::Findability findability);  // "findable"
// The window or the blocks; "" if no dates are asked for.
std::string DatesAskedFor(const v1::Opening& opening);
std::string Worded(const v1::Window& window);    // "any 3 days of 2026-11-23..2026-11-29"

// "Xi'an" for "xian"; an unknown id as it is.
std::string PlaceName(absl::string_view id);

// "Director of Photography 摄影指导" for "director-of-photography".
std::string RoleName(absl::string_view id);

// "past work" for "past_work".
std::string FeatureTitle(absl::string_view id);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_WORDING_H_
