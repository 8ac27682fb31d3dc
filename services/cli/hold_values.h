#ifndef TROUPE_SERVICES_CLI_HOLD_VALUES_H_
#define TROUPE_SERVICES_CLI_HOLD_VALUES_H_

#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "matcher/base/day.h"
#include "troupe/v1/opening.pb.h"
#include "troupe/v1/types.pb.h"

namespace troupe {

// What holds are told on the command line; nullopt for anything else.

// "1200CNY", "1,200 CNY", "950.50CNY".
std::optional<v1::Money> ParseMoney(absl::string_view text);

// "2026-12-01..2026-12-03", both included, or one day.
std::optional<DaySpan> ParseDays(absl::string_view text);

// "2026-12-01,2026-12-03..2026-12-05".
std::optional<std::vector<Day>> ParseDayList(absl::string_view text);

// How many of the days: "all", "any:3", "running:3".
struct WindowRule {
  v1::Window::Rule rule = v1::Window::RULE_ALL_DAYS;
  int32_t days = 0;
};
std::optional<WindowRule> ParseWindowRule(absl::string_view text);

// A time from `now` ("36h", "3d"), or one in `zone` ("2026-12-01T18:00", or
// "2026-12-01" for its first instant).
std::optional<absl::Time> ParseDeadline(absl::string_view text, absl::Time now,
                                        absl::TimeZone zone);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_HOLD_VALUES_H_
