#ifndef TROUPE_TESTS_TESTING_VALUES_H_
#define TROUPE_TESTS_TESTING_VALUES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "matcher/base/day.h"
#include "matcher/base/violation.h"
#include "matcher/domain/credit.h"
#include "matcher/domain/label.h"
#include "matcher/domain/money.h"
#include "matcher/domain/opening.h"
#include "matcher/domain/ownership.h"

// Small domain values, as short as tests want them.

namespace troupe::testing {

Day D(absl::string_view date);                        // D("2026-12-01")
DaySpan Span(absl::string_view start, int32_t days);  // From `start`, so many days.
Money Cny(int64_t units, int32_t nanos = 0);
std::vector<Label> Labels(std::vector<std::string> ids);
Attached InRole(uint64_t profile, absl::string_view role);

// A credit in `role`. No date: not known.
Credit Worked(absl::string_view production, absl::string_view role, absl::string_view date = "");

// Adds an organization, if it is not there, where it belongs in the order.
void Block(absl::string_view organization, Ownership* ownership);
Ownership FindableOf(absl::string_view organization);

// The fields that are wrong, in the order found.
std::vector<std::string> FieldsOf(const Violations& found);
// The same in full: "roles[0].level is 9: give 1 to 5".
std::vector<std::string> TextsOf(const Violations& found);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_VALUES_H_
