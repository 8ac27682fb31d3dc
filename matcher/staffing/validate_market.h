#ifndef TROUPE_MATCHER_STAFFING_VALIDATE_MARKET_H_
#define TROUPE_MATCHER_STAFFING_VALIDATE_MARKET_H_

#include "absl/status/status.h"
#include "matcher/staffing/market.h"

namespace troupe::staffing {

// What sums stay below 2^63 with: role-days a week and cell, people's days a week and
// type, and all of either.
inline constexpr int64_t kMostMillidays = int64_t{100'000'000} * kMillidays;
inline constexpr int64_t kMostMillidaysInAll = int64_t{5'000'000'000} * kMillidays;
inline constexpr uint32_t kMostWeeks = 58;  // As far as calendars reach.

// OK, or INVALID_ARGUMENT that names what is wrong by its row, counted from 0, and how
// to mend it: "people[3].crafts[1].role is 12: name one of the 12 roles, from 0".
// Of more than 100 defects the first 100.
absl::Status ValidateMarket(const Market& market);

}  // namespace troupe::staffing

#endif  // TROUPE_MATCHER_STAFFING_VALIDATE_MARKET_H_
