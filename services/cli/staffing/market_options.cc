#include "services/cli/staffing/market_options.h"

#include "services/cli/option_values.h"

namespace troupe {
namespace {

constexpr int32_t kMostWeeks = 58;

// What is wrong with a what-if, if anything: bad usage then.
std::string WhatIfProblem(const std::string& text) {
  const absl::StatusOr<v1::WhatIf> what_if = WhatIfOf(text);
  return what_if.ok() ? "" : std::string(what_if.status().message());
}

}  // namespace

void MarketOptions::AddTo(CLI::App& command) {
  AddDayOption(command, "--from", from, "A day of the first week (today)");
  command.add_option("--weeks", weeks, "How many weeks to look ahead (26)")
      ->check(CLI::Range(1, kMostWeeks).description(""))
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
