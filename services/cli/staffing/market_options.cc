#include "services/cli/staffing/market_options.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "matcher/base/violation.h"
#include "services/cli/option_values.h"

namespace troupe {
namespace {

constexpr int32_t kMostMarketWeeks = 58;

// What is wrong with a what-if, if anything: bad usage then, and told with its option.
std::string WhatIfProblem(const std::string& text) {
  const absl::StatusOr<v1::WhatIf> what_if = WhatIfOf(text);
  if (what_if.ok()) return "";
  const std::vector<FieldViolation> found = ViolationsOf(what_if.status());
  return found.empty() ? std::string(what_if.status().message())
                       : absl::StrCat(found.front().problem, ": ", found.front().fix);
}

}  // namespace

void MarketOptions::AddTo(CLI::App& command) {
  AddDayOption(command, "--from", from, "A day of the first week (today)");
  command.add_option("--weeks", weeks, "How many weeks to look ahead (26)")
      ->check(CLI::Range(1, kMostMarketWeeks).description(""))
      ->type_name("COUNT");
  command
      .add_option("--what-if", what_ifs,
                  std::string("What to change first, as often as there are changes: ") +
                      kWhatIfForms)
      ->check(CLI::Validator(WhatIfProblem, ""))
      ->type_name("CHANGE")
      ->allow_extra_args(false);
  command.add_flag("--forecast", forecast, "Add what past weeks make likely beside what is open");
}

}  // namespace troupe
