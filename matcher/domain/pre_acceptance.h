#ifndef TROUPE_MATCHER_DOMAIN_PRE_ACCEPTANCE_H_
#define TROUPE_MATCHER_DOMAIN_PRE_ACCEPTANCE_H_

#include <optional>
#include <string>
#include <vector>

#include "matcher/base/day.h"
#include "matcher/domain/money.h"

namespace troupe {

// Holds that a person says yes to without being asked: those that match every
// part that is stated. A rule with no part stated is invalid.
struct PreAcceptance {
  std::vector<std::string> roles;   // Any of these; empty: not stated.
  std::optional<Money> pay_floor;   // A day rate in this currency, at least this.
  std::vector<std::string> places;  // In any of these, or within it; empty: not stated.
  std::optional<DaySpan> dates;     // All days, travel included, lie in here.

  friend bool operator==(const PreAcceptance&, const PreAcceptance&) = default;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_PRE_ACCEPTANCE_H_
